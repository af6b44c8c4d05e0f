package io.metasrv.nodes;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReader;
import io.metasrv.nodes.instruction.InstructionReply;
import io.metasrv.nodes.instruction.ReplyWriter;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.nodes.region.AliveKeeper.LeaseOutcome;
import io.metasrv.nodes.region.RegionHost;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionServer;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A datanode: heartbeats, leases, instructions and the region service (sheet 01 §14, sheet 04 §8,
 * §13). One object is one process: a restart is a new object on the same storage.
 *
 * <p>When its response stream ends it goes on sending into the stream, first of all a message that
 * is only a header, and reconnects when a send fails, not before (sheet 01 §14.3).
 */
public final class Datanode implements ClusterNode {

  private enum Link {
    CONNECTING,
    OPEN,
    RESPONSES_ENDED,
    WAITING
  }

  private final NodeProfile profile;
  private final RegionHost host;
  private final RegionServer server;
  private final Agenda agenda = new Agenda();
  private final InstructionFaults faults = new InstructionFaults();
  private final InstructionExecutor executor;
  private final DatanodeHeartbeat heartbeats;
  private final NodeObserver observer;
  private final List<NodeAction> actions = new ArrayList<>();
  private final List<HeartbeatRequest> unsent = new ArrayList<>();

  private Link link = Link.CONNECTING;
  private boolean connectedBefore;
  private boolean suspended;
  private Duration interval = HeartbeatConfigs.DEFAULT.heartbeat();
  private Duration retry = HeartbeatConfigs.DEFAULT.retry();
  private MonotonicTime nextStep;

  /**
   * A process that has just started and has opened, as followers, the regions it found on record.
   *
   * @param regions what the store says lies on this node, to be opened before the first heartbeat
   */
  public Datanode(
      NodeProfile profile,
      DatanodeOptions options,
      RegionStorage storage,
      List<RegionsOnRecord> regions,
      NodeObserver observer,
      Moment now) {
    this.profile = profile;
    this.observer = observer;
    this.host = RegionHost.empty(storage, now.monotonic(), options.leaseMode());
    this.server = new RegionServer(host, () -> suspended);
    this.executor = new InstructionExecutor(options, host, agenda, faults);
    this.heartbeats = new DatanodeHeartbeat(profile, options, host);
    this.nextStep = now.monotonic();
    for (RegionsOnRecord table : regions) {
      openOnRecord(table, options, now);
    }
  }

  private void openOnRecord(RegionsOnRecord table, DatanodeOptions options, Moment now) {
    for (var region : table.regions()) {
      if (options.opensMissingFiles()) {
        host.storage().create(region, table.engine(), table.storagePath());
      }
      if (host.storage().find(region).isPresent()) {
        host.open(region, RegionRole.FOLLOWER, now.monotonic());
      } else {
        observer.problem("Region " + region + " is on record for this node but has no files");
      }
    }
  }

  public NodeProfile profile() {
    return profile;
  }

  /** The open regions, for observation. */
  public RegionHost regions() {
    return host;
  }

  /** Faults of the next instructions. */
  public InstructionFaults faults() {
    return faults;
  }

  /** Whether requests are refused because an instruction said so. */
  public boolean isSuspended() {
    return suspended;
  }

  /**
   * Handles a region request.
   *
   * @throws ServiceException if it is refused
   */
  public RegionResponse handle(RegionRequest request, Moment now) {
    catchUp(now);
    return server.handle(request, now.monotonic());
  }

  /**
   * Writes to a region as a frontend would.
   *
   * @return the WAL entry, or empty if the region is not here or not writable
   */
  public Optional<Long> write(io.metasrv.domain.RegionId region, long rows, Moment now) {
    catchUp(now);
    return host.write(region, rows, rows * 100, now.monotonic());
  }

  @Override
  public HeartbeatRequest handshake() {
    return heartbeats.headerOnly();
  }

  @Override
  public List<NodeAction> start(Moment now) {
    link = Link.CONNECTING;
    actions.add(new NodeAction.Connect());
    return drain();
  }

  @Override
  public List<NodeAction> connected(HeartbeatResponse first, Moment now) {
    if (first.getHeader().hasError()) {
      observer.problem("Handshake refused: " + first.getHeader().getError().getErrMsg());
      return connectFailed(now);
    }
    HeartbeatConfigs configs = HeartbeatConfigs.of(first);
    retry = configs.retry();
    if (connectedBefore) {
      // The interval of the first connection stays; only first countdowns follow the new one.
      host.keeper().heartbeatIntervalChanged(configs.heartbeat());
    } else {
      interval = configs.heartbeat();
      host.keeper().start(interval, host.regions(), now.monotonic());
      connectedBefore = true;
    }
    link = Link.OPEN;
    catchUp(now);
    unsent.forEach(request -> actions.add(new NodeAction.Send(request)));
    unsent.clear();
    beat(now);
    return drain();
  }

