package io.metasrv.application.port;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;

/** Creation and removal of flows on flownodes (sheet 01 §12.2). Thread-safe; one attempt a call. */
public interface FlownodeClient {

  /**
   * Sends one request.
   *
   * @throws MetasrvException with the flownode's own code, which only the trailers tell
   */
  FlowResponse handleCreateRemove(Peer flownode, FlowRequest request) throws InterruptedException;
}
