package io.metasrv.application.storeservice;

import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.wire.ByteStrings;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.application.wire.StoreMessages;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchDeleteResponse;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.BatchPutResponse;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeResponse;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.PutResponse;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes that take effect on the leader, from whichever node they are asked for: on the leader
 * through its fenced store and its cache, on a follower by handing them over, so that the leader's
 * caches and indexes see every write. Thread-safe.
 *
 * <p>Each write throws {@link StoreException.Unavailable} if there is no leader to be found or this
 * node lost the lead before it wrote: certainly nothing was written then.
 */
public final class LeaderWrites {

  /**
   * Marks a request that was handed over once. Two nodes that take each other for the leader would
   * hand it to and fro for ever. The tracing context is the only free-form field of a header, and
   * the reference does not read it here.
   */
  private static final String FORWARDED_BY = "metasrv-forwarded-by";

  private final Leadership leadership;
  private final PeerClient peers;
  private final Metrics metrics;
  private final Listener listener;

  /** Hears of pairs written on this node as the leader; called after the write, on its thread. */
  @FunctionalInterface
  public interface Listener {
    /** Nobody. */
    Listener NONE = (key, value) -> {};

    void written(Bytes key, Bytes value);
  }

  public LeaderWrites(Leadership leadership, PeerClient peers, Metrics metrics) {
    this(leadership, peers, metrics, Listener.NONE);
  }

  /**
   * @param listener whoever keeps in memory what is also a key of the store
   */
  public LeaderWrites(Leadership leadership, PeerClient peers, Metrics metrics, Listener listener) {
    this.leadership = leadership;
    this.peers = peers;
    this.metrics = metrics;
    this.listener = listener;
  }

  /** Writes a pair. */
  public PutResponse put(PutRequest request) {
    return route(
        "put",
        request.getHeader(),
        store -> put(store, request),
        leader ->
            peers.put(leader, request.toBuilder().setHeader(marked(request.getHeader())).build()));
  }

  private PutResponse put(KeyValueStore store, PutRequest request) {
    Bytes key = ByteStrings.fromWire(request.getKey());
    Bytes value = ByteStrings.fromWire(request.getValue());
    PutResponse.Builder response = PutResponse.newBuilder().setHeader(ResponseHeaders.success());
    store
        .put(key, value, StoreMessages.previous(request.getPrevKv()))
        .ifPresent(replaced -> response.setPrevKv(StoreMessages.toWire(key, replaced)));
    listener.written(key, value);
    return response.build();
  }

  /** Writes several pairs; of a key given twice the last one. */
  public BatchPutResponse batchPut(BatchPutRequest request) {
    return route(
        "batch_put",
        request.getHeader(),
        store -> batchPut(store, request),
        leader ->
            peers.batchPut(
                leader, request.toBuilder().setHeader(marked(request.getHeader())).build()));
  }

  private BatchPutResponse batchPut(KeyValueStore store, BatchPutRequest request) {
    Map<Bytes, KeyValue> lastOfEach = new LinkedHashMap<>();
    StoreMessages.fromWire(request.getKvsList()).forEach(kv -> lastOfEach.put(kv.key(), kv));
    List<KeyValue> replaced =
        store.batchPut(
            List.copyOf(lastOfEach.values()), StoreMessages.previous(request.getPrevKv()));
    lastOfEach.values().forEach(kv -> listener.written(kv.key(), kv.value()));
    return BatchPutResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .addAllPrevKvs(StoreMessages.toWire(replaced))
        .build();
  }

  /** Removes several keys. */
  public BatchDeleteResponse batchDelete(BatchDeleteRequest request) {
    return route(
        "batch_delete",
        request.getHeader(),
        store -> batchDelete(store, request),
        leader ->
            peers.batchDelete(
                leader, request.toBuilder().setHeader(marked(request.getHeader())).build()));
  }

  private static BatchDeleteResponse batchDelete(KeyValueStore store, BatchDeleteRequest request) {
    List<Bytes> keys = StoreMessages.keys(request.getKeysList()).stream().distinct().toList();
    List<KeyValue> removed = store.batchDelete(keys, StoreMessages.previous(request.getPrevKv()));
    return BatchDeleteResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .addAllPrevKvs(StoreMessages.toWire(removed))
        .build();
  }

