package io.metasrv.application.wire;

import com.google.protobuf.ByteString;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import java.util.Collection;
import java.util.List;

/** Messages of the services Store and Cluster, and the values of the store port. */
public final class StoreMessages {

  /** In a {@code range_end}: no upper bound. In a {@code key}: below every key. */
  private static final Bytes ZERO = Bytes.of(0);

  private StoreMessages() {}

  /**
   * The range that a key and a range end mean (sheet 01 §6): no end is exactly the key, an end of
   * one zero byte is everything from the key on.
   *
   * @param key not empty
   */
  public static KeyRange range(ByteString key, ByteString rangeEnd) {
    Bytes start = ByteStrings.fromWire(key);
    if (rangeEnd.isEmpty()) {
      return KeyRange.single(start);
    }
    Bytes end = ByteStrings.fromWire(rangeEnd);
    return end.equals(ZERO) ? KeyRange.from(start) : KeyRange.between(start, end);
  }

  /** Limit and form of a range request; a limit that is not positive is none. */
  public static RangeOptions options(RangeRequest request) {
    long limit = Math.clamp(request.getLimit(), 0, Integer.MAX_VALUE);
    return new RangeOptions((int) limit, request.getKeysOnly());
  }

  /** A range request for a range of the port. */
  public static RangeRequest toWire(KeyRange range, RangeOptions options) {
    RangeRequest.Builder request =
        RangeRequest.newBuilder()
            .setKey(ByteStrings.toWire(range.start()))
            .setLimit(options.limit())
            .setKeysOnly(options.keysOnly());
    if (!range.isSingle()) {
      request.setRangeEnd(ByteStrings.toWire(range.end().orElse(ZERO)));
    }
    return request.build();
  }

  /** A page as the answer to a range request, with a success header. */
  public static RangeResponse toWire(RangeResult page) {
    return RangeResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .addAllKvs(toWire(page.kvs()))
        .setMore(page.more())
        .build();
  }

  /** Pairs as the answer to a batch get, with a success header. */
  public static BatchGetResponse batchGetResponse(List<io.metasrv.application.port.KeyValue> kvs) {
    return BatchGetResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .addAllKvs(toWire(kvs))
        .build();
  }

  /** A page as another node answered it. */
  public static RangeResult fromWire(RangeResponse response) {
    return new RangeResult(fromWire(response.getKvsList()), response.getMore());
  }

  /** Pairs as messages, in their order. */
  public static List<KeyValue> toWire(List<io.metasrv.application.port.KeyValue> kvs) {
    return kvs.stream().map(kv -> toWire(kv.key(), kv.value())).toList();
  }

  /** A pair as message. */
  public static KeyValue toWire(Bytes key, Bytes value) {
    return KeyValue.newBuilder()
        .setKey(ByteStrings.toWire(key))
        .setValue(ByteStrings.toWire(value))
        .build();
  }

  /** Pairs from messages, in their order. */
  public static List<io.metasrv.application.port.KeyValue> fromWire(Collection<KeyValue> kvs) {
    return kvs.stream()
        .map(
            kv ->
                new io.metasrv.application.port.KeyValue(
                    ByteStrings.fromWire(kv.getKey()), ByteStrings.fromWire(kv.getValue())))
        .toList();
  }

  /** Keys from messages, in their order. */
  public static List<Bytes> keys(Collection<ByteString> keys) {
    return keys.stream().map(ByteStrings::fromWire).toList();
  }

  /** Whether the previous pairs were asked for. */
  public static Previous previous(boolean prevKv) {
    return prevKv ? Previous.RETURN : Previous.DISCARD;
  }
}
