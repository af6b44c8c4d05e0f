package io.metasrv.nodes;

import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.List;
import java.util.Optional;

/**
 * A node as a state machine (sheet 01 §14): each event returns the actions that follow from it. Not
 * thread-safe. Events of a stream that was given up must not be reported any more.
 */
public interface ClusterNode {

  /** The first message of each stream: a header and nothing else. */
  HeartbeatRequest handshake();

  /** The process has started. */
  List<NodeAction> start(Moment now);

  /** A stream is open and its first response arrived. */
  List<NodeAction> connected(HeartbeatResponse first, Moment now);

  /** No leader was found, or no stream could be opened. */
  List<NodeAction> connectFailed(Moment now);

  /** A response after the first one arrived. */
  List<NodeAction> received(HeartbeatResponse response, Moment now);

  /** The response stream ended, with an error or without. */
  List<NodeAction> responsesEnded(Moment now);

  /** A message could not be sent: the request side of the stream is gone. */
  List<NodeAction> sendFailed(Moment now);

  /** The time that {@link #nextWake()} named has come, or is near enough; harmless at any time. */
  List<NodeAction> wake(Moment now);

  /** When {@link #wake} has something to do next; empty: not before another event. */
  Optional<MonotonicTime> nextWake();
}
