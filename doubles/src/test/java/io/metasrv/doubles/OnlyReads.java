package io.metasrv.doubles;

import io.metasrv.application.service.StoreService;
import io.metasrv.domain.error.ServiceException;
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
import java.util.function.Function;

/** A store of which ranges can be read; nodes do nothing else with it. */
record OnlyReads(Function<RangeRequest, RangeResponse> ranges) implements StoreService {

  private static ServiceException refused() {
    return ServiceException.unsupported("only ranges are read here");
  }

  @Override
  public RangeResponse range(RangeRequest request) {
    return ranges.apply(request);
  }

  @Override
  public PutResponse put(PutRequest request) {
    throw refused();
  }

  @Override
  public BatchGetResponse batchGet(BatchGetRequest request) {
    throw refused();
  }

  @Override
  public BatchPutResponse batchPut(BatchPutRequest request) {
    throw refused();
  }

  @Override
  public BatchDeleteResponse batchDelete(BatchDeleteRequest request) {
    throw refused();
  }

  @Override
  public CompareAndPutResponse compareAndPut(CompareAndPutRequest request) {
    throw refused();
  }

  @Override
  public DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
    throw refused();
  }
}
