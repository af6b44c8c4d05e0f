package io.metasrv.application.metadata;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store in memory that shows what was sent, and loses answers, crashes or races on demand. */
final class TroubledStore extends ForwardingStore {

  /** What becomes of one write. */
  enum Trouble {
    /** Nothing. */
    NONE,
    /** It takes effect and nobody learns it. */
    LOST_ANSWER,
    /** It does not take effect and nobody learns it. */
    LOST_REQUEST,
    /** The process ends instead. */
    CRASH
  }

  final List<Txn> txns = new ArrayList<>();
  final Deque<Trouble> troubles = new ArrayDeque<>();

  /** Run right before each transaction, once each. */
  final Deque<Runnable> competitors = new ArrayDeque<>();

  private int writes;

  TroubledStore(int maxTxnOps) {
    super(new InMemoryStore(maxTxnOps, Integer.MAX_VALUE));
  }

  TroubledStore() {
    this(128);
  }

  /** The end of the process. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  int writes() {
    return writes;
  }

  void set(String key, String value) {
    inner().put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD);
  }

  String at(String key) {
    return inner().get(Bytes.utf8(key)).map(Bytes::toUtf8).orElse("nothing");
  }

  /** Everything, in order. */
  Map<String, String> content() {
    Map<String, String> content = new LinkedHashMap<>();
    inner()
        .range(KeyRange.all(), RangeOptions.ALL)
        .kvs()
        .forEach(kv -> content.put(kv.key().toUtf8(), kv.value().toUtf8()));
    return content;
  }

  private Trouble before() {
    writes++;
    Trouble trouble = troubles.isEmpty() ? Trouble.NONE : troubles.removeFirst();
    if (trouble == Trouble.CRASH) {
      throw new Crash();
    }
    if (trouble == Trouble.LOST_REQUEST) {
      throw unknown();
    }
    return trouble;
  }

  private static StoreException.UnknownOutcome unknown() {
    return new StoreException.UnknownOutcome("the answer was lost", new RuntimeException());
  }

  private static void after(Trouble trouble) {
    if (trouble == Trouble.LOST_ANSWER) {
      throw unknown();
    }
  }

  @Override
  public TxnResult txn(Txn txn) {
    if (txn.success().stream().allMatch(op -> op instanceof io.metasrv.application.port.Op.Get)) {
      return super.txn(txn);
    }
    txns.add(txn);
    if (!competitors.isEmpty()) {
      competitors.removeFirst().run();
    }
    Trouble trouble = before();
    TxnResult result = super.txn(txn);
    after(trouble);
    return result;
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    List<KeyValue> replaced = new ArrayList<>();
    for (List<KeyValue> group : Groups.of(kvs, maxTxnOps())) {
      Trouble trouble = before();
      replaced.addAll(super.batchPut(group, previous));
      after(trouble);
    }
    return replaced;
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    List<KeyValue> removed = new ArrayList<>();
    for (List<Bytes> group : Groups.of(keys, maxTxnOps())) {
      Trouble trouble = before();
      removed.addAll(super.batchDelete(group, previous));
      after(trouble);
    }
    return removed;
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return inner().fencedBy(fence);
  }
}
