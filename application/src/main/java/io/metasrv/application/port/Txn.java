package io.metasrv.application.port;

import java.util.List;

/**
 * If every compare holds the success ops run, otherwise the failure ops; compares and ops are one
 * atomic step. No compare at all always holds. A key may be written (put or deleted) at most once
 * in a branch.
 *
 * @param compares conditions, all of which must hold
 * @param success what runs if they do
 * @param failure what runs if one does not
 */
public record Txn(List<Compare> compares, List<Op> success, List<Op> failure) {
  public Txn {
    compares = List.copyOf(compares);
    success = List.copyOf(success);
    failure = List.copyOf(failure);
  }

  /** Ops that always run, as one atomic step. */
  public static Txn always(List<Op> ops) {
    return new Txn(List.of(), ops, List.of());
  }

  /** The largest of the three lists: what {@link KeyValueStore#maxTxnOps()} bounds. */
  public int size() {
    return Math.max(compares.size(), Math.max(success.size(), failure.size()));
  }
}
