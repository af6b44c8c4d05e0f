package io.metasrv.adapters.grpc;

import io.grpc.Metadata;
import io.metasrv.application.port.FlownodeClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.flow.FlowGrpc;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import java.time.Duration;
import java.util.Locale;

/**
 * Flow requests over gRPC (sheet 01 §12.2). A flownode ends every refused call as {@code
 * INVALID_ARGUMENT}; what it means is in the trailers. {@link #close} when done.
 */
public final class GrpcFlownodeClient implements FlownodeClient, AutoCloseable {

  private final NodeCalls calls;

  /**
   * @param settings of every channel; the reference compresses with zstd here
   * @param timeout of every call, from its start to its answer
   */
  public GrpcFlownodeClient(ChannelSettings settings, Duration timeout, Runtime runtime) {
    this.calls = new NodeCalls(NodeRole.FLOWNODE, settings, timeout, runtime);
  }

  @Override
  public FlowResponse handleCreateRemove(Peer flownode, FlowRequest request)
      throws InterruptedException {
    String what = "Flow " + request.getBodyCase().name().toLowerCase(Locale.ROOT);
    FlowResponse answer =
        calls.call(flownode, what, FlowGrpc.getHandleCreateRemoveMethod(), request, new Metadata());
    // Some flownodes leave the header out; where there is one it counts.
    calls.check(flownode, what, answer.getHeader().getStatus());
    return answer;
  }

  /** Closes every channel; calls under way fail. */
  @Override
  public void close() {
    calls.close();
  }
}
