package io.metasrv.simulation.cluster;

import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.cluster.Connection.ToNode;
import io.metasrv.simulation.cluster.Connection.ToServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The node's end of a stream. Confined to the node's process. */
public final class NodeSide {

  /** How late the server may hear that a stream was dropped. */
  private static final Duration LATEST_CLOSE = Duration.ofSeconds(9);

  private final RandomGenerator random;
  private final Pipe<ToServer> requests;
  private final Consumer<Event> events;
  private final Runnable credit;
  private final ArrayDeque<ToNode> unread = new ArrayDeque<>();
  private boolean reads = true;
  private boolean ended;
  private boolean dropped;

  NodeSide(
      RandomGenerator random, Pipe<ToServer> requests, Consumer<Event> events, Runnable credit) {
    this.random = random;
    this.requests = requests;
    this.events = events;
    this.credit = credit;
  }

  void arrived(ToNode item) {
    unread.add(item);
    read();
  }

  /** Reads what comes, or leaves it where it is. */
  void reads(boolean now) {
    reads = now;
    read();
  }

  private void read() {
    while (reads && !dropped && !ended && !unread.isEmpty()) {
      switch (unread.remove()) {
        case ToNode.Message message -> {
          credit.run();
          events.accept(new Event.Received(this, message.response()));
        }
        case ToNode.Ended over -> broken();
      }
    }
  }

  /** The transport gave up, or the server ended the stream and reset it. */
  void broken() {
    if (!ended && !dropped) {
      ended = true;
      requests.close();
      events.accept(new Event.Ended(this));
    }
  }

  /**
   * Sends a message.
   *
   * @return false if the request side is gone
   */
  boolean send(HeartbeatRequest request) {
    if (ended || dropped) {
      return false;
    }
    requests.send(new ToServer.Message(request));
    return true;
  }

  /** Gives the stream up; the server hears of it now or, one time in two, much later. */
  void drop() {
    if (!dropped && !ended) {
      dropped = true;
      ToServer goodbye = random.nextBoolean() ? new ToServer.HalfClose() : new ToServer.Cancel();
      Duration delay =
          random.nextBoolean()
              ? Duration.ZERO
              : Duration.ofNanos(random.nextLong(LATEST_CLOSE.toNanos()));
      requests.sendLate(delay, goodbye);
    }
  }

  /** Whether nothing more happens here. */
  boolean isOver() {
    return ended || dropped;
  }

  /** What happens on a stream, as the node sees it. */
  sealed interface Event {
    /** The stream. */
    NodeSide stream();

    /** A response was read. */
    record Received(NodeSide stream, HeartbeatResponse response) implements Event {}

    /** The stream is over. */
    record Ended(NodeSide stream) implements Event {}

    /** No response came in time to the first message. */
    record Unanswered(NodeSide stream) implements Event {}
  }
}
