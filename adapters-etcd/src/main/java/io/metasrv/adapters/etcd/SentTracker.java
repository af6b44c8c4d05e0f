package io.metasrv.adapters.etcd;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * Watches one call and tells whether it ever got a stream on a live connection. As long as it did
 * not (name not resolved, connection refused, still waiting for one), nothing of the request can
 * have reached the server.
 */
final class SentTracker extends ClientStreamTracer.Factory {

  private volatile boolean sent;

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    return new ClientStreamTracer() {
      @Override
      public void streamCreated(Attributes transportAttributes, Metadata headers) {
        sent = true;
      }
    };
  }

  /** False only if certainly no byte of the request left this process. */
  boolean sent() {
    return sent;
  }
}
