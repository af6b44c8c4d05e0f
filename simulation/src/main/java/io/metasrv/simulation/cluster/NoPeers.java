package io.metasrv.simulation.cluster;

import io.metasrv.application.port.PeerClient;
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

/** No other metasrv can be reached: no scenario uses services that ask one yet. */
final class NoPeers implements PeerClient {

  @Override
  public RangeResponse clusterRange(String address, RangeRequest request) {
    throw unreachable(address);
  }

  @Override
  public BatchGetResponse clusterBatchGet(String address, BatchGetRequest request) {
    throw unreachable(address);
  }

  @Override
  public PutResponse put(String address, PutRequest request) {
    throw unreachable(address);
  }

  @Override
  public BatchPutResponse batchPut(String address, BatchPutRequest request) {
    throw unreachable(address);
  }

  @Override
  public BatchDeleteResponse batchDelete(String address, BatchDeleteRequest request) {
    throw unreachable(address);
  }

  @Override
  public CompareAndPutResponse compareAndPut(String address, CompareAndPutRequest request) {
    throw unreachable(address);
  }

  @Override
  public DeleteRangeResponse deleteRange(String address, DeleteRangeRequest request) {
    throw unreachable(address);
  }

  private static StoreException unreachable(String address) {
    return new StoreException.Unavailable(address + " is not reachable in this scenario");
  }
}
