package io.metasrv.nodes.region;

import io.metasrv.domain.RegionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The files of all regions, shared by the datanodes of one cluster as object storage and a remote
 * WAL are: what one node wrote, another finds when it opens the region. Thread-safe.
 *
 * <p>A node without shared storage has a storage of its own; then a region cannot be opened
 * elsewhere, as in reality.
 */
public final class RegionStorage {

  private final ConcurrentSkipListMap<RegionId, RegionContent> byId = new ConcurrentSkipListMap<>();

  /** What lies under the id, if anything. */
  public Optional<RegionContent> find(RegionId region) {
    return Optional.ofNullable(byId.get(region));
  }

  /** The ids of all regions that have files, ascending. */
  public List<RegionId> regions() {
    return List.copyOf(byId.keySet());
  }

  /** Makes an empty region where there is none. */
  public void create(RegionId region, String engine, String path) {
    byId.putIfAbsent(
        region,
        new RegionContent(
            engine,
            path,
            List.of(),
            List.of(),
            0,
            "",
            Map.of(),
            Optional.empty(),
            Progress.created(),
            Progress.created()));
  }

  /** Gives a region another partition expression, as one manifest version. */
  public void repartition(RegionId region, String expression) {
    update(region, content -> content.withPartitionExpression(expression));
  }

  void put(RegionId region, RegionContent content) {
    byId.put(region, content);
  }

  void update(RegionId region, UnaryOperator<RegionContent> change) {
    byId.computeIfPresent(region, (id, content) -> change.apply(content));
  }

  void delete(RegionId region) {
    byId.remove(region);
  }

  /** The logical regions whose data lie in the physical region, ascending. */
  List<RegionId> logicalRegionsOf(RegionId physical) {
    return byId.entrySet().stream()
        .filter(entry -> entry.getValue().physicalRegion().equals(Optional.of(physical)))
        .map(Map.Entry::getKey)
        .toList();
  }
}
