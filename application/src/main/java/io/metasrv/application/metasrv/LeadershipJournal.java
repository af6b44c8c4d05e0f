package io.metasrv.application.metasrv;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells what happens to leadership: to the log, the audit trail and the metrics. Thread-safe. */
final class LeadershipJournal {

  private static final Logger LOG = LoggerFactory.getLogger(LeadershipJournal.class);

  /** The only reason to step down that nobody has to look into. */
  static final String STOPPED = "the node is being stopped";

  private final String address;
  private final Runtime runtime;
  private final Metrics metrics;
  private final EventLog events;

  LeadershipJournal(String address, Runtime runtime, Metrics metrics, EventLog events) {
    this.address = address;
    this.runtime = runtime;
    this.metrics = metrics;
    this.events = events;
  }

  void started() {
    metrics.gauge(MetricNames.IS_LEADER).set(0);
  }

  void elected(Term term) {
    LOG.info("Elected: {}; starting its components", term);
    metrics.gauge(MetricNames.TERM).set(term.number());
    count("elected");
    record("leadership.elected", term, "fence", term.fence().describe());
  }

  void ready(Term term, Duration took) {
    LOG.info("Leading: {}, ready after {} ms", term, took.toMillis());
    metrics.gauge(MetricNames.IS_LEADER).set(1);
    metrics.histogram(MetricNames.LEADER_START_SECONDS).observe(seconds(took));
    count("ready");
    record("leadership.ready", term, "took_ms", Long.toString(took.toMillis()));
  }

  void steppedDown(Term term, String reason) {
    LOG.atLevel(reason.equals(STOPPED) ? Level.INFO : Level.WARN)
        .log("Stepped down: {}, because {}", term, reason);
    metrics.gauge(MetricNames.IS_LEADER).set(0);
    count("stepped_down");
    record("leadership.stepped_down", term, "reason", reason);
  }

  void componentFailed(Term term, TermComponent component, RuntimeException failure) {
    metrics.counter(MetricNames.TERM_COMPONENT_FAILURES, component.name()).increment();
    if (component.required()) {
      LOG.error(
          "Component '{}' failed to start; {} is given up so that another node can lead",
          component.name(),
          term,
          failure);
    } else {
      LOG.error(
          "Component '{}' failed to start; {} goes on without it", component.name(), term, failure);
    }
    record(
        "leadership.component_failed",
        term,
        "component",
        component.name(),
        "error",
        String.valueOf(failure.getMessage()));
  }

  void componentNotStopped(Term term, TermComponent component, RuntimeException failure) {
    metrics.counter(MetricNames.TERM_COMPONENT_FAILURES, component.name()).increment();
    LOG.error("Component '{}' of {} failed to stop", component.name(), term, failure);
  }

  void stillWaiting(Term term, String what) {
    LOG.warn("{} is over and this node cannot campaign again before the end of {}", term, what);
  }

  void renewalTook(Duration took, String result) {
    metrics.histogram(MetricNames.LEASE_RENEWAL_SECONDS, result).observe(seconds(took));
  }

  /**
   * @param first whether it is the first failure since the last success; the others only repeat it
   */
  void renewalFailed(Term term, boolean first, RuntimeException noAnswer) {
    LOG.atLevel(first ? Level.WARN : Level.DEBUG)
        .log("The lease of {} could not be renewed, trying again: {}", term, noAnswer.getMessage());
    electionError("renew");
  }

  void notLeading(String what, RuntimeException failure) {
    LOG.warn("{} failed, trying again after a pause", what, failure);
    electionError("campaign");
  }

  void lostBeforeItBegan(String fence) {
    LOG.warn("A lease was won and lost again before it was first renewed ({})", fence);
    electionError("campaign");
  }

  void announcementFailed(RuntimeException failure) {
    LOG.warn(
        "This node could not announce itself as alive, trying again after a pause: {}",
        failure.getMessage());
    electionError("announce");
  }

  private void electionError(String step) {
    metrics.counter(MetricNames.ELECTION_ERRORS, step).increment();
  }

  private void count(String event) {
    metrics.counter(MetricNames.LEADERSHIP_CHANGES, event).increment();
  }

  private void record(String type, Term term, String... namesAndValues) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("term", Long.toString(term.number()));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    events.record(new EventLog.Event(runtime.wallClock(), type, address, attributes));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
