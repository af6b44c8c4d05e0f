package io.metasrv.simulation.cluster;

import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.ClusterNode;
import io.metasrv.nodes.Moment;
import io.metasrv.nodes.NodeAction;
import io.metasrv.simulation.cluster.NodeSide.Event;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drives the state machine of a node in one process: its stream to the leader, its timers, what
 * arrives. Confined to that process.
 */
final class NodeDriver {

  private final Metasrvs metasrvs;
  private final SimulatedProcess process;
  private final String task;
  private final String streamName;
  private final ClusterNode node;
  private final Inbox<Event> inbox;
  private @Nullable NodeSide stream;
  private boolean greeted;
  private boolean reads = true;

  /**
   * @param task the name of the node's task
   * @param streamName the name of its streams
   */
  NodeDriver(
      Metasrvs metasrvs,
      SimulatedProcess process,
      String task,
      String streamName,
      ClusterNode node) {
    this.metasrvs = metasrvs;
    this.process = process;
    this.task = task;
    this.streamName = streamName;
    this.node = node;
    this.inbox = new Inbox<>(process);
  }

  /** What the clocks of a process say. */
  static Moment now(SimulatedProcess process) {
    return new Moment(process.monotonic(), process.wallClock());
  }

  /** Starts the node. */
  void begin() {
    process.post("boot", () -> process.start(task, this::run));
  }

  /** Lets the node look when it has to do something next. */
  void look() {
    inbox.ring();
  }

  private void run() throws InterruptedException {
    perform(node.start(now(process)));
    while (true) {
      Optional<MonotonicTime> wake = node.nextWake();
      if (wake.isPresent()) {
        inbox.await(wake.get().since(process.monotonic()));
      } else {
        inbox.await();
      }
      Optional<Event> event = inbox.poll();
      perform(event.isPresent() ? handle(event.get()) : node.wake(now(process)));
    }
  }

  private List<NodeAction> handle(Event event) throws InterruptedException {
    if (event.stream() != stream) {
      return List.of();
    }
    return switch (event) {
      case Event.Received received when greeted -> node.received(received.response(), now(process));
      case Event.Received first -> {
        greeted = true;
        yield node.connected(first.response(), now(process));
      }
      case Event.Ended ended when greeted -> node.responsesEnded(now(process));
      case Event.Unanswered late when greeted -> List.of();
      case Event.Ended ended -> failed();
      case Event.Unanswered unanswered -> failed();
    };
  }

  private List<NodeAction> failed() {
    dropStream();
    return node.connectFailed(now(process));
  }

  private void dropStream() {
    if (stream != null) {
      stream.drop();
    }
    stream = null;
    greeted = false;
  }

  private void perform(List<NodeAction> actions) throws InterruptedException {
    for (NodeAction action : actions) {
      switch (action) {
        case NodeAction.Connect connect -> connect();
        case NodeAction.Send send -> {
          NodeSide current = stream;
          if (current == null || !current.send(send.request())) {
            perform(node.sendFailed(now(process)));
          }
        }
      }
    }
  }

  private void connect() throws InterruptedException {
    dropStream();
    Optional<NodeSide> opened = metasrvs.connect(process, streamName, node.handshake(), inbox::put);
    if (opened.isEmpty()) {
      perform(node.connectFailed(now(process)));
    } else {
      stream = opened.get();
      stream.reads(reads);
    }
  }

  /** Lets the node read its stream, or leave unread what comes. */
  void reads(boolean now) {
    reads = now;
    if (stream != null) {
      stream.reads(now);
    }
  }

  /** Makes the node give up its stream and connect anew. */
  void loseStream() {
    if (stream != null) {
      stream.drop();
      inbox.put(new Event.Ended(stream));
    }
  }
}
