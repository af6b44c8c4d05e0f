package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.Instruction.FlushErrors;
import io.metasrv.nodes.instruction.Instruction.FlushStrategy;
import io.metasrv.nodes.instruction.InstructionReply;
import io.metasrv.nodes.instruction.InstructionReply.Flushed;
import io.metasrv.nodes.region.HostedRegion;
import io.metasrv.nodes.region.RegionContent;
import io.metasrv.nodes.region.RegionHost;
import io.metasrv.nodes.region.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a datanode carries out instructions (sheet 04 §8). Instructions run side by side: a slow one
 * delays only its own reply.
 */
final class InstructionExecutor {

  /** Takes a reply at the moment it is ready. */
  interface ReplySink {
    void reply(InstructionReply reply, Moment at);
  }

  private static final String INJECTED = "refused on request of the test";

  private final DatanodeOptions options;
  private final RegionHost host;
  private final Agenda agenda;
  private final InstructionFaults faults;
  private final RegionTransfer transfer;
  private final StagingInstructions staging;
  private final GarbageInstructions garbage;

  InstructionExecutor(
      DatanodeOptions options, RegionHost host, Agenda agenda, InstructionFaults faults) {
    this.options = options;
    this.host = host;
    this.agenda = agenda;
    this.faults = faults;
    this.transfer = new RegionTransfer(options, host, agenda);
    this.staging = new StagingInstructions(host);
    this.garbage = new GarbageInstructions(options, host, agenda);
  }

  /** How many garbage collections run. */
  int runningGarbageCollections() {
    return garbage.running();
  }

  /** Carries out an instruction; the sink gets the reply, now or later, if there is one. */
  void execute(Instruction instruction, Moment now, ReplySink sink) {
    Optional<InstructionFaults.Fault> fault = faults.take(instruction.kind());
    if (fault.isEmpty()) {
      carryOut(instruction, now, sink);
      return;
    }
    switch (fault.get()) {
      case REFUSE -> Refusal.of(instruction, INJECTED).ifPresent(reply -> sink.reply(reply, now));
      case IGNORE -> {
        // Asked for: the sender sees a timeout.
      }
      case LOSE_REPLY -> carryOut(instruction, now, (reply, at) -> {});
    }
  }

  private void carryOut(Instruction instruction, Moment now, ReplySink sink) {
    Duration other = options.pace().other();
    switch (instruction) {
      case Instruction.OpenRegions open -> transfer.open(open, now, sink);
      case Instruction.CloseRegions close ->
          agenda.after(other, now, at -> sink.reply(close(close), at));
      case Instruction.DowngradeRegions downgrade -> transfer.downgrade(downgrade, now, sink);
      case Instruction.UpgradeRegions upgrade -> transfer.upgrade(upgrade, now, sink);
      case Instruction.FlushRegions flush -> flushFrom(0, flush, new ArrayList<>(), now, sink);
      case Instruction.GetFileRefs refs ->
          agenda.after(other, now, at -> sink.reply(garbage.fileRefs(refs), at));
      case Instruction.GcRegions gc -> garbage.collect(gc, now, sink);
      case Instruction.EnterStagingRegions enter ->
          agenda.after(other, now, at -> sink.reply(staging.enter(enter), at));
      case Instruction.SyncRegions sync ->
          agenda.after(other, now, at -> sink.reply(staging.sync(sync), at));
      case Instruction.RemapManifest remap ->
          agenda.after(other, now, at -> sink.reply(staging.remap(remap), at));
      case Instruction.ApplyStagingManifests apply ->
          agenda.after(other, now, at -> sink.reply(staging.apply(apply), at));
      case Instruction.InvalidateCaches caches -> {
        // Handled by the pipeline; never answered.
      }
      case Instruction.Suspend suspend -> {
        // Handled by the pipeline; never answered.
      }
    }
  }

  private InstructionReply close(Instruction.CloseRegions close) {
    // A region that is not there counts as closed.
    close.regions().forEach(ident -> host.close(ident.region()));
    return new InstructionReply.CloseRegions(true, Optional.empty());
  }

  /** Flushes one region after the other; a flush under way is joined. */
  private void flushFrom(
      int index,
      Instruction.FlushRegions flush,
      List<Flushed> results,
      Moment now,
      ReplySink sink) {
    boolean failed = results.stream().anyMatch(result -> result.error().isPresent());
    boolean stop = failed && flush.errors() == FlushErrors.FAIL_FAST;
    if (index == flush.regions().size() || stop) {
      if (flush.strategy() == FlushStrategy.SYNC) {
        sink.reply(new InstructionReply.FlushRegions(List.copyOf(results), !failed), now);
      }
      return;
    }
    RegionId region = flush.regions().get(index);
    Optional<String> refused = refuseFlush(region);
    if (refused.isPresent()) {
      results.add(new Flushed(region, refused));
      flushFrom(index + 1, flush, results, now, sink);
      return;
    }
    agenda.after(
        transfer.startFlush(region, now),
        now,
        at -> {
          results.add(new Flushed(region, Optional.empty()));
          flushFrom(index + 1, flush, results, at, sink);
        });
  }

  private Optional<String> refuseFlush(RegionId region) {
    Optional<HostedRegion> hosted = host.find(region);
    if (hosted.isEmpty()) {
      return Optional.of("Region not found, region id: " + region);
    }
    return hosted.get().role().isLeaderLike()
        ? Optional.empty()
        : Optional.of("Region is not leader, region id: " + region);
  }

  /** The role of an open region; empty where it is not open. */
  static Optional<RegionRole> role(RegionHost host, RegionId region) {
    return host.find(region).map(HostedRegion::role);
  }

  /** What lies on storage of an open region. */
  static RegionContent contentOf(RegionHost host, RegionId region) {
    return host.storage().find(region).orElseThrow();
  }
}
