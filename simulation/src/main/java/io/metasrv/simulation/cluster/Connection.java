package io.metasrv.simulation.cluster;

import io.metasrv.application.port.StreamEnd;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One heartbeat stream between a node and a metasrv: two pipes, an end on each side, and
 * keep-alives that break a connection whose other side does not answer.
 */
public final class Connection {

  /** Roughly every four seconds a ping, three without an answer, and the connection is given up. */
  private static final Duration PING = Duration.ofSeconds(4);

  private static final int PATIENCE = 3;

  private final Site site;
  private final SimulatedProcess node;
  private final SimulatedProcess server;
  private final String name;
  private final NodeSide nodeSide;
  private final ServerSide serverSide;
  private int unanswered;

  /**
   * A connection that the server does not know of yet.
   *
   * @param queueLimit messages that may wait on the server for a node that does not read
   * @param events what the node's side sees; called in its process
   * @param setup sees what the server sends
   */
  Connection(
      Site site,
      SimulatedProcess node,
      SimulatedProcess server,
      String name,
      int queueLimit,
      Consumer<NodeSide.Event> events,
      MetasrvSetup setup) {
    this.site = site;
    this.node = node;
    this.server = server;
    this.name = name;
    Pipe<ToServer> requests =
        new Pipe<>(site, node, server, "request on " + name, item -> serverSide().arrived(item));
    Pipe<ToNode> responses =
        new Pipe<>(site, server, node, "response on " + name, item -> nodeSide().arrived(item));
    this.serverSide = new ServerSide(server, name, queueLimit, setup, responses);
    this.nodeSide = new NodeSide(site.world().random(), requests, events, this::credit);
    ping();
  }

  /** The node's end. */
  public NodeSide nodeSide() {
    return nodeSide;
  }

  /** The metasrv's end. */
  public ServerSide serverSide() {
    return serverSide;
  }

  /** The node took a message: flow control lets another one through. */
  private void credit() {
    server.post("credit " + name, serverSide::credited);
  }

  private void ping() {
    if (nodeSide.isOver() && serverSide.isOver()) {
      return;
    }
    long spread = site.world().random().nextLong(PING.toNanos() / 4);
    site.world().at(PING.plusNanos(spread), "ping " + name, this::look);
  }

  private void look() {
    unanswered = answers() ? 0 : unanswered + 1;
    if (unanswered < PATIENCE) {
      ping();
      return;
    }
    site.world().note("broken", name);
    node.post("broken " + name, nodeSide::broken);
    server.post("broken " + name, serverSide::broken);
  }

  private boolean answers() {
    return node.isAlive()
        && server.isAlive()
        && !node.isPaused()
        && !server.isPaused()
        && !site.network().isCut(node, server)
        && !site.network().isCut(server, node);
  }

  @Override
  public String toString() {
    return name;
  }

  /** What travels to the server. */
  sealed interface ToServer {
    /** A message. */
    record Message(HeartbeatRequest request) implements ToServer {}

    /** The node sends no more. */
    record HalfClose() implements ToServer {}

    /** The node dropped the stream. */
    record Cancel() implements ToServer {}
  }

  /** What travels to the node. */
  sealed interface ToNode {
    /** A message. */
    record Message(HeartbeatResponse response) implements ToNode {}

    /** The server ended the stream. */
    record Ended(StreamEnd reason) implements ToNode {}
  }
}
