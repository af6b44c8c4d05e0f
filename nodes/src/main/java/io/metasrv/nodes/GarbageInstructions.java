package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReply;
import io.metasrv.nodes.region.HostedRegion;
import io.metasrv.nodes.region.RegionHost;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The datanode's part in collecting garbage (sheet 08 §12). The double keeps no files, so a
 * collection deletes none; what is refused is refused as by a real one.
 */
final class GarbageInstructions {

  private final DatanodeOptions options;
  private final RegionHost host;
  private final Agenda agenda;
  private final TreeSet<RegionId> busy = new TreeSet<>();

  GarbageInstructions(DatanodeOptions options, RegionHost host, Agenda agenda) {
    this.options = options;
    this.host = host;
    this.agenda = agenda;
  }

  /** How many collections run. */
  int running() {
    return busy.size();
  }

  InstructionReply fileRefs(Instruction.GetFileRefs request) {
    for (List<RegionId> destinations : request.relatedRegions().values()) {
      for (RegionId destination : destinations) {
        if (host.find(destination).isEmpty()) {
          return new InstructionReply.GetFileRefs(
              Map.of(),
              Map.of(),
              false,
              Optional.of("Region not found, region id: " + destination));
        }
      }
    }
    Map<RegionId, Long> versions = new TreeMap<>();
    for (RegionId region : request.queryRegions()) {
      host.find(region).ifPresent(hosted -> versions.put(region, version(region)));
    }
    return new InstructionReply.GetFileRefs(versions, Map.of(), true, Optional.empty());
  }

  void collect(Instruction.GcRegions request, Moment now, InstructionExecutor.ReplySink sink) {
    if (request.regions().isEmpty()) {
      sink.reply(report(List.of()), now);
      return;
    }
    RegionId key =
        request.regions().stream().min(Comparator.comparing(RegionId::regionNumber)).orElseThrow();
    Optional<String> refused = refuse(request);
    if (refused.isEmpty() && !busy.add(key)) {
      refused = Optional.of("Another gc task is running for the region: " + key);
    }
    if (refused.isPresent()) {
      sink.reply(new InstructionReply.GcRegions(refused, List.of(), List.of()), now);
      return;
    }
    agenda.after(
        options.pace().other(),
        now,
        at -> {
          busy.remove(key);
          sink.reply(report(request.regions()), at);
        });
  }

  private Optional<String> refuse(Instruction.GcRegions request) {
    for (RegionId region : request.regions()) {
      Optional<HostedRegion> hosted = host.find(region);
      if (hosted.isEmpty() && !request.fullFileListing()) {
        return Optional.of("Region not found, region id: " + region);
      }
      if (hosted.isPresent() && !hosted.get().role().isLeaderLike()) {
        return Optional.of("Region is a follower, region id: " + region);
      }
    }
    return Optional.empty();
  }

  private static InstructionReply report(List<RegionId> processed) {
    return new InstructionReply.GcRegions(Optional.empty(), processed, List.of());
  }

  private long version(RegionId region) {
    return InstructionExecutor.contentOf(host, region).data().manifestVersion();
  }
}
