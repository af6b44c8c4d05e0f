package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReply;
import io.metasrv.nodes.instruction.InstructionReply.Downgraded;
import io.metasrv.nodes.instruction.InstructionReply.Flushed;
import io.metasrv.nodes.instruction.InstructionReply.Readiness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The reply that says of each kind of instruction that it failed as a whole. */
final class Refusal {

  private Refusal() {}

  /** Empty for instructions that are never answered. */
  static Optional<InstructionReply> of(Instruction instruction, String error) {
    return switch (instruction) {
      case Instruction.OpenRegions open ->
          Optional.of(new InstructionReply.OpenRegions(false, Optional.of(error)));
      case Instruction.CloseRegions close ->
          Optional.of(new InstructionReply.CloseRegions(false, Optional.of(error)));
      case Instruction.DowngradeRegions downgrade ->
          Optional.of(
              new InstructionReply.DowngradeRegions(
                  downgrade.regions().stream().map(each -> failed(each.region(), error)).toList()));
      case Instruction.UpgradeRegions upgrade ->
          Optional.of(
              new InstructionReply.UpgradeRegions(
                  notReady(upgrade.regions().stream().map(each -> each.region()), error)));
      case Instruction.FlushRegions flush ->
          flush.strategy() == Instruction.FlushStrategy.ASYNC
              ? Optional.empty()
              : Optional.of(
                  new InstructionReply.FlushRegions(
                      flush.regions().stream()
                          .map(region -> new Flushed(region, Optional.of(error)))
                          .toList(),
                      false));
      case Instruction.GetFileRefs refs ->
          Optional.of(
              new InstructionReply.GetFileRefs(Map.of(), Map.of(), false, Optional.of(error)));
      case Instruction.GcRegions gc ->
          Optional.of(new InstructionReply.GcRegions(Optional.of(error), List.of(), List.of()));
      case Instruction.EnterStagingRegions staging ->
          Optional.of(
              new InstructionReply.EnterStagingRegions(
                  notReady(staging.regions().stream().map(each -> each.region()), error)));
      case Instruction.SyncRegions sync ->
          Optional.of(
              new InstructionReply.SyncRegions(
                  notReady(sync.regions().stream().map(each -> each.region()), error)));
      case Instruction.RemapManifest remap ->
          Optional.of(new InstructionReply.RemapManifest(true, Map.of(), Optional.of(error)));
      case Instruction.ApplyStagingManifests apply ->
          Optional.of(
              new InstructionReply.ApplyStagingManifests(
                  notReady(apply.regions().stream().map(each -> each.region()), error)));
      case Instruction.InvalidateCaches caches -> Optional.empty();
      case Instruction.Suspend suspend -> Optional.empty();
    };
  }

  private static Downgraded failed(RegionId region, String error) {
    return new Downgraded(
        region, OptionalLong.empty(), OptionalLong.empty(), true, Optional.of(error));
  }

  private static List<Readiness> notReady(Stream<RegionId> regions, String error) {
    return regions.map(region -> new Readiness(region, false, true, Optional.of(error))).toList();
  }
}
