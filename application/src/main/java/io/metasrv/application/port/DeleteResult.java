package io.metasrv.application.port;

import java.util.List;

/**
 * What a range delete did.
 *
 * @param deleted number of keys removed
 * @param previous the pairs removed, ascending, if {@link Previous#RETURN} was asked for; else
 *     empty
 */
public record DeleteResult(long deleted, List<KeyValue> previous) {
  public DeleteResult {
    previous = List.copyOf(previous);
  }
}
