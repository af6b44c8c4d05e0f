package io.metasrv.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Access to the metadata store through any metasrv, leader or not: each call goes to one at random
 * and is not repeated (sheet 01 §13.6). Writes work with this project's servers, which forward them
 * to the leader; a write that ends in an error may have taken effect. Thread-safe.
 *
 * <p>Every method throws {@link MetaClientException}.
 */
public final class StoreClient {

  private static final int PAGE = 1536;

  private final List<String> peers;
  private final Channels channels;
  private final Duration timeout;
  private final RequestHeader header;

  StoreClient(List<String> peers, Channels channels, Duration timeout, RequestHeader header) {
    this.peers = peers;
    this.channels = channels;
    this.timeout = timeout;
    this.header = header;
  }

  /** The value of a key. */
  public Optional<Bytes> get(Bytes key) {
    RangeResponse answer = range(RangeRequest.newBuilder().setKey(Wire.bytes(key)).build());
    return answer.getKvsList().stream().findFirst().map(pair -> KeyValue.of(pair).value());
  }

  /** All pairs whose keys have the prefix, ascending; read in pages, not in one snapshot. */
  public List<KeyValue> scan(Bytes prefix) {
    return Pages.read(prefixRequest(prefix).build(), PAGE, this::range);
  }

  /** The keys with the prefix, ascending; read in pages, not in one snapshot. */
  public List<Bytes> scanKeys(Bytes prefix) {
    return Pages.read(prefixRequest(prefix).setKeysOnly(true).build(), PAGE, this::range).stream()
        .map(KeyValue::key)
        .toList();
  }

  /** The pairs of those keys that exist. */
  public List<KeyValue> batchGet(List<Bytes> keys) {
    BatchGetRequest.Builder request = BatchGetRequest.newBuilder().setHeader(header);
    keys.forEach(key -> request.addKeys(Wire.bytes(key)));
    return call(
            "Store.BatchGet", stub -> stub.batchGet(request.build()), answer -> answer.getHeader())
        .getKvsList()
        .stream()
        .map(KeyValue::of)
        .toList();
  }

  /** Writes a pair. */
  public void put(Bytes key, Bytes value) {
    PutRequest request =
        PutRequest.newBuilder()
            .setHeader(header)
            .setKey(Wire.bytes(key))
            .setValue(Wire.bytes(value))
            .build();
    var unused = call("Store.Put", stub -> stub.put(request), answer -> answer.getHeader());
  }

  /** Writes pairs; atomic up to the server's limit of operations. */
  public void batchPut(List<KeyValue> pairs) {
    BatchPutRequest.Builder request = BatchPutRequest.newBuilder().setHeader(header);
    pairs.forEach(pair -> request.addKvs(pair.toWire()));
    var unused =
        call(
            "Store.BatchPut", stub -> stub.batchPut(request.build()), answer -> answer.getHeader());
  }

  /** Deletes keys; atomic up to the server's limit of operations. */
  public void batchDelete(List<Bytes> keys) {
    BatchDeleteRequest.Builder request = BatchDeleteRequest.newBuilder().setHeader(header);
    keys.forEach(key -> request.addKeys(Wire.bytes(key)));
    var unused =
        call(
            "Store.BatchDelete",
            stub -> stub.batchDelete(request.build()),
            answer -> answer.getHeader());
  }

  /**
   * Writes the value if the current one is as expected.
   *
   * @param expect the expected value; empty: the key must not exist
   * @return whether it was written
   */
  public boolean compareAndPut(Bytes key, Bytes expect, Bytes value) {
    CompareAndPutRequest request =
        CompareAndPutRequest.newBuilder()
            .setHeader(header)
            .setKey(Wire.bytes(key))
            .setExpect(Wire.bytes(expect))
            .setValue(Wire.bytes(value))
            .build();
    CompareAndPutResponse answer =
        call("Store.CompareAndPut", stub -> stub.compareAndPut(request), a -> a.getHeader());
    return answer.getSuccess();
  }

  /**
   * Deletes all keys with the prefix.
   *
   * @return how many there were
   */
  public long deletePrefix(Bytes prefix) {
    DeleteRangeRequest request =
        DeleteRangeRequest.newBuilder()
            .setHeader(header)
            .setKey(Wire.bytes(prefix))
            .setRangeEnd(Wire.bytes(Wire.prefixEnd(prefix)))
            .build();
    return call(
            "Store.DeleteRange", stub -> stub.deleteRange(request), answer -> answer.getHeader())
        .getDeleted();
  }

  private RangeRequest.Builder prefixRequest(Bytes prefix) {
    return RangeRequest.newBuilder()
        .setKey(prefix.isEmpty() ? Wire.bytes(Wire.NO_END) : Wire.bytes(prefix))
        .setRangeEnd(Wire.bytes(Wire.prefixEnd(prefix)));
  }

  private RangeResponse range(RangeRequest request) {
    RangeRequest complete = request.toBuilder().setHeader(header).build();
    return call("Store.Range", stub -> stub.range(complete), answer -> answer.getHeader());
  }

  private <A> A call(
      String call,
      Function<StoreGrpc.StoreBlockingStub, A> attempt,
      Function<A, ResponseHeader> headerOf) {
    String peer = peers.get(ThreadLocalRandom.current().nextInt(peers.size()));
    ManagedChannel channel = channels.to(peer);
    try {
      A answer =
          attempt.apply(
              StoreGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS));
      if (headerOf.apply(answer).hasError()) {
        throw new MetaClientException(
            Reason.HEADER_ERROR,
            StatusCode.INTERNAL,
            call + " at " + peer + ": " + headerOf.apply(answer).getError().getErrMsg());
      }
      return answer;
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        channels.drop(peer, channel);
      }
      throw MetaClientException.ofStatus(call, peer, failure);
    }
  }
}
