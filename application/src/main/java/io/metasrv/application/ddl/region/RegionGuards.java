package io.metasrv.application.ddl.region;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.heartbeat.OperatingRegions;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.route.RegionRoute;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the leases of regions alive that no route names yet, or any more (sheet 06 §7, §12). Those
 * of one run of a procedure; not thread-safe.
 */
public final class RegionGuards {

  private final OperatingRegions operating;
  private final List<OperatingRegions.Guard> held = new ArrayList<>();

  /**
   * @param operating the regions under operation in this term
   */
  public RegionGuards(OperatingRegions operating) {
    this.operating = operating;
  }

  /**
   * Registers the leaders of the routes, all or none; nothing happens if as many are held already.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if another procedure works on one
   */
  public void hold(List<RegionRoute> routes) {
    List<RegionRoute> led = routes.stream().filter(route -> route.leader().isPresent()).toList();
    if (held.size() == led.size()) {
      return;
    }
    release();
    for (RegionRoute route : led) {
      Peer leader = route.leader().orElseThrow();
      held.add(
          operating
              .register(leader.id(), route.id(), RegionRole.LEADER)
              .orElseThrow(
                  () -> {
                    release();
                    return DdlErrors.regionOperatingRace(route.id(), leader.id());
                  }));
    }
  }

  /** Ends the registration of all that are held. */
  public void release() {
    held.forEach(OperatingRegions.Guard::close);
    held.clear();
  }
}
