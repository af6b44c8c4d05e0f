package io.metasrv.nodes.instruction;

import io.metasrv.domain.RegionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a node answers to an instruction (sheet 04 §7). */
public sealed interface InstructionReply {

  /** The answer to OpenRegions. */
  record OpenRegions(boolean result, Optional<String> error) implements InstructionReply {}

  /** The answer to CloseRegions. */
  record CloseRegions(boolean result, Optional<String> error) implements InstructionReply {}

  /** The answer about one region of DowngradeRegions. */
  record Downgraded(
      RegionId region,
      OptionalLong lastEntryId,
      OptionalLong metadataLastEntryId,
      boolean exists,
      Optional<String> error) {}

  /** The answer to DowngradeRegions. */
  record DowngradeRegions(List<Downgraded> replies) implements InstructionReply {}

  /** The answer about one region of the instructions that make regions ready for something. */
  record Readiness(RegionId region, boolean ready, boolean exists, Optional<String> error) {}

  /** The answer to UpgradeRegions. */
  record UpgradeRegions(List<Readiness> replies) implements InstructionReply {}

  /** The answer to EnterStagingRegions. */
  record EnterStagingRegions(List<Readiness> replies) implements InstructionReply {}

  /** The answer to SyncRegions. */
  record SyncRegions(List<Readiness> replies) implements InstructionReply {}

  /** The answer to ApplyStagingManifests. */
  record ApplyStagingManifests(List<Readiness> replies) implements InstructionReply {}

  /**
   * The outcome of one region's flush.
   *
   * @param error empty if it succeeded
   */
  record Flushed(RegionId region, Optional<String> error) {}

  /** The answer to a synchronous FlushRegions. */
  record FlushRegions(List<Flushed> results, boolean overallSuccess) implements InstructionReply {}

  /**
   * The answer to GetFileRefs. The double keeps no files, so it never has file references; versions
   * and cross references are real.
   */
  record GetFileRefs(
      Map<RegionId, Long> manifestVersions,
      Map<RegionId, List<RegionId>> crossRegionReferences,
      boolean success,
      Optional<String> error)
      implements InstructionReply {}

  /**
   * The answer to GcRegions.
   *
   * @param error empty if the collection ran
   * @param processed the regions it ran for
   */
  record GcRegions(Optional<String> error, List<RegionId> processed, List<RegionId> needRetry)
      implements InstructionReply {}

  /** The answer to RemapManifest. */
  record RemapManifest(boolean exists, Map<RegionId, String> manifestPaths, Optional<String> error)
      implements InstructionReply {}
}
