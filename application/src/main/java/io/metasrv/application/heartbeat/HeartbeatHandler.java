package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.NodeRole;

/**
 * One link of the chain every heartbeat passes (sheet 04 §3). Handlers are shared by all streams of
 * a term and called concurrently, but in order for the requests of one stream.
 */
public interface HeartbeatHandler {

  /** Whether requests of nodes of the role pass this handler. */
  boolean accepts(NodeRole role);

  /**
   * Whether the response must not be sent if this handler fails. The failure of any other handler
   * is counted and logged, and the chain goes on without it (sheet 04 §25 no. 5).
   */
  default boolean isEssential() {
    return false;
  }

  /** Does its part. */
  Outcome handle(HeartbeatExchange exchange) throws InterruptedException;

  /** What comes next. */
  enum Outcome {
    /** The next handler. */
    CONTINUE,
    /** The response; the handlers behind are skipped. */
    DONE
  }
}