  @Override
  public List<NodeAction> connectFailed(Moment now) {
    catchUp(now);
    link = Link.WAITING;
    nextStep = now.monotonic().plus(retry);
    return drain();
  }

  @Override
  public List<NodeAction> received(HeartbeatResponse response, Moment now) {
    catchUp(now);
    if (link != Link.OPEN) {
      return drain();
    }
    observer.responded(response);
    if (response.getHeader().hasError()) {
      observer.problem("Header error: " + response.getHeader().getError().getErrMsg());
      return responsesEnded(now);
    }
    handle(response, now);
    return drain();
  }

  @Override
  public List<NodeAction> responsesEnded(Moment now) {
    catchUp(now);
    if (link == Link.OPEN) {
      link = Link.RESPONSES_ENDED;
      actions.add(new NodeAction.Send(heartbeats.headerOnly()));
    }
    return drain();
  }

  @Override
  public List<NodeAction> sendFailed(Moment now) {
    catchUp(now);
    if (link == Link.OPEN || link == Link.RESPONSES_ENDED) {
      link = Link.CONNECTING;
      actions.add(new NodeAction.Connect());
    }
    return drain();
  }

  @Override
  public List<NodeAction> wake(Moment now) {
    catchUp(now);
    if (!now.monotonic().isBefore(nextStep)) {
      switch (link) {
        case OPEN, RESPONSES_ENDED -> beat(now);
        case WAITING -> {
          link = Link.CONNECTING;
          actions.add(new NodeAction.Connect());
        }
        case CONNECTING -> {
          // The driver reports how it went.
        }
      }
    }
    return drain();
  }

  @Override
  public Optional<MonotonicTime> nextWake() {
    Optional<MonotonicTime> step =
        link == Link.CONNECTING ? Optional.empty() : Optional.of(nextStep);
    return Stream.of(step, agenda.next(), host.keeper().nextDeadline(host))
        .flatMap(Optional::stream)
        .min(MonotonicTime::compareTo);
  }

  /** Ends what has ended and does what is due, before anything else looks at the regions. */
  private void catchUp(Moment now) {
    List<io.metasrv.domain.RegionId> expired = host.keeper().expire(host, now.monotonic());
    if (!expired.isEmpty()) {
      observer.expired(expired);
    }
    agenda.runDue(now);
  }

  private void beat(Moment now) {
    nextStep = now.monotonic().plus(interval);
    actions.add(
        new NodeAction.Send(
            heartbeats.periodic(executor.runningGarbageCollections(), now.monotonic())));
  }

  /** The response pipeline, in the order of sheet 04 §8. */
  private void handle(HeartbeatResponse response, Moment now) {
    if (response.hasRegionLease()) {
      LeaseOutcome outcome =
          host.keeper().apply(response.getRegionLease(), host, host::close, now.monotonic());
      observer.leased(response.getRegionLease(), outcome);
    }
    Optional<Instruction> instruction = Optional.empty();
    if (response.hasMailboxMessage() && response.getMailboxMessage().hasJson()) {
      try {
        instruction = Optional.of(InstructionReader.read(response.getMailboxMessage().getJson()));
      } catch (JsonFormatException unreadable) {
        // Ends the pipeline of this response; the sender sees a timeout.
        observer.problem("Instruction dropped: " + unreadable.getMessage());
        return;
      }
    }
    suspended = suspendedAfter(response, instruction);
    if (instruction.isPresent()) {
      observer.instructed(instruction.get());
      MailboxMessage message = response.getMailboxMessage();
      executor.execute(instruction.get(), now, (reply, at) -> reply(message, reply, at));
    }
  }

  private boolean suspendedAfter(HeartbeatResponse response, Optional<Instruction> instruction) {
    if (instruction.isPresent() && instruction.get() instanceof Instruction.Suspend) {
      return true;
    }
    return suspended && response.hasMailboxMessage();
  }

  private void reply(MailboxMessage asked, InstructionReply reply, Moment at) {
    String json = ReplyWriter.write(reply);
    observer.replied(json);
    MailboxMessage message =
        MailboxMessage.newBuilder()
            .setId(asked.getId())
            .setSubject(asked.getSubject())
            .setFrom(asked.getTo())
            .setTo(asked.getFrom())
            .setTimestampMillis(at.wall().toEpochMilli())
            .setJson(json)
            .build();
    HeartbeatRequest request = heartbeats.reply(message, executor.runningGarbageCollections());
    if (link == Link.OPEN || link == Link.RESPONSES_ENDED) {
      actions.add(new NodeAction.Send(request));
    } else {
      unsent.add(request);
    }
  }

  private List<NodeAction> drain() {
    List<NodeAction> result = List.copyOf(actions);
    actions.clear();
    return result;
  }
}
