package io.metasrv.application.procedure;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import java.time.Duration;

/** What is measured of procedures. Thread-safe. */
final class ProcedureMeters {

  private final Metrics metrics;

  ProcedureMeters(Metrics metrics) {
    this.metrics = metrics;
  }

  /** How many run, and how many of them wait for locks. */
  void load(int running, int waiting) {
    metrics.gauge(MetricNames.PROCEDURES_RUNNING).set(running);
    metrics.gauge(MetricNames.PROCEDURES_WAITING).set(waiting);
  }

  void quarantined(int entries) {
    metrics.gauge(MetricNames.PROCEDURES_QUARANTINED).set(entries);
  }

  void ended(String typeName, String state, Duration took) {
    metrics.counter(MetricNames.PROCEDURES_ENDED, shortName(typeName), state).increment();
    metrics.histogram(MetricNames.PROCEDURE_SECONDS, shortName(typeName)).observe(seconds(took));
  }

  void waitedForLocks(Duration took) {
    metrics.histogram(MetricNames.PROCEDURE_LOCK_WAIT_SECONDS).observe(seconds(took));
  }

  void stepTook(String typeName, Duration took) {
    metrics
        .histogram(MetricNames.PROCEDURE_STEP_SECONDS, shortName(typeName))
        .observe(seconds(took));
  }

  void retries(String typeName) {
    metrics.counter(MetricNames.PROCEDURE_RETRIES, shortName(typeName)).increment();
  }

  void panicked(String typeName) {
    metrics.counter(MetricNames.PROCEDURE_PANICS, shortName(typeName)).increment();
  }

  void storeFailure(String what) {
    metrics.counter(MetricNames.PROCEDURE_STORE_FAILURES, what).increment();
  }

  private static String shortName(String typeName) {
    return typeName.startsWith(Procedure.TYPE_PREFIX)
        ? typeName.substring(Procedure.TYPE_PREFIX.length())
        : typeName;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
