package io.metasrv.application.heartbeat;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.heartbeat.RegionStat;
import java.util.List;

/** Decides which regions a datanode keeps, in which role (sheet 04 §12.2). Thread-safe. */
@FunctionalInterface
public interface RegionLeases {

  /**
   * Decides about every region reported.
   *
   * @throws io.metasrv.domain.error.MetasrvException if metadata could not be read: then nothing is
   *     granted and nothing is closed
   */
  Decision decide(long datanodeId, List<RegionStat> reported);

  /**
   * What was decided.
   *
   * @param granted regions that are renewed, with their role
   * @param closeable regions the datanode should not have
   * @param undecided regions about which nothing can be said, because their metadata are damaged:
   *     neither renewed nor closed
   */
  record Decision(List<Granted> granted, List<RegionId> closeable, List<RegionId> undecided) {
    public Decision {
      granted = List.copyOf(granted);
      closeable = List.copyOf(closeable);
      undecided = List.copyOf(undecided);
    }
  }

  /** A region and the role it is granted. */
  record Granted(RegionId region, RegionRole role) {}
}
