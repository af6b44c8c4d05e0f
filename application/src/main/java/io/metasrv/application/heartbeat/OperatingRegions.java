package io.metasrv.application.heartbeat;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionRole;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regions that procedures create, drop or move at the moment, and whose leases are renewed although
 * no route names their datanode (sheet 04 §12.3). Belongs to one term. Thread-safe.
 */
public final class OperatingRegions {

  private final ConcurrentHashMap<Key, RegionRole> roles = new ConcurrentHashMap<>();

  /**
   * Registers a region under operation.
   *
   * @return released when the operation is over; empty if another operation has registered it
   */
  public Optional<Guard> register(long datanodeId, RegionId region, RegionRole role) {
    Key key = new Key(datanodeId, region);
    return roles.putIfAbsent(key, role) == null
        ? Optional.of(() -> roles.remove(key))
        : Optional.empty();
  }

  /** The role of a region under operation on the datanode. */
  public Optional<RegionRole> role(long datanodeId, RegionId region) {
    return roles.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(roles.get(new Key(datanodeId, region)));
  }

  /** The roles of all regions under operation on the datanode, as they are now. */
  public Map<RegionId, RegionRole> rolesOn(long datanodeId) {
    if (roles.isEmpty()) {
      return Map.of();
    }
    Map<RegionId, RegionRole> found = new HashMap<>();
    roles.forEach(
        (key, role) -> {
          if (key.datanodeId() == datanodeId) {
            found.put(key.region(), role);
          }
        });
    return found;
  }

  /** A region under operation; closing it ends that. */
  @FunctionalInterface
  public interface Guard extends AutoCloseable {
    @Override
    void close();
  }

  private record Key(long datanodeId, RegionId region) {}
}
