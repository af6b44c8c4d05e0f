package io.metasrv.nodes.instruction;

import io.metasrv.domain.RegionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One instruction of a metasrv to a node (sheet 04 §6). Numbers called unsigned use all 64 bits of
 * a {@code long}.
 */
public sealed interface Instruction {

  /** What is asked. */
  InstructionKind kind();

  /**
   * A region by its parts.
   *
   * @param datanodeId unsigned
   * @param region table id and region number joined
   * @param engine empty where the sender does not know it
   */
  record RegionIdent(long datanodeId, RegionId region, String engine) {}

  /**
   * @param storagePath {@code CATALOG/SCHEMA}
   * @param walOptions region number to WAL options, each JSON text
   * @param reason {@code RegionMigration}, {@code RegionFailover} or {@code RegionFollower}
   * @param objectStorage whether the region's files must be on shared storage
   */
  record OpenRegion(
      RegionIdent ident,
      String storagePath,
      Map<String, String> options,
      Map<Long, String> walOptions,
      boolean skipWalReplay,
      Optional<String> reason,
      boolean objectStorage) {}

  record OpenRegions(List<OpenRegion> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.OPEN_REGIONS;
    }
  }

  record CloseRegions(List<RegionIdent> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.CLOSE_REGIONS;
    }
  }

  /**
   * @param flushTimeout how long the flush before the downgrade may take; empty: do not flush
   */
  record DowngradeRegion(RegionId region, Optional<Duration> flushTimeout) {}

  record DowngradeRegions(List<DowngradeRegion> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.DOWNGRADE_REGIONS;
    }
  }

  /**
   * @param lastEntryId the WAL entry to catch up to
   * @param locationId the datanode the region comes from
   * @param replayEntryId where the replay may start (a checkpoint)
   */
  record UpgradeRegion(
      RegionId region,
      OptionalLong lastEntryId,
      OptionalLong metadataLastEntryId,
      Duration replayTimeout,
      OptionalLong locationId,
      OptionalLong replayEntryId,
      OptionalLong metadataReplayEntryId) {}

  record UpgradeRegions(List<UpgradeRegion> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.UPGRADE_REGIONS;
    }
  }

  record InvalidateCaches(List<CacheIdent> caches) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.INVALIDATE_CACHES;
    }
  }

  /** Whether the sender waits for the flush. */
  enum FlushStrategy {
    SYNC,
    ASYNC
  }

  /** Whether one failed region stops the rest. */
  enum FlushErrors {
    FAIL_FAST,
    TRY_ALL
  }

  record FlushRegions(
      List<RegionId> regions, FlushStrategy strategy, FlushErrors errors, Optional<String> reason)
      implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.FLUSH_REGIONS;
    }
  }

  /**
   * @param queryRegions regions whose open file handles are wanted
   * @param relatedRegions source region to the regions whose manifests must be read
   */
  record GetFileRefs(List<RegionId> queryRegions, Map<RegionId, List<RegionId>> relatedRegions)
      implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.GET_FILE_REFS;
    }
  }

  /**
   * @param manifestVersions the versions the file references were taken at, unsigned
   */
  record GcRegions(
      List<RegionId> regions, Map<RegionId, Long> manifestVersions, boolean fullFileListing)
      implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.GC_REGIONS;
    }
  }

  /** Refuse requests until the next plain heartbeat response. */
  record Suspend() implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.SUSPEND;
    }
  }

  /**
   * @param partitionExpression the new rule; empty: reject all writes
   */
  record EnterStagingRegion(RegionId region, Optional<String> partitionExpression) {}

  record EnterStagingRegions(List<EnterStagingRegion> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.ENTER_STAGING_REGIONS;
    }
  }

  /** Where a synchronised region takes its state from. */
  sealed interface SyncSource {
    record FromMitoManifest(long manifestVersion) implements SyncSource {}

    record FromMetricManifest(long dataManifestVersion, long metadataManifestVersion)
        implements SyncSource {}

    record FromRegion(RegionId source, long parallelism) implements SyncSource {}
  }

  record SyncRegion(RegionId region, SyncSource source) {}

  record SyncRegions(List<SyncRegion> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.SYNC_REGIONS;
    }
  }

  record RemapManifest(
      RegionId region,
      List<RegionId> inputRegions,
      Map<RegionId, List<RegionId>> regionMapping,
      Map<RegionId, String> newPartitionExpressions)
      implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.REMAP_MANIFEST;
    }
  }

  record ApplyStagingManifest(
      RegionId region, String partitionExpression, RegionId centralRegion, String manifestPath) {}

  record ApplyStagingManifests(List<ApplyStagingManifest> regions) implements Instruction {
    @Override
    public InstructionKind kind() {
      return InstructionKind.APPLY_STAGING_MANIFESTS;
    }
  }
}
