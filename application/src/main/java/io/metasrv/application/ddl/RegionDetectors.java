package io.metasrv.application.ddl;

import io.metasrv.domain.RegionId;
import java.util.List;

/** Who watches the leaders of regions for failure. Thread-safe; does no I/O. */
public interface RegionDetectors {

  /** Watches nobody. */
  RegionDetectors NONE =
      new RegionDetectors() {
        @Override
        public void register(List<Watched> regions) {}

        @Override
        public void deregister(List<Watched> regions) {}
      };

  /**
   * A region on the datanode that leads it.
   *
   * @param datanodeId unsigned
   */
  record Watched(long datanodeId, RegionId region) {}

  /** Begins to watch; what is watched already goes on as it is. */
  void register(List<Watched> regions);

  /** Ends watching; unknown ones are ignored. */
  void deregister(List<Watched> regions);
}
