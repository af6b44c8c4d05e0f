package io.metasrv.application.port;

import io.metasrv.domain.error.MetasrvException;
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

/**
 * Calls from one metasrv to another, by address: a follower reads the leader's memory, and hands
 * writes that reached it over to the leader. One attempt a call; retrying is the caller's.
 * Thread-safe.
 *
 * <p>Each method throws a {@link MetasrvException} with the code the other side sent, {@link
 * io.metasrv.domain.error.NotLeaderException} for a not-leader header, or a retryable {@link
 * io.metasrv.domain.error.StoreException.Unavailable} if the other side could not be reached; for
 * writes {@link io.metasrv.domain.error.StoreException.UnknownOutcome} once the request may have
 * arrived.
 */
public interface PeerClient {

  /** {@code Cluster.Range}: the other node's volatile memory. */
  RangeResponse clusterRange(String address, RangeRequest request);

  /** {@code Cluster.BatchGet}. */
  BatchGetResponse clusterBatchGet(String address, BatchGetRequest request);

  /** {@code Store.Put}. */
  PutResponse put(String address, PutRequest request);

  /** {@code Store.BatchPut}. */
  BatchPutResponse batchPut(String address, BatchPutRequest request);

  /** {@code Store.BatchDelete}. */
  BatchDeleteResponse batchDelete(String address, BatchDeleteRequest request);

  /** {@code Store.CompareAndPut}. */
  CompareAndPutResponse compareAndPut(String address, CompareAndPutRequest request);

  /** {@code Store.DeleteRange}. */
  DeleteRangeResponse deleteRange(String address, DeleteRangeRequest request);
}
