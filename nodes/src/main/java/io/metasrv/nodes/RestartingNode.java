package io.metasrv.nodes;

import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReader;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What frontends and flownodes have in common: when the response stream ends they wait for the
 * retry interval and begin anew, with the intervals that the new stream gives them (sheet 01
 * §14.3).
 */
abstract sealed class RestartingNode implements ClusterNode permits Frontend, Flownode {

  private enum Link {
    CONNECTING,
    OPEN,
    WAITING
  }

  private final NodeObserver observer;
  private Link link = Link.CONNECTING;
  private Duration interval = HeartbeatConfigs.DEFAULT.heartbeat();
  private Duration retry = HeartbeatConfigs.DEFAULT.retry();
  private MonotonicTime nextStep;

  RestartingNode(NodeObserver observer, Moment now) {
    this.observer = observer;
    this.nextStep = now.monotonic();
  }

  /**
   * @param first whether it is the first of its stream
   */
  abstract HeartbeatRequest heartbeat(boolean first);

  /** A response passed the reader; the instruction is there if it carried one. */
  abstract void handle(HeartbeatResponse response, Optional<Instruction> instruction);

  /** The interval between heartbeats that the current stream was given. */
  public final Duration heartbeatInterval() {
    return interval;
  }

  @Override
  public final List<NodeAction> start(Moment now) {
    link = Link.CONNECTING;
    return List.of(new NodeAction.Connect());
  }

  @Override
  public final List<NodeAction> connected(HeartbeatResponse first, Moment now) {
    if (first.getHeader().hasError()) {
      observer.problem("Handshake refused: " + first.getHeader().getError().getErrMsg());
      return connectFailed(now);
    }
    HeartbeatConfigs configs = HeartbeatConfigs.of(first);
    interval = configs.heartbeat();
    retry = configs.retry();
    link = Link.OPEN;
    return beat(true, now);
  }

  @Override
  public final List<NodeAction> connectFailed(Moment now) {
    link = Link.WAITING;
    nextStep = now.monotonic().plus(retry);
    return List.of();
  }

  @Override
  public final List<NodeAction> received(HeartbeatResponse response, Moment now) {
    if (link != Link.OPEN) {
      return List.of();
    }
    observer.responded(response);
    if (response.getHeader().hasError()) {
      observer.problem("Header error: " + response.getHeader().getError().getErrMsg());
      return responsesEnded(now);
    }
    Optional<Instruction> instruction = Optional.empty();
    if (response.hasMailboxMessage() && response.getMailboxMessage().hasJson()) {
      try {
        instruction = Optional.of(InstructionReader.read(response.getMailboxMessage().getJson()));
        observer.instructed(instruction.get());
      } catch (JsonFormatException unreadable) {
        observer.problem("Instruction dropped: " + unreadable.getMessage());
        return List.of();
      }
    }
    handle(response, instruction);
    return List.of();
  }

  @Override
  public final List<NodeAction> responsesEnded(Moment now) {
    return link == Link.OPEN ? connectFailed(now) : List.of();
  }

  /** The sender just ends; the end of the responses brings the restart. */
  @Override
  public final List<NodeAction> sendFailed(Moment now) {
    return responsesEnded(now);
  }

  @Override
  public final List<NodeAction> wake(Moment now) {
    if (now.monotonic().isBefore(nextStep) || link == Link.CONNECTING) {
      return List.of();
    }
    if (link == Link.OPEN) {
      return beat(false, now);
    }
    link = Link.CONNECTING;
    return List.of(new NodeAction.Connect());
  }

  @Override
  public final Optional<MonotonicTime> nextWake() {
    return link == Link.CONNECTING ? Optional.empty() : Optional.of(nextStep);
  }

  private List<NodeAction> beat(boolean first, Moment now) {
    nextStep = now.monotonic().plus(interval);
    return List.of(new NodeAction.Send(heartbeat(first)));
  }
}
