package io.metasrv.application.heartbeat;

import io.metasrv.application.heartbeat.HeartbeatHandler.Outcome;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.meta.HeartbeatConfig;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers in order, each timed, each kept from harming the others. Thread-safe; one for a term
 * and all its streams.
 */
public final class HeartbeatChain {

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatChain.class);

  private final List<Link> links;
  private final HeartbeatTimes times;
  private final Runtime runtime;

  HeartbeatChain(List<HandlerRecipe> recipes, HeartbeatParts parts) {
    this.links = recipes.stream().map(recipe -> Link.of(recipe, parts)).toList();
    this.times = parts.options().times();
    this.runtime = parts.context().runtime();
  }

  /** The names of the handlers, in order. */
  public List<String> handlerNames() {
    return links.stream().map(link -> link.name).toList();
  }

  /**
   * Passes the request through the handlers and puts the response together.
   *
   * @throws RuntimeException what an essential handler threw
   */
  public HeartbeatResponse handle(HeartbeatExchange exchange) throws InterruptedException {
    for (Link link : links) {
      if (link.handler.accepts(exchange.role()) && run(link, exchange) == Outcome.DONE) {
        break;
      }
    }
    return response(exchange);
  }

  private Outcome run(Link link, HeartbeatExchange exchange) throws InterruptedException {
    MonotonicTime start = runtime.monotonic();
    try {
      return link.handler.handle(exchange);
    } catch (RuntimeException e) {
      link.failures.increment();
      if (link.handler.isEssential()) {
        throw e;
      }
      LOG.warn(
          "Handler {} failed for a heartbeat of {}; its part is missing, the others go on",
          link.name,
          exchange.pusher(),
          e);
      return Outcome.CONTINUE;
    } finally {
      link.time.observe(seconds(runtime.monotonic().since(start)));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private HeartbeatResponse response(HeartbeatExchange exchange) {
    HeartbeatResponse.Builder response = HeartbeatResponse.newBuilder();
    exchange.header().ifPresent(response::setHeader);
    exchange.mailboxMessage().ifPresent(response::setMailboxMessage);
    exchange.regionLease().ifPresent(response::setRegionLease);
    if (exchange.isHandshake()) {
      response.setHeartbeatConfig(config(times, exchange.role()));
    }
    return response.build();
  }

  /** What the first response of a stream tells a node of the role (sheet 04 §2.5). */
  static HeartbeatConfig config(HeartbeatTimes times, NodeRole role) {
    return HeartbeatConfig.newBuilder()
        .setHeartbeatIntervalMs(times.intervalOf(role).toMillis())
        .setRetryIntervalMs(times.retryInterval().toMillis())
        .build();
  }

  private record Link(
      String name, HeartbeatHandler handler, Metrics.Histogram time, Metrics.Counter failures) {
    static Link of(HandlerRecipe recipe, HeartbeatParts parts) {
      Metrics metrics = parts.context().metrics();
      return new Link(
          recipe.name(),
          recipe.make().apply(parts),
          metrics.histogram(MetricNames.HANDLER_EXECUTE, recipe.name()),
          metrics.counter(MetricNames.HEARTBEAT_HANDLER_FAILURES, recipe.name()));
    }
  }
}
