package io.metasrv.application.port;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;

/**
 * Region requests to datanodes (sheet 01 §12.1). Thread-safe; one attempt a call, the deadline is
 * the adapter's option.
 */
public interface DatanodeClient {

  /**
   * Sends one request to the region server of the datanode.
   *
   * @throws MetasrvException with the datanode's own code; retryable if the call ended UNAVAILABLE,
   *     CANCELLED or DEADLINE_EXCEEDED
   */
  RegionResponse handle(Peer datanode, RegionRequest request) throws InterruptedException;
}
