package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.application.store.StoreRequests;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes without conditions: each group of them one transaction, which also reads what it replaces
 * if that is wanted. Thread-safe.
 */
record Batches(StoreRequests requests, Transactions transactions) {

  /** Runs any number of writes, group by group, in their order. */
  List<OpResult> inGroups(String attempted, List<Op> writes, Previous previous) {
    List<OpResult> results = new ArrayList<>();
    int done = 0;
    for (List<Op> group : requests.groups(writes)) {
      try {
        results.addAll(write("%s of %d keys".formatted(attempted, group.size()), group, previous));
        done += group.size();
      } catch (StoreException e) {
        throw done == 0 ? e : partlyDone(attempted, done, writes.size(), e);
      }
    }
    return results;
  }

  private static StoreException partlyDone(
      String attempted, int done, int all, StoreException failure) {
    return new StoreException.UnknownOutcome(
        "%s of %d keys: the first %d were written, then: %s"
            .formatted(attempted, all, done, failure.getMessage()),
        failure);
  }

  /** Runs one group of writes, each after a read of its key if previous values are wanted. */
  List<OpResult> write(String attempted, List<Op> writes, Previous previous) {
    List<Op> ops = new ArrayList<>();
    for (Op write : writes) {
      if (previous == Previous.RETURN) {
        ops.add(new Op.Get(write.key()));
      }
      ops.add(write);
    }
    return transactions.write(attempted, Txn.always(ops)).results();
  }

  /** The pairs that were read on the way, in that order. */
  static List<KeyValue> previousOf(List<OpResult> results) {
    List<KeyValue> previous = new ArrayList<>();
    for (OpResult result : results) {
      if (result instanceof OpResult.GetDone(Bytes key, Optional<Bytes> value)) {
        value.ifPresent(found -> previous.add(new KeyValue(key, found)));
      }
    }
    return List.copyOf(previous);
  }
}
