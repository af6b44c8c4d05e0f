package io.metasrv.domain.wal;

import io.metasrv.domain.UnknownMembers;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the replay of a region's log begins. Entry ids are unsigned.
 *
 * @param entryId of the region
 * @param metadataEntryId of the metadata region of a metric table
 * @param unknown members kept for others
 */
public record ReplayCheckpoint(long entryId, OptionalLong metadataEntryId, UnknownMembers unknown) {

  /** Without unknown members. */
  public static ReplayCheckpoint of(long entryId, OptionalLong metadataEntryId) {
    return new ReplayCheckpoint(entryId, metadataEntryId, UnknownMembers.NONE);
  }

  /** The smaller of both ids. */
  public long minEntryId() {
    return metadataEntryId.isPresent() ? min(entryId, metadataEntryId.getAsLong()) : entryId;
  }

  /**
   * Where a region that moves begins: not below what its topic was pruned to (sheet 03 §3.10).
   *
   * @param metric whether the region belongs to the metric engine
   */
  public static Optional<ReplayCheckpoint> merge(
      Optional<ReplayCheckpoint> checkpoint, OptionalLong pruned, boolean metric) {
    if (pruned.isEmpty()) {
      return checkpoint;
    }
    long floor = pruned.getAsLong();
    ReplayCheckpoint known = checkpoint.orElse(of(0, OptionalLong.empty()));
    OptionalLong metadata =
        metric
            ? OptionalLong.of(max(known.metadataEntryId.orElse(0), floor))
            : known.metadataEntryId;
    return Optional.of(new ReplayCheckpoint(max(known.entryId, floor), metadata, known.unknown));
  }

  private static long max(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static long min(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }
}
