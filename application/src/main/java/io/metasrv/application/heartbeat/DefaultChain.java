package io.metasrv.application.heartbeat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The chain as it is before anyone changes it: the order of sheet 04 §3. */
final class DefaultChain {

  private final List<HandlerRecipe> recipes = new ArrayList<>();

  private DefaultChain() {}

  static List<HandlerRecipe> recipes(HeartbeatOptions options, HeartbeatExtensions extensions) {
    DefaultChain chain = new DefaultChain();

    // First what any node may know: that we heard it, and whether we lead.
    chain.add("ResponseHeaderHandler", parts -> new ResponseHeaderHandler());
    chain.add("DatanodeKeepLeaseHandler", DatanodeKeepLeaseHandler::new);
    chain.add("FlownodeKeepLeaseHandler", FlownodeKeepLeaseHandler::new);
    chain.add("CheckLeaderHandler", parts -> new CheckLeaderHandler(parts.context().term()));
    chain.add("OnLeaderStartHandler", parts -> new OnLeaderStartHandler(parts.context().term()));

    // What the node says of itself.
    chain.add("ExtractStatHandler", ExtractStatHandler::new);
    chain.add("CollectDatanodeClusterInfoHandler", CollectDatanodeClusterInfoHandler::new);
    chain.add("CollectFrontendClusterInfoHandler", CollectFrontendClusterInfoHandler::new);
    chain.add("CollectFlownodeClusterInfoHandler", CollectFlownodeClusterInfoHandler::new);

    // A reply ends here; everything behind is for plain heartbeats.
    chain.add("MailboxHandler", parts -> new MailboxHandler(parts.context().metrics()));

    // Leases come before the inactive are dropped, and those before all that counts regions.
    chain.add("RegionLeaseHandler", RegionLeaseHandler::new);
    chain.add("FilterInactiveRegionStatsHandler", parts -> new FilterInactiveRegionStatsHandler());
    extensions
        .failureDetector()
        .ifPresent(
            detector ->
                chain.add(
                    "RegionFailureHandler",
                    parts -> new RegionFailureHandler(detector.apply(parts.context()))));
    if (extensions.publish()) {
      chain.add("PublishHeartbeatHandler", parts -> new PublishHeartbeatHandler(parts.publisher()));
    }
    chain.add(
        "CollectLeaderRegionHandler",
        parts -> new CollectLeaderRegionHandler(parts.leaderRegions()));
    chain.add(
        "CollectTopicStatsHandler", parts -> new CollectTopicStatsHandler(parts.topicStats()));
    if (options.statsPersistence().enabled()) {
      extensions
          .frontends()
          .ifPresent(
              client ->
                  chain.add(
                      "PersistStatsHandler", parts -> new PersistStatsHandler(parts, client)));
    }

    // Takes the statistics away, so it is the last of those that need them.
    chain.add("CollectStatsHandler", CollectStatsHandler::new);
    chain.add("RemapFlowPeerHandler", RemapFlowPeerHandler::new);
    chain.add("FlowStateHandler", FlowStateHandler::new);
    return List.copyOf(chain.recipes);
  }

  private void add(String name, Function<HeartbeatParts, HeartbeatHandler> make) {
    recipes.add(new HandlerRecipe(name, make));
  }
}
