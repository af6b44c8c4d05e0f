package io.metasrv.application.instruction;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.heartbeat.RegionManifest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** One thing a node is told to do (sheet 04 §6). Numbers of entries are unsigned 64 bits. */
public sealed interface Instruction {

  /** Open regions as followers. */
  record OpenRegions(List<OpenRegion> regions) implements Instruction {
    public OpenRegions {
      regions = List.copyOf(regions);
    }
  }

  /** Close regions. */
  record CloseRegions(List<RegionIdent> regions) implements Instruction {
    public CloseRegions {
      regions = List.copyOf(regions);
    }
  }

  /** Turn leaders into followers. */
  record DowngradeRegions(List<DowngradeRegion> regions) implements Instruction {
    public DowngradeRegions {
      regions = List.copyOf(regions);
    }
  }

  /** Catch up with the log and turn followers into leaders. */
  record UpgradeRegions(List<UpgradeRegion> regions) implements Instruction {
    public UpgradeRegions {
      regions = List.copyOf(regions);
    }
  }

  /** Forget what is cached; never answered. */
  record InvalidateCaches(List<CacheIdent> caches) implements Instruction {
    public InvalidateCaches {
      caches = List.copyOf(caches);
    }
  }

  /**
   * Write what is in memory to files.
   *
   * @param regions which ones
   * @param strategy whether to answer after it is done, or not at all
   * @param errors whether to go on after an error
   * @param reason why, if told
   */
  record FlushRegions(
      List<RegionId> regions,
      FlushStrategy strategy,
      FlushErrors errors,
      Optional<FlushReason> reason)
      implements Instruction {
    public FlushRegions {
      regions = List.copyOf(regions);
    }
  }

  /**
   * Report which files are in use.
   *
   * @param queryRegions regions whose open files are wanted
   * @param relatedRegions source region to the destinations whose manifests must be read
   */
  record GetFileRefs(
      List<RegionId> queryRegions, SequencedMap<RegionId, List<RegionId>> relatedRegions)
      implements Instruction {
    public GetFileRefs {
      queryRegions = List.copyOf(queryRegions);
      relatedRegions = inOrder(relatedRegions);
    }
  }

  /**
   * Delete unused files.
   *
   * @param regions which regions' files
   * @param fileRefs the files in use anywhere
   * @param fullFileListing whether to list the store's files instead of trusting the manifest
   */
  record GcRegions(List<RegionId> regions, FileRefsManifest fileRefs, boolean fullFileListing)
      implements Instruction {
    public GcRegions {
      regions = List.copyOf(regions);
    }
  }

  /** Refuse requests until the next plain heartbeat response. */
  record Suspend() implements Instruction {}

  /** Take writes into staging. */
  record EnterStagingRegions(List<EnterStagingRegion> regions) implements Instruction {
    public EnterStagingRegions {
      regions = List.copyOf(regions);
    }
  }

  /** Follow a manifest or another region. */
  record SyncRegions(List<SyncRegion> regions) implements Instruction {
    public SyncRegions {
      regions = List.copyOf(regions);
    }
  }

  /**
   * Split the files of regions by new partition rules.
   *
   * @param region the region that does it
   * @param inputRegions regions whose files are split
   * @param regionMapping old region to new regions
   * @param newPartitionExpressions rule of each new region, JSON in a string
   */
  record RemapManifest(
      RegionId region,
      List<RegionId> inputRegions,
      SequencedMap<RegionId, List<RegionId>> regionMapping,
      SequencedMap<RegionId, String> newPartitionExpressions)
      implements Instruction {
    public RemapManifest {
      inputRegions = List.copyOf(inputRegions);
      regionMapping = inOrder(regionMapping);
      newPartitionExpressions = inOrder(newPartitionExpressions);
    }
  }

  /** Make staged manifests the real ones. */
  record ApplyStagingManifests(List<ApplyStagingManifest> regions) implements Instruction {
    public ApplyStagingManifests {
      regions = List.copyOf(regions);
    }
  }

