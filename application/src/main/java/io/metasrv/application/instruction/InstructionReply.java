package io.metasrv.application.instruction;

import io.metasrv.domain.RegionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** What a node answers to an {@link Instruction} (sheet 04 §7). */
public sealed interface InstructionReply {

  /** To {@link Instruction.OpenRegions}. */
  record OpenRegions(boolean result, Optional<String> error) implements InstructionReply {}

  /** To {@link Instruction.CloseRegions}. */
  record CloseRegions(boolean result, Optional<String> error) implements InstructionReply {}

  /** To {@link Instruction.DowngradeRegions}. */
  record DowngradeRegions(List<Downgraded> replies) implements InstructionReply {
    public DowngradeRegions {
      replies = List.copyOf(replies);
    }
  }

  /** To {@link Instruction.UpgradeRegions}. */
  record UpgradeRegions(List<RegionReady> replies) implements InstructionReply {
    public UpgradeRegions {
      replies = List.copyOf(replies);
    }
  }

  /**
   * To {@link Instruction.FlushRegions} with strategy sync.
   *
   * @param results per region, in order; an error text where it failed
   * @param overallSuccess whether all went well
   */
  record FlushRegions(List<Flushed> results, boolean overallSuccess) implements InstructionReply {
    public FlushRegions {
      results = List.copyOf(results);
    }
  }

  /** To {@link Instruction.GetFileRefs}. */
  record GetFileRefs(FileRefsManifest fileRefs, boolean success, Optional<String> error)
      implements InstructionReply {}

  /** To {@link Instruction.GcRegions}. */
  record GcRegions(GcResult result) implements InstructionReply {}

  /** To {@link Instruction.EnterStagingRegions}. */
  record EnterStagingRegions(List<RegionReady> replies) implements InstructionReply {
    public EnterStagingRegions {
      replies = List.copyOf(replies);
    }
  }

  /** To {@link Instruction.SyncRegions}. */
  record SyncRegions(List<RegionReady> replies) implements InstructionReply {
    public SyncRegions {
      replies = List.copyOf(replies);
    }
  }

  /** To {@link Instruction.RemapManifest}. */
  record RemapManifest(
      boolean exists, SequencedMap<RegionId, String> manifestPaths, Optional<String> error)
      implements InstructionReply {
    public RemapManifest {
      manifestPaths = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(manifestPaths));
    }
  }

  /** To {@link Instruction.ApplyStagingManifests}. */
  record ApplyStagingManifests(List<RegionReady> replies) implements InstructionReply {
    public ApplyStagingManifests {
      replies = List.copyOf(replies);
    }
  }

  /**
   * A region that was to be downgraded.
   *
   * @param region which one; 0 from nodes that do not say
   * @param lastEntryId its last entry, if it was downgraded now
   * @param metadataLastEntryId the same of its metadata region
   * @param exists whether the node has it
   * @param error what went wrong
   */
  record Downgraded(
      RegionId region,
      OptionalLong lastEntryId,
      OptionalLong metadataLastEntryId,
      boolean exists,
      Optional<String> error) {}

  /**
   * A region that was to get ready for something.
   *
   * @param region which one; 0 from nodes that do not say
   * @param ready whether it is
   * @param exists whether the node has it
   * @param error what went wrong
   */
  record RegionReady(RegionId region, boolean ready, boolean exists, Optional<String> error) {}

  /** A region that was to be flushed; an error text if it failed. */
  record Flushed(RegionId region, Optional<String> error) {}

  /** What became of a collection of files. */
  sealed interface GcResult {
    /**
     * It was done.
     *
     * @param deletedFiles file ids by region
     * @param deletedIndexes indexes by region
     * @param needRetry regions to be tried again
     * @param processed regions that are done
     */
    record Done(
        SequencedMap<RegionId, List<String>> deletedFiles,
        SequencedMap<RegionId, List<DeletedIndex>> deletedIndexes,
        List<RegionId> needRetry,
        List<RegionId> processed)
        implements GcResult {
      public Done {
        deletedFiles = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(deletedFiles));
        deletedIndexes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(deletedIndexes));
        needRetry = List.copyOf(needRetry);
        processed = List.copyOf(processed);
      }
    }

    /** It was not. */
    record Failed(String error) implements GcResult {}
  }

  /** An index that was deleted: its file and version. */
  record DeletedIndex(String fileId, long version) {}
}
