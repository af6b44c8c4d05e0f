package io.metasrv.tests.leadership;

import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.service.ClusterService;
import io.metasrv.application.service.StoreService;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchDeleteResponse;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.BatchPutResponse;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeResponse;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.PutResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Metasrvs in one process that call each other's services directly. */
final class NodesOfOneProcess implements PeerClient {

  private final Map<String, StoreService> stores = new ConcurrentHashMap<>();
  private final Map<String, ClusterService> clusters = new ConcurrentHashMap<>();

  /** Makes a node reachable. */
  void add(String address, MetasrvServices services) {
    stores.put(address, services.store());
    clusters.put(address, services.cluster());
  }

  @Override
  public RangeResponse clusterRange(String address, RangeRequest request) {
    RangeResponse response = reach(clusters, address, node -> node.range(request));
    requireLeader(address, response.getHeader());
    return response;
  }

  @Override
  public BatchGetResponse clusterBatchGet(String address, BatchGetRequest request) {
    BatchGetResponse response = reach(clusters, address, node -> node.batchGet(request));
    requireLeader(address, response.getHeader());
    return response;
  }

  @Override
  public PutResponse put(String address, PutRequest request) {
    return reach(stores, address, node -> node.put(request));
  }

  @Override
  public BatchPutResponse batchPut(String address, BatchPutRequest request) {
    return reach(stores, address, node -> node.batchPut(request));
  }

  @Override
  public BatchDeleteResponse batchDelete(String address, BatchDeleteRequest request) {
    return reach(stores, address, node -> node.batchDelete(request));
  }

  @Override
  public CompareAndPutResponse compareAndPut(String address, CompareAndPutRequest request) {
    return reach(stores, address, node -> node.compareAndPut(request));
  }

  @Override
  public DeleteRangeResponse deleteRange(String address, DeleteRangeRequest request) {
    return reach(stores, address, node -> node.deleteRange(request));
  }

  private <S, R> R reach(Map<String, S> services, String address, Function<S, R> call) {
    S service = services.get(address);
    if (service == null) {
      throw new StoreException.Unavailable("nobody listens at " + address);
    }
    return call.apply(service);
  }

  private static void requireLeader(String address, ResponseHeader header) {
    if (ResponseHeaders.saysNotLeader(header)) {
      throw new NotLeaderException(address);
    }
  }
}
