package io.metasrv.adapters.grpc;

import io.grpc.stub.StreamObserver;
import io.metasrv.application.service.StoreService;
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
import io.metasrv.protocol.v1.meta.StoreGrpc;

/** {@code greptime.v1.meta.Store}. */
final class GrpcStore extends StoreGrpc.StoreImplBase {

  private final StoreService service;

  GrpcStore(StoreService service) {
    this.service = service;
  }

  @Override
  public void range(RangeRequest request, StreamObserver<RangeResponse> caller) {
    UnaryCalls.answer("Store.Range", caller, () -> service.range(request));
  }

  @Override
  public void put(PutRequest request, StreamObserver<PutResponse> caller) {
    UnaryCalls.answer("Store.Put", caller, () -> service.put(request));
  }

  @Override
  public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> caller) {
    UnaryCalls.answer("Store.BatchGet", caller, () -> service.batchGet(request));
  }

  @Override
  public void batchPut(BatchPutRequest request, StreamObserver<BatchPutResponse> caller) {
    UnaryCalls.answer("Store.BatchPut", caller, () -> service.batchPut(request));
  }

  @Override
  public void batchDelete(BatchDeleteRequest request, StreamObserver<BatchDeleteResponse> caller) {
    UnaryCalls.answer("Store.BatchDelete", caller, () -> service.batchDelete(request));
  }

  @Override
  public void compareAndPut(
      CompareAndPutRequest request, StreamObserver<CompareAndPutResponse> caller) {
    UnaryCalls.answer("Store.CompareAndPut", caller, () -> service.compareAndPut(request));
  }

  @Override
  public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> caller) {
    UnaryCalls.answer("Store.DeleteRange", caller, () -> service.deleteRange(request));
  }
}
