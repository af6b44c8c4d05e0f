package io.metasrv.application.ddl.region;

import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionManifest;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers how far the manifests of their leaders have come after a change of columns (sheet
 * 06 §5.4). A help only: whatever fails is logged, for followers catch up by themselves. Stateless.
 */
public final class FollowerSync {

  private static final Logger LOG = LoggerFactory.getLogger(FollowerSync.class);

  private final RegionFanOut datanodes;

  /**
   * @param datanodes who is told
   */
  public FollowerSync(RegionFanOut datanodes) {
    this.datanodes = datanodes;
  }

  /**
   * Sends what the leaders returned to their followers.
   *
   * @param engine of the table; only {@code mito} and {@code metric} have something to tell
   * @param routes with the regions the manifests belong to
   * @param responses of the leaders
   */
  public void sync(String engine, List<RegionRoute> routes, List<RegionResponse> responses)
      throws InterruptedException {
    if (!isSynced(engine) || routes.stream().allMatch(route -> route.followers().isEmpty())) {
      return;
    }
    // Failures are logged where the calls are made.
    datanodes.send(calls(engine, routes, RegionExtensions.manifests(responses)));
  }

  private static List<RegionCall> calls(
      String engine, List<RegionRoute> routes, SortedMap<RegionId, RegionManifest> manifests) {
    List<RegionCall> calls = new ArrayList<>();
    for (RegionRoute route : routes) {
      RegionManifest manifest = manifests.get(route.id());
      if (manifest == null || !fits(manifest, engine)) {
        LOG.warn("No {} manifest of region {} to tell its followers", engine, route.id());
        continue;
      }
      for (Peer follower : route.followers()) {
        calls.add(new RegionCall(follower, RegionMessages.sync(route.id(), manifest)));
      }
    }
    return calls;
  }

  private static boolean isSynced(String engine) {
    return engine.equals("mito") || engine.equals("metric");
  }

  private static boolean fits(RegionManifest manifest, String engine) {
    return switch (manifest) {
      case RegionManifest.Mito ignored -> engine.equals("mito");
      case RegionManifest.Metric ignored -> engine.equals("metric");
    };
  }
}
