package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReply;
import io.metasrv.nodes.instruction.InstructionReply.Downgraded;
import io.metasrv.nodes.instruction.InstructionReply.Readiness;
import io.metasrv.nodes.region.HostedRegion;
import io.metasrv.nodes.region.RegionContent;
import io.metasrv.nodes.region.RegionHost;
import io.metasrv.nodes.region.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Opening, downgrading and upgrading regions: the datanode's part in moving a region. */
final class RegionTransfer {

  private final DatanodeOptions options;
  private final RegionHost host;
  private final Agenda agenda;

  RegionTransfer(DatanodeOptions options, RegionHost host, Agenda agenda) {
    this.options = options;
    this.host = host;
    this.agenda = agenda;
  }

  /** Opens all regions as followers, as one batch; one that fails makes the whole reply false. */
  void open(Instruction.OpenRegions open, Moment now, InstructionExecutor.ReplySink sink) {
    agenda.after(
        options.pace().open(),
        now,
        at -> {
          List<String> errors =
              open.regions().stream().flatMap(region -> openOne(region, at)).toList();
          Optional<String> error =
              errors.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", errors));
          sink.reply(new InstructionReply.OpenRegions(errors.isEmpty(), error), at);
        });
  }

  private Stream<String> openOne(Instruction.OpenRegion request, Moment now) {
    RegionId region = request.ident().region();
    if (host.find(region).isPresent()) {
      return Stream.empty();
    }
    if (request.objectStorage() && !options.sharedStorage()) {
      return Stream.of("Region " + region + " requires object storage, this datanode has none");
    }
    Optional<RegionContent> content =
        host.storage().find(region).filter(files -> files.path().equals(request.storagePath()));
    if (content.isEmpty()) {
      if (!options.opensMissingFiles()) {
        return Stream.of(
            "Failed to open region " + region + ": no files under " + request.storagePath());
      }
      host.storage().create(region, request.ident().engine(), request.storagePath());
    }
    host.open(region, RegionRole.FOLLOWER, now.monotonic());
    return Stream.empty();
  }

  /** Downgrades each region by itself; the reply waits for all. */
  void downgrade(
      Instruction.DowngradeRegions downgrade, Moment now, InstructionExecutor.ReplySink sink) {
    int expected = downgrade.regions().size();
    TreeMap<Integer, Downgraded> done = new TreeMap<>();
    if (expected == 0) {
      sink.reply(new InstructionReply.DowngradeRegions(List.of()), now);
    }
    for (int i = 0; i < expected; i++) {
      int index = i;
      downgradeOne(
          downgrade.regions().get(i),
          now,
          (reply, at) -> {
            done.put(index, reply);
            if (done.size() == expected) {
              sink.reply(new InstructionReply.DowngradeRegions(List.copyOf(done.values())), at);
            }
          });
    }
  }

  private interface DowngradeSink {
    void done(Downgraded reply, Moment at);
  }

  private void downgradeOne(Instruction.DowngradeRegion request, Moment now, DowngradeSink sink) {
    RegionId id = request.region();
    Optional<HostedRegion> found = host.find(id);
    if (found.isEmpty()) {
      sink.done(absent(id), now);
      return;
    }
    HostedRegion region = found.get();
    if (!region.role().isLeaderLike() || request.flushTimeout().isEmpty()) {
      sink.done(becomeFollower(id), now);
      return;
    }
    region.become(RegionRole.DOWNGRADING_LEADER);
    Duration timeout = request.flushTimeout().get();
    Duration flush = startFlush(id, now);
    if (flush.compareTo(timeout) <= 0) {
      agenda.after(flush, now, at -> sink.done(becomeFollower(id), at));
    } else {
      // The flush goes on in the background; a repeated instruction joins it.
      agenda.after(timeout, now, at -> sink.done(timedOut(id, timeout), at));
    }
  }

  /** Starts a flush, or joins the one under way: the time until it ends. */
  Duration startFlush(RegionId id, Moment now) {
    HostedRegion region = host.find(id).orElseThrow();
    if (region.flushEnds().isPresent()) {
      return region.flushEnds().get().since(now.monotonic());
    }
    Duration length = options.pace().flush();
    if (!length.isZero()) {
      region.flushStarted(now.monotonic().plus(length));
    }
    agenda.after(
        length,
        now,
        at -> {
          region.flushEnded();
          host.flush(id);
        });
    return length;
  }

  private Downgraded becomeFollower(RegionId id) {
    Optional<HostedRegion> region = host.find(id);
    if (region.isEmpty()) {
      return absent(id);
    }
    region.get().become(RegionRole.FOLLOWER);
    RegionContent content = InstructionExecutor.contentOf(host, id);
    return new Downgraded(
        id,
        OptionalLong.of(content.data().lastEntryId()),
        content.isMetric()
            ? OptionalLong.of(content.metadata().lastEntryId())
            : OptionalLong.empty(),
        true,
        Optional.empty());
  }

  private static Downgraded absent(RegionId id) {
    return new Downgraded(id, OptionalLong.empty(), OptionalLong.empty(), false, Optional.empty());
  }

  private static Downgraded timedOut(RegionId id, Duration timeout) {
    return new Downgraded(
        id,
        OptionalLong.empty(),
        OptionalLong.empty(),
        true,
        Optional.of(
            "Flush region timeout, region: " + id + ", timeout: " + timeout.toMillis() + "ms"));
  }

  /** Makes regions writable after catching up, within the first item's timeout. */
  void upgrade(Instruction.UpgradeRegions upgrade, Moment now, InstructionExecutor.ReplySink sink) {
    List<Readiness> replies = new ArrayList<>();
    List<RegionId> behind = new ArrayList<>();
    for (Instruction.UpgradeRegion request : upgrade.regions()) {
      RegionId id = request.region();
      Optional<RegionRole> role = InstructionExecutor.role(host, id);
      if (role.isEmpty()) {
        replies.add(new Readiness(id, false, false, Optional.empty()));
      } else if (role.get().isLeaderLike()) {
        replies.add(new Readiness(id, true, true, Optional.empty()));
      } else {
        behind.add(id);
      }
    }
    if (behind.isEmpty()) {
      sink.reply(new InstructionReply.UpgradeRegions(List.copyOf(replies)), now);
      return;
    }
    Duration timeout = upgrade.regions().getFirst().replayTimeout();
    boolean inTime = options.pace().catchUp().compareTo(timeout) <= 0;
    agenda.after(
        inTime ? options.pace().catchUp() : timeout,
        now,
        at -> {
          behind.forEach(id -> replies.add(inTime ? caughtUp(id, at) : late(id)));
          sink.reply(new InstructionReply.UpgradeRegions(List.copyOf(replies)), at);
        });
  }

  private Readiness caughtUp(RegionId id, Moment at) {
    Optional<HostedRegion> region = host.find(id);
    if (region.isEmpty()) {
      return new Readiness(id, false, false, Optional.of("Region not found, region id: " + id));
    }
    host.upgrade(region.get(), at.monotonic());
    return new Readiness(id, true, true, Optional.empty());
  }

  private static Readiness late(RegionId id) {
    return new Readiness(id, false, true, Optional.empty());
  }
}
