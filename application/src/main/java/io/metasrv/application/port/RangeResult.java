package io.metasrv.application.port;

import java.util.List;

/**
 * One page of a range.
 *
 * @param kvs ascending by key
 * @param more whether at least one further key of the range existed, at the moment of the read,
 *     beyond those returned
 */
public record RangeResult(List<KeyValue> kvs, boolean more) {
  public RangeResult {
    kvs = List.copyOf(kvs);
  }
}
