package io.metasrv.application.port;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.GreptimeResponse;
import java.util.Map;

/**
 * Row inserts into system tables through a frontend (sheet 01 §12.3). Thread-safe; one attempt a
 * call.
 */
public interface FrontendClient {

  /**
   * Sends one request.
   *
   * @param hints sent as the header {@code x-greptime-hints}, in iteration order
   * @throws MetasrvException with the frontend's own code
   */
  GreptimeResponse handle(Peer frontend, GreptimeRequest request, Map<String, String> hints)
      throws InterruptedException;
}
