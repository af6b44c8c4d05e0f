package io.metasrv.application.port;

import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.Optional;

/**
 * The server's end of one open heartbeat stream: requests are taken from it, answers and
 * instructions are pushed into it. One task receives; any task may send or end.
 *
 * <p>The outgoing queue is bounded (128 messages). A consumer too slow to keep it from filling
 * loses its stream: {@link #send} ends it and returns false, and never blocks, so that one slow
 * node cannot hold up another.
 */
public interface NodeStream {

  /** The peer's transport address, for logs. */
  String remote();

  /**
   * Waits for the next request, in the order the node sent them.
   *
   * @return empty once the node has closed its side, or {@link #end} was called on ours
   * @throws StreamBrokenException if the transport failed
   */
  Optional<HeartbeatRequest> receive() throws InterruptedException;

  /**
   * Queues a message. Messages leave in the order of the calls that returned true.
   *
   * @return false if the stream is over; the message is then dropped
   */
  boolean send(HeartbeatResponse response);

  /**
   * Ends the stream after what is queued, and resets the node's side so that its next send fails
   * and it reconnects (sheet 01 §16.2). The first call wins; never blocks.
   */
  void end(StreamEnd reason);

  /** Whether the stream is over on either side. */
  boolean isEnded();
}