  /**
   * A region on a datanode.
   *
   * @param datanodeId unsigned
   * @param region table id and region number
   * @param engine engine name; empty where it does not matter
   */
  record RegionIdent(long datanodeId, RegionId region, String engine) {}

  /**
   * A region to open.
   *
   * @param ident the region
   * @param storagePath for example {@code data/greptime/public/}
   * @param options table options
   * @param walOptions log options by region number, JSON in a string
   * @param skipWalReplay whether the log is left alone, because an upgrade will follow
   * @param reason why, if told
   * @param requiresObjectStorage whether the node must refuse without shared storage
   */
  record OpenRegion(
      RegionIdent ident,
      String storagePath,
      SequencedMap<String, String> options,
      SequencedMap<Long, String> walOptions,
      boolean skipWalReplay,
      Optional<OpenReason> reason,
      boolean requiresObjectStorage) {
    public OpenRegion {
      options = inOrder(options);
      walOptions = inOrder(walOptions);
    }
  }

  /**
   * A region to downgrade.
   *
   * @param region which one
   * @param flushTimeout how long a flush may take first; empty for no flush
   */
  record DowngradeRegion(RegionId region, Optional<Duration> flushTimeout) {}

  /**
   * A region to upgrade.
   *
   * @param region which one
   * @param lastEntryId the old leader's last entry
   * @param metadataLastEntryId the same of the metadata region
   * @param replayTimeout how long catching up may take
   * @param locationId the old leader's datanode
   * @param replayEntryId where replay may begin
   * @param metadataReplayEntryId the same of the metadata region
   */
  record UpgradeRegion(
      RegionId region,
      OptionalLong lastEntryId,
      OptionalLong metadataLastEntryId,
      Duration replayTimeout,
      OptionalLong locationId,
      OptionalLong replayEntryId,
      OptionalLong metadataReplayEntryId) {}

  /**
   * A region to take into staging.
   *
   * @param region which one
   * @param directive which rows it takes then
   */
  record EnterStagingRegion(RegionId region, PartitionDirective directive) {}

  /** Which rows a staging region takes. */
  sealed interface PartitionDirective {
    /** Those of the expression, JSON in a string. */
    record Update(String expression) implements PartitionDirective {}

    /** None. */
    record RejectAllWrites() implements PartitionDirective {}
  }

  /**
   * A region to bring up to date.
   *
   * @param region which one
   * @param source from where
   */
  record SyncRegion(RegionId region, SyncSource source) {}

  /** Where a region is brought up to date from. */
  sealed interface SyncSource {
    /** Its own manifest. */
    record FromManifest(RegionManifest manifest) implements SyncSource {}

    /**
     * Another region.
     *
     * @param region which one
     * @param parallelism files read at once
     */
    record FromRegion(RegionId region, long parallelism) implements SyncSource {}
  }

  /**
   * A staged manifest to apply.
   *
   * @param region which region
   * @param partitionExpression its new rule, JSON in a string
   * @param centralRegion the region that made the manifest
   * @param manifestPath where it lies
   */
  record ApplyStagingManifest(
      RegionId region, String partitionExpression, RegionId centralRegion, String manifestPath) {}

  /** Why a region is opened. */
  enum OpenReason {
    REGION_MIGRATION,
    REGION_FAILOVER,
    REGION_FOLLOWER
  }

  /** Whether a flush is answered. */
  enum FlushStrategy {
    SYNC,
    ASYNC
  }

  /** What a flush of several regions does after an error. */
  enum FlushErrors {
    FAIL_FAST,
    TRY_ALL
  }

  /** Why regions are flushed. */
  enum FlushReason {
    REGION_MIGRATION,
    REPARTITION,
    REMOTE_WAL_PRUNE,
    CLOSING,
    DOWNGRADING
  }

  private static <K, V> SequencedMap<K, V> inOrder(Map<K, V> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }
}
