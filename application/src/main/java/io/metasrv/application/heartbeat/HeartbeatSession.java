package io.metasrv.application.heartbeat;

import io.metasrv.application.mailbox.Pusher;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.Optional;

/**
 * One heartbeat stream on a leader, from its registration to its end (sheet 04 §2.3): one response
 * for each request, in order. Used by one task.
 */
final class HeartbeatSession {

  private final NodeStream stream;
  private final HeartbeatTerm term;
  private final String serverAddress;
  private final Metrics metrics;

  HeartbeatSession(NodeStream stream, HeartbeatTerm term, String serverAddress, Metrics metrics) {
    this.stream = stream;
    this.term = term;
    this.serverAddress = serverAddress;
    this.metrics = metrics;
  }

  /** Serves the stream, whose first request was taken already; ends it. */
  void run(HeartbeatRequest first, NodeRole role) throws InterruptedException {
    long memberId = first.getHeader().getMemberId();
    Optional<Pusher> registered = term.parts().pushers().register(role, memberId, stream);
    if (registered.isEmpty()) {
      refuse(stream, term.parts().options().times(), Optional.of(role), serverAddress);
      return;
    }
    Pusher pusher = registered.get();
    Runnable ending;
    try {
      ending = serve(pusher, first);
    } finally {
      term.parts().pushers().deregister(pusher);
      if (role == NodeRole.FRONTEND) {
        // Frontends get a new number with each stream; their series must not pile up.
        metrics.remove(MetricNames.HEARTBEAT_RECV, pusher.key().toString());
      }
    }
    // Only now: whoever sees the end finds the node reached through another stream, or not at all.
    ending.run();
  }

  /** Answers until the stream is over; returns how it is to be ended. */
  private Runnable serve(Pusher pusher, HeartbeatRequest first) throws InterruptedException {
    Metrics.Counter received = metrics.counter(MetricNames.HEARTBEAT_RECV, pusher.key().toString());
    Optional<HeartbeatRequest> request = Optional.of(first);
    boolean handshake = true;
    while (request.isPresent()) {
      received.increment();
      switch (answer(pusher, request.get(), handshake)) {
        case Answer.Sent() -> {}
        case Answer.Untaken() -> {
          return () -> {};
        }
        case Answer.NotLeader(Optional<NodeRole> handshakeOf) -> {
          return () -> refuse(stream, term.parts().options().times(), handshakeOf, serverAddress);
        }
      }
      handshake = false;
      request = stream.receive();
    }
    return () -> stream.end(new StreamEnd.Completed());
  }

  /** What became of a request. */
  private sealed interface Answer {

    /** Answered; the stream goes on. */
    record Sent() implements Answer {}

    /** The stream takes no more, and ended itself. */
    record Untaken() implements Answer {}

    /** This node does not lead any more. */
    record NotLeader(Optional<NodeRole> handshakeOf) implements Answer {}
  }

  private Answer answer(Pusher pusher, HeartbeatRequest request, boolean handshake)
      throws InterruptedException {
    NodeRole role = roleOf(request);
    HeartbeatResponse response =
        term.chain().handle(new HeartbeatExchange(request, role, handshake, pusher));
    // Handlers take time. What was granted in this term must not leave after its end.
    boolean leads = term.term().isHeld();
    if (!leads || ResponseHeaders.saysNotLeader(response.getHeader())) {
      return new Answer.NotLeader(handshake ? Optional.of(role) : Optional.empty());
    }
    return stream.send(response) ? new Answer.Sent() : new Answer.Untaken();
  }

  /**
   * The role a request says it comes from.
   *
   * @throws ServiceException (InvalidArguments) with the reference's text if it says none
   */
  static NodeRole roleOf(HeartbeatRequest request) {
    Optional<NodeRole> role =
        request.hasHeader()
            ? NodeRole.ofHeartbeat(request.getHeader().getRoleValue())
            : Optional.empty();
    return role.orElseThrow(
        () ->
            ServiceException.invalidArguments(
                "Invalid arguments: invalid role: "
                    + (request.hasHeader()
                        ? "Some(" + HeartbeatMessages.debug(request.getHeader()) + ")"
                        : "None")));
  }

  /**
   * Says "not leader" in band and ends the stream with ABORTED.
   *
   * @param handshakeOf the node's role, if this is the first response of the stream
   */
  static void refuse(
      NodeStream stream,
      HeartbeatTimes times,
      Optional<NodeRole> handshakeOf,
      String serverAddress) {
    HeartbeatResponse.Builder response =
        HeartbeatResponse.newBuilder().setHeader(ResponseHeaders.notLeader());
    handshakeOf.ifPresent(role -> response.setHeartbeatConfig(HeartbeatChain.config(times, role)));
    stream.send(response.build());
    stream.end(new StreamEnd.NotLeader(serverAddress));
  }
}
