package io.metasrv.application.heartbeat;

import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.FrontendClient;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What others put into the chain.
 *
 * @param customizers change the chain by name
 * @param regionLeases decides leases; empty for the decision from stored routes
 * @param failureDetector told of every region heard of, with failover on
 * @param frontends where the history of statistics is written through
 * @param publish whether heartbeats are published within the process
 */
public record HeartbeatExtensions(
    List<ChainCustomizer> customizers,
    Optional<BiFunction<TermContext, OperatingRegions, RegionLeases>> regionLeases,
    Optional<Function<TermContext, RegionHeartbeatListener>> failureDetector,
    Optional<FrontendClient> frontends,
    boolean publish) {

  /** Nothing beyond the default chain. */
  public static final HeartbeatExtensions NONE =
      new HeartbeatExtensions(
          List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  public HeartbeatExtensions {
    customizers = List.copyOf(customizers);
  }

  /** The same with these customizers. */
  public HeartbeatExtensions withCustomizers(List<ChainCustomizer> newCustomizers) {
    return new HeartbeatExtensions(
        newCustomizers, regionLeases, failureDetector, frontends, publish);
  }

  /** The same with this decision on leases. */
  public HeartbeatExtensions withRegionLeases(
      BiFunction<TermContext, OperatingRegions, RegionLeases> leases) {
    return new HeartbeatExtensions(
        customizers, Optional.of(leases), failureDetector, frontends, publish);
  }

  /** The same with a detector of failures. */
  public HeartbeatExtensions withFailureDetector(
      Function<TermContext, RegionHeartbeatListener> detector) {
    return new HeartbeatExtensions(
        customizers, regionLeases, Optional.of(detector), frontends, publish);
  }

  /** The same with frontends to write history through. */
  public HeartbeatExtensions withFrontends(FrontendClient client) {
    return new HeartbeatExtensions(
        customizers, regionLeases, failureDetector, Optional.of(client), publish);
  }

  /** The same with heartbeats published. */
  public HeartbeatExtensions published() {
    return new HeartbeatExtensions(customizers, regionLeases, failureDetector, frontends, true);
  }
}
