package io.metasrv.application.service;

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
 * Service {@code Store} (sheet 01 §6). Reads are served by any node from the backing store. Writes
 * on a follower are handed to the leader, so that its indexes see them; without a leader they fail.
 * Never answers "not leader". Thread-safe.
 */
public interface StoreService {
  /** Reads a range; an empty key is an invalid argument. */
  RangeResponse range(RangeRequest request);

  /** Writes a pair. */
  PutResponse put(PutRequest request);

  /** Reads several keys. */
  BatchGetResponse batchGet(BatchGetRequest request);

  /** Writes several pairs. */
  BatchPutResponse batchPut(BatchPutRequest request);

  /** Removes several keys. */
  BatchDeleteResponse batchDelete(BatchDeleteRequest request);

  /** Writes if the value is the expected one; an empty expectation means "absent". */
  CompareAndPutResponse compareAndPut(CompareAndPutRequest request);

  /** Removes a range. */
  DeleteRangeResponse deleteRange(DeleteRangeRequest request);
}