  /** Writes if the value is the expected one; an empty expectation means "absent". */
  public CompareAndPutResponse compareAndPut(CompareAndPutRequest request) {
    return route(
        "compare_and_put",
        request.getHeader(),
        store -> compareAndPut(store, request),
        leader ->
            peers.compareAndPut(
                leader, request.toBuilder().setHeader(marked(request.getHeader())).build()));
  }

  private CompareAndPutResponse compareAndPut(KeyValueStore store, CompareAndPutRequest request) {
    Bytes key = ByteStrings.fromWire(request.getKey());
    Compare condition =
        request.getExpect().isEmpty()
            ? new Compare.Absent(key)
            : new Compare.ValueEquals(key, ByteStrings.fromWire(request.getExpect()));
    Bytes value = ByteStrings.fromWire(request.getValue());
    CompareAndPutResult result = store.compareAndPut(condition, value);
    if (result.success()) {
      listener.written(key, value);
    }
    CompareAndPutResponse.Builder response =
        CompareAndPutResponse.newBuilder()
            .setHeader(ResponseHeaders.success())
            .setSuccess(result.success());
    result.current().ifPresent(instead -> response.setPrevKv(StoreMessages.toWire(key, instead)));
    return response.build();
  }

  /** Removes a range. */
  public DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
    return route(
        "delete_range",
        request.getHeader(),
        store -> deleteRange(store, request),
        leader ->
            peers.deleteRange(
                leader, request.toBuilder().setHeader(marked(request.getHeader())).build()));
  }

  private static DeleteRangeResponse deleteRange(KeyValueStore store, DeleteRangeRequest request) {
    DeleteResult result =
        store.deleteRange(
            StoreMessages.range(request.getKey(), request.getRangeEnd()),
            StoreMessages.previous(request.getPrevKv()));
    return DeleteRangeResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .setDeleted(result.deleted())
        .addAllPrevKvs(StoreMessages.toWire(result.previous()))
        .build();
  }

  private <R> R route(
      String op, RequestHeader header, Function<KeyValueStore, R> here, Function<String, R> there) {
    return leadership
        .currentContext()
        .map(context -> asLeader(op, context, here))
        .orElseGet(() -> handOver(op, header, there));
  }

  private static <R> R asLeader(String op, TermContext context, Function<KeyValueStore, R> write) {
    try {
      return write.apply(context.cachedStore());
    } catch (NotLeaderException | StoreException.FencedOut deposed) {
      throw new StoreException.Unavailable(
          "%s: this node lost the lead before it wrote; nothing was written, try again"
              .formatted(op),
          deposed);
    }
  }

  private <R> R handOver(String op, RequestHeader header, Function<String, R> write) {
    String leader = otherLeader(op, header);
    return counted(op, () -> sent(op, leader, write));
  }

  private String otherLeader(String op, RequestHeader header) {
    String sender = header.getTracingContextMap().get(FORWARDED_BY);
    if (sender != null) {
      throw new StoreException.Unavailable(
          "%s: %s took this node (%s) for the leader, which it is not; try again"
              .formatted(op, sender, leadership.serverAddress()));
    }
    String leader =
        leadership
            .leaderAddress()
            .orElseThrow(
                () ->
                    new StoreException.Unavailable(
                        "%s: no metasrv leads at the moment; try again".formatted(op)));
    if (leader.equals(leadership.serverAddress())) {
      throw new StoreException.Unavailable(
          "%s: this node (%s) was elected and is not ready yet; try again".formatted(op, leader));
    }
    return leader;
  }

  private static <R> R sent(String op, String leader, Function<String, R> write) {
    try {
      return write.apply(leader);
    } catch (NotLeaderException deposed) {
      throw new StoreException.Unavailable(
          "%s: %s does not lead any more; try again".formatted(op, leader), deposed);
    }
  }

  private <R> R counted(String op, Supplier<R> write) {
    String result = "error";
    try {
      R response = write.get();
      result = "success";
      return response;
    } catch (MetasrvException failure) {
      result = failure instanceof StoreException.UnknownOutcome ? "unknown" : "error";
      throw failure;
    } finally {
      metrics.counter(MetricNames.FORWARDED_WRITES, op, result).increment();
    }
  }

  private RequestHeader marked(RequestHeader header) {
    return header.toBuilder()
        .setProtocolVersion(ResponseHeaders.PROTOCOL_VERSION)
        .putTracingContext(FORWARDED_BY, leadership.serverAddress())
        .build();
  }
}
