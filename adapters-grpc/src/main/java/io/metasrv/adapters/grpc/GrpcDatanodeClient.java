package io.metasrv.adapters.grpc;

import io.grpc.Metadata;
import io.metasrv.application.port.DatanodeClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.region.RegionGrpc;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.time.Duration;
import java.util.Locale;

/**
 * Region requests over gRPC (sheet 01 §12.1). The node is known by its address only; that it is a
 * datanode shows in its offering the region service and in the status inside each answer. {@link
 * #close} when done.
 */
public final class GrpcDatanodeClient implements DatanodeClient, AutoCloseable {

  private final NodeCalls calls;

  /**
   * @param settings of every channel; the reference compresses nothing here
   * @param timeout of every call, from its start to its answer
   */
  public GrpcDatanodeClient(ChannelSettings settings, Duration timeout, Runtime runtime) {
    this.calls = new NodeCalls(NodeRole.DATANODE, settings, timeout, runtime);
  }

  @Override
  public RegionResponse handle(Peer datanode, RegionRequest request) throws InterruptedException {
    String what = "Region " + request.getBodyCase().name().toLowerCase(Locale.ROOT);
    RegionResponse answer =
        calls.call(datanode, what, RegionGrpc.getHandleMethod(), request, new Metadata());
    if (!answer.getHeader().hasStatus()) {
      throw calls.withoutStatus(datanode, what);
    }
    calls.check(datanode, what, answer.getHeader().getStatus());
    return answer;
  }

  /** Closes every channel; calls under way fail. */
  @Override
  public void close() {
    calls.close();
  }
}
