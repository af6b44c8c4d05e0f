package io.metasrv.tests.ddl;

import io.metasrv.application.ddl.RegionDetectors;
import java.util.ArrayList;
import java.util.List;

/** Which regions are watched for failure. */
final class WatchedRegions implements RegionDetectors {

  private final List<Watched> watched = new ArrayList<>();

  @Override
  public void register(List<Watched> regions) {
    regions.stream().filter(each -> !watched.contains(each)).forEach(watched::add);
  }

  @Override
  public void deregister(List<Watched> regions) {
    watched.removeAll(regions);
  }

  List<Watched> watched() {
    return List.copyOf(watched);
  }
}
