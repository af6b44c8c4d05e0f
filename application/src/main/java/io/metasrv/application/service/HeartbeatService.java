package io.metasrv.application.service;

import io.metasrv.application.port.NodeStream;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;

/** Service {@code Heartbeat} (sheets 01 §5 and 04 §2). Thread-safe. */
public interface HeartbeatService {

  /**
   * Serves one stream from its first message to its end, on the calling task; ends the stream
   * itself in every case. The adapter starts a task for each stream and calls this on it.
   */
  void serve(NodeStream stream) throws InterruptedException;

  /** Answers the leader's address on any node; fails with Internal if there is none. */
  AskLeaderResponse askLeader(AskLeaderRequest request);
}
