package io.metasrv.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a range page by page: each page starts after the last key of the one before; a page too
 * large for a message is asked for again at half the size (sheet 01 §6).
 */
final class Pages {

  private Pages() {}

  /**
   * @param request key and end of the range
   * @param fetch answers one request
   */
  static List<KeyValue> read(
      RangeRequest request, int pageSize, Function<RangeRequest, RangeResponse> fetch) {
    List<KeyValue> result = new ArrayList<>();
    RangeRequest next = request.toBuilder().setLimit(pageSize).build();
    while (true) {
      RangeResponse page;
      try {
        page = fetch.apply(next);
      } catch (MetaClientException failure) {
        if (!isTooLarge(failure) || next.getLimit() <= 1) {
          throw failure;
        }
        next = next.toBuilder().setLimit(next.getLimit() / 2).build();
        continue;
      }
      page.getKvsList().forEach(pair -> result.add(KeyValue.of(pair)));
      if (!page.getMore() || page.getKvsCount() == 0) {
        return List.copyOf(result);
      }
      Bytes last = result.getLast().key();
      next = next.toBuilder().setKey(Wire.bytes(last.next())).build();
    }
  }

  private static boolean isTooLarge(MetaClientException failure) {
    if (failure.getCause() instanceof StatusRuntimeException status) {
      Status.Code code = status.getStatus().getCode();
      return code == Status.Code.OUT_OF_RANGE || code == Status.Code.RESOURCE_EXHAUSTED;
    }
    return false;
  }
}
