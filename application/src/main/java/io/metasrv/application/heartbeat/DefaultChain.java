package io.metasrv.application.heartbeat;

import io.metasrv.application.metasrv.TermContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The chain as it is before anyone changes it: the order of sheet 04 §3. */
final class DefaultChain {

  private DefaultChain() {}

  static List<HeartbeatHandler> handlers(HeartbeatParts parts, HeartbeatExtensions extensions) {
    TermContext context = parts.context();
    return Stream.of(
            // First what any node may know: that we heard it, and whether we lead.
            always(new ResponseHeaderHandler()),
            always(new DatanodeKeepLeaseHandler(parts.memory(), context.runtime())),
            always(new FlownodeKeepLeaseHandler(parts.memory(), context.runtime())),
            always(new CheckLeaderHandler(context.term())),
            always(new OnLeaderStartHandler(context.term())),
            // What the node says of itself.
            always(new ExtractStatHandler(context.runtime(), context.metrics())),
            always(new CollectDatanodeClusterInfoHandler(parts.memory(), context.metrics())),
            always(
                new CollectFrontendClusterInfoHandler(
                    parts.memory(), context.runtime(), context.metrics())),
            always(
                new CollectFlownodeClusterInfoHandler(
                    parts.memory(), context.runtime(), context.metrics())),
            // A reply ends here; everything behind is for plain heartbeats.
            always(new MailboxHandler(context.metrics())),
            // Leases come before the inactive are dropped, and those before all that counts
            // regions.
            always(new RegionLeaseHandler(parts.regionLeases(), parts.options().times())),
            always(new FilterInactiveRegionStatsHandler()),
            extensions
                .failureDetector()
                .map(detector -> new RegionFailureHandler(detector.apply(context))),
            onlyIf(extensions.publish(), new PublishHeartbeatHandler(parts.publisher())),
            always(new CollectLeaderRegionHandler(parts.leaderRegions())),
            always(new CollectTopicStatsHandler(parts.topicStats())),
            persistStats(parts, extensions),
            // Takes the statistics away, so it is the last of those that need them.
            always(new CollectStatsHandler(parts)),
            always(new RemapFlowPeerHandler(parts.addresses(), parts.caches())),
            always(
                new FlowStateHandler(parts.memory(), context.runtime(), parts.options().times())))
        .<HeartbeatHandler>flatMap(Optional::stream)
        .toList();
  }

  private static Optional<HeartbeatHandler> always(HeartbeatHandler handler) {
    return Optional.of(handler);
  }

  private static Optional<HeartbeatHandler> onlyIf(boolean wanted, HeartbeatHandler handler) {
    return wanted ? Optional.of(handler) : Optional.empty();
  }

  private static Optional<HeartbeatHandler> persistStats(
      HeartbeatParts parts, HeartbeatExtensions extensions) {
    if (!parts.options().statsPersistence().enabled()) {
      return Optional.empty();
    }
    return extensions.frontends().map(client -> new PersistStatsHandler(parts, client));
  }
}
