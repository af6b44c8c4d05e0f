package io.metasrv.application.storeservice;

import com.google.protobuf.ByteString;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.service.StoreService;
import io.metasrv.application.store.RangePager;
import io.metasrv.application.wire.StoreMessages;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.time.MonotonicTime;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Service Store. A range too large for one page of the backend is read in several. Empty keys are
 * refused as recorded on etcd: an invalid argument where a range is asked for, an internal error
 * elsewhere (clients see it masked).
 */
public final class StoreServiceHandler implements StoreService {

  private final KeyValueStore store;
  private final LeaderWrites writes;
  private final Runtime runtime;
  private final Metrics metrics;

  /**
   * @param store the metadata store beneath the chroot, for reads
   * @param writes the way to the leader
   */
  public StoreServiceHandler(
      KeyValueStore store, LeaderWrites writes, Runtime runtime, Metrics metrics) {
    this.store = store;
    this.writes = writes;
    this.runtime = runtime;
    this.metrics = metrics;
  }

  @Override
  public RangeResponse range(RangeRequest request) {
    return timed(
        "range",
        () -> {
          requireRangeKey(request.getKey());
          return StoreMessages.toWire(
              range(
                  StoreMessages.range(request.getKey(), request.getRangeEnd()),
                  StoreMessages.options(request)));
        });
  }

  private RangeResult range(KeyRange range, RangeOptions options) {
    try {
      return store.range(range, options);
    } catch (StoreException.ResponseTooLarge tooLargeForOnePage) {
      return inPages(range, options);
    }
  }

  private RangeResult inPages(KeyRange range, RangeOptions options) {
    RangePager pages = new RangePager(store, range, RangePager.PAGE_SIZE, options.keysOnly());
    List<KeyValue> kvs = new ArrayList<>();
    while (pages.hasNext()) {
      kvs.addAll(pages.next());
      if (options.limit() > 0 && kvs.size() > options.limit()) {
        return new RangeResult(kvs.subList(0, options.limit()), true);
      }
    }
    return new RangeResult(kvs, false);
  }

  @Override
  public PutResponse put(PutRequest request) {
    return timed(
        "put",
        () -> {
          requireKey("put", request.getKey());
          return writes.put(request);
        });
  }

  @Override
  public BatchGetResponse batchGet(BatchGetRequest request) {
    return timed(
        "batch_get",
        () -> {
          requireKeys("batch_get", request.getKeysList());
          return StoreMessages.batchGetResponse(
              store.batchGet(StoreMessages.keys(request.getKeysList())));
        });
  }

  @Override
  public BatchPutResponse batchPut(BatchPutRequest request) {
    return timed(
        "batch_put",
        () -> {
          request.getKvsList().forEach(kv -> requireKey("batch_put", kv.getKey()));
          return writes.batchPut(request);
        });
  }

  @Override
  public BatchDeleteResponse batchDelete(BatchDeleteRequest request) {
    return timed(
        "batch_delete",
        () -> {
          requireKeys("batch_delete", request.getKeysList());
          return writes.batchDelete(request);
        });
  }

  @Override
  public CompareAndPutResponse compareAndPut(CompareAndPutRequest request) {
    return timed(
        "compare_and_put",
        () -> {
          requireKey("compare_and_put", request.getKey());
          return writes.compareAndPut(request);
        });
  }

  @Override
  public DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
    return timed(
        "delete_range",
        () -> {
          requireRangeKey(request.getKey());
          return writes.deleteRange(request);
        });
  }

  private static void requireRangeKey(ByteString key) {
    if (key.isEmpty()) {
      throw ServiceException.invalidArguments("Empty key is not allowed");
    }
  }

  private static void requireKeys(String op, Collection<ByteString> keys) {
    keys.forEach(key -> requireKey(op, key));
  }

  private static void requireKey(String op, ByteString key) {
    if (key.isEmpty()) {
      throw new ServiceException(
          StatusCode.INTERNAL, op + " with an empty key: a key has at least one byte");
    }
  }

  private <R> R timed(String op, Supplier<R> call) {
    MonotonicTime before = runtime.monotonic();
    try {
      return call.get();
    } finally {
      metrics
          .histogram(MetricNames.KV_REQUEST_ELAPSED, store.name(), op)
          .observe(runtime.monotonic().since(before).toNanos() / 1e9);
    }
  }
}
