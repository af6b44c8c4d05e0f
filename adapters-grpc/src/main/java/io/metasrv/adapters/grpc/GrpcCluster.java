package io.metasrv.adapters.grpc;

import io.grpc.stub.StreamObserver;
import io.metasrv.application.service.ClusterService;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.ClusterGrpc;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;

/** {@code greptime.v1.meta.Cluster}. */
final class GrpcCluster extends ClusterGrpc.ClusterImplBase {

  private final ClusterService service;

  GrpcCluster(ClusterService service) {
    this.service = service;
  }

  @Override
  public void range(RangeRequest request, StreamObserver<RangeResponse> caller) {
    UnaryCalls.answer("Cluster.Range", caller, () -> service.range(request));
  }

  @Override
  public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> caller) {
    UnaryCalls.answer("Cluster.BatchGet", caller, () -> service.batchGet(request));
  }

  @Override
  public void metasrvPeers(
      MetasrvPeersRequest request, StreamObserver<MetasrvPeersResponse> caller) {
    UnaryCalls.answer("Cluster.MetasrvPeers", caller, () -> service.metasrvPeers(request));
  }
}
