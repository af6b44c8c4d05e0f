package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a transaction does and answers, given the keys as they are: computed here, because ZooKeeper
 * compares versions and not values. It holds as long as what it looked at stays as it was.
 */
final class TxnEvaluation {

  private final Snapshot snapshot;
  private final Contents contents;
  private final Map<Bytes, Optional<Bytes>> writes = new LinkedHashMap<>();
  private final Set<Bytes> valuesSeen = new LinkedHashSet<>();
  private final Set<Bytes> existenceSeen = new LinkedHashSet<>();
  private final TxnResult result;

  /** Gives the value of a znode. */
  interface Contents {
    Bytes of(NodeValue value) throws ZooKeeperCallException, Chunks.Replaced;
  }

  TxnEvaluation(Txn txn, Snapshot snapshot, Contents contents)
      throws ZooKeeperCallException, Chunks.Replaced {
    this.snapshot = snapshot;
    this.contents = contents;
    boolean holds = true;
    for (Compare compare : txn.compares()) {
      holds &= holds(compare);
    }
    List<OpResult> results = new ArrayList<>();
    for (Op op : holds ? txn.success() : txn.failure()) {
      results.add(run(op));
    }
    this.result = new TxnResult(holds, results);
  }

  /** Every key a transaction may look at or write. */
  static Set<Bytes> keys(Txn txn) {
    Set<Bytes> keys = new LinkedHashSet<>();
    txn.compares().forEach(compare -> keys.add(compare.key()));
    txn.success().forEach(op -> keys.add(op.key()));
    txn.failure().forEach(op -> keys.add(op.key()));
    return keys;
  }

  private boolean holds(Compare compare) throws ZooKeeperCallException, Chunks.Replaced {
    Optional<Snapshot.Entry> entry = snapshot.entry(compare.key());
    return switch (compare) {
      case Compare.Exists(Bytes key) -> {
        existenceSeen.add(key);
        yield entry.isPresent();
      }
      case Compare.Absent(Bytes key) -> {
        existenceSeen.add(key);
        yield entry.isEmpty();
      }
      case Compare.ValueEquals(Bytes key, Bytes expected) -> {
        valuesSeen.add(key);
        yield entry.isPresent()
            && entry.get().value().length() == expected.size()
            && contents.of(entry.get().value()).equals(expected);
      }
    };
  }

  private OpResult run(Op op) throws ZooKeeperCallException, Chunks.Replaced {
    return switch (op) {
      case Op.Put(Bytes key, Bytes value) -> {
        writes.put(key, Optional.of(value));
        yield new OpResult.PutDone();
      }
      case Op.Get(Bytes key) -> new OpResult.GetDone(key, read(key));
      case Op.Delete(Bytes key) -> {
        existenceSeen.add(key);
        writes.put(key, Optional.empty());
        yield new OpResult.DeleteDone(snapshot.has(key));
      }
    };
  }

  private Optional<Bytes> read(Bytes key) throws ZooKeeperCallException, Chunks.Replaced {
    Optional<Bytes> written = writes.get(key);
    if (written != null) {
      return written;
    }
    valuesSeen.add(key);
    Optional<Snapshot.Entry> entry = snapshot.entry(key);
    return entry.isEmpty() ? Optional.empty() : Optional.of(contents.of(entry.get().value()));
  }

  /** What the caller gets if this takes effect. */
  TxnResult result() {
    return result;
  }

  /** New values by key; empty for a key that is removed. In the order of the ops. */
  Map<Bytes, Optional<Bytes>> writes() {
    return writes;
  }

  /** Keys whose value the result depends on. */
  Set<Bytes> valuesSeen() {
    return valuesSeen;
  }

  /** Keys of which the result depends on whether they are there. */
  Set<Bytes> existenceSeen() {
    return existenceSeen;
  }
}
