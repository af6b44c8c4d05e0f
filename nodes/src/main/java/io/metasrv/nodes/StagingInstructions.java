package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReply;
import io.metasrv.nodes.instruction.InstructionReply.Readiness;
import io.metasrv.nodes.region.RegionHost;
import io.metasrv.nodes.region.RegionRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The datanode's part in a repartition (sheet 04 §8, sheet 07 §17). */
final class StagingInstructions {

  private static final String NOT_WRITABLE = "Region is not writable";
  private static final String NOT_LEADER = "Region is not leader";

  private final RegionHost host;

  StagingInstructions(RegionHost host) {
    this.host = host;
  }

  InstructionReply enter(Instruction.EnterStagingRegions request) {
    return new InstructionReply.EnterStagingRegions(
        request.regions().stream()
            .map(
                each ->
                    checked(
                        each.region(),
                        id ->
                            host.find(id)
                                .orElseThrow()
                                .stage(each.partitionExpression().isEmpty())))
            .toList());
  }

  /** Storage is shared: whatever the source wrote is what the region reads. */
  InstructionReply sync(Instruction.SyncRegions request) {
    return new InstructionReply.SyncRegions(
        request.regions().stream().map(each -> checked(each.region(), id -> {})).toList());
  }

  /** Takes over the remapped manifest and ends staging. */
  InstructionReply apply(Instruction.ApplyStagingManifests request) {
    return new InstructionReply.ApplyStagingManifests(
        request.regions().stream()
            .map(
                each ->
                    checked(
                        each.region(),
                        id -> {
                          host.storage().repartition(id, each.partitionExpression());
                          host.find(id).orElseThrow().become(RegionRole.LEADER);
                        }))
            .toList());
  }

  /** Writes one manifest for each region that the central one is split or merged into. */
  InstructionReply remap(Instruction.RemapManifest request) {
    Optional<RegionRole> role = InstructionExecutor.role(host, request.region());
    if (role.isEmpty()) {
      return new InstructionReply.RemapManifest(false, Map.of(), Optional.empty());
    }
    if (!role.get().isLeaderLike()) {
      return new InstructionReply.RemapManifest(true, Map.of(), Optional.of(NOT_LEADER));
    }
    Map<RegionId, String> paths = new TreeMap<>();
    for (List<RegionId> targets : request.regionMapping().values()) {
      targets.forEach(target -> paths.put(target, "remap_manifest_" + target.toDecimal()));
    }
    return new InstructionReply.RemapManifest(true, paths, Optional.empty());
  }

  private Readiness checked(RegionId id, Consumer<RegionId> work) {
    Optional<RegionRole> role = InstructionExecutor.role(host, id);
    if (role.isEmpty()) {
      return new Readiness(id, false, false, Optional.empty());
    }
    if (!role.get().isLeaderLike()) {
      return new Readiness(id, false, true, Optional.of(NOT_WRITABLE));
    }
    work.accept(id);
    return new Readiness(id, true, true, Optional.empty());
  }
}
