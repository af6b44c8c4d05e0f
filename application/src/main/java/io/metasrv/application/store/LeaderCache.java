package io.metasrv.application.store;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.CacheEntries.Fill;
import io.metasrv.application.store.CacheEntries.Look;
import io.metasrv.application.store.CacheEntries.Touch;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.time.MonotonicTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The store as the leader reads it: single keys of the hot kinds of metadata come from memory
 * (sheet 02 §10). Made for one term and thrown away with it. Off, that is, everything passes to the
 * store, until {@link #load()} succeeded. Thread-safe.
 *
 * <p>As long as all writes to these kinds go through this object or one {@link #fencedBy} it, reads
 * are as fresh as the store's own: a write removes what it touches before it is sent and again when
 * it came back, whatever came of it, and no read that overlapped it is kept. What others write has
 * to be told by {@link #invalidate}. Only values are kept, never the absence of one. Ranges of more
 * than one key always go to the store.
 */
public final class LeaderCache implements KeyValueStore {

  /** The kinds of keys kept, loaded in this order. */
  public static final List<Bytes> PREFIXES =
      List.of(
          Bytes.utf8("__table_name"),
          Bytes.utf8("__catalog_name"),
          Bytes.utf8("__schema_name"),
          Bytes.utf8("__table_route"),
          Bytes.utf8("__node_address"));

  private final KeyValueStore store;
  private final List<Bytes> prefixes;
  private final Runtime runtime;
  private final Metrics metrics;
  private final CacheEntries entries;

  /** A cache of {@link #PREFIXES}, empty and off. */
  public LeaderCache(KeyValueStore store, Runtime runtime, Metrics metrics) {
    this(store, PREFIXES, runtime, metrics);
  }

  /** A cache of the keys with one of the prefixes, empty and off. */
  public LeaderCache(KeyValueStore store, List<Bytes> prefixes, Runtime runtime, Metrics metrics) {
    this(store, prefixes, runtime, metrics, new CacheEntries());
  }

  private LeaderCache(
      KeyValueStore store,
      List<Bytes> prefixes,
      Runtime runtime,
      Metrics metrics,
      CacheEntries entries) {
    this.store = store;
    this.prefixes = List.copyOf(prefixes);
    this.runtime = runtime;
    this.metrics = metrics;
    this.entries = entries;
  }

  /**
   * Reads all keys of the kinds that are kept and switches the cache on. Writes may go on
   * meanwhile. If it fails the cache is empty and off, and everything works without it.
   *
   * @throws StoreException if the store could not be read
   */
  public void load() {
    boolean loaded = false;
    try {
      prefixes.forEach(this::load);
      entries.use();
      loaded = true;
    } finally {
      if (!loaded) {
        entries.stopUsing();
      }
    }
  }

  private void load(Bytes prefix) {
    MonotonicTime start = runtime.monotonic();
    RangePager pages = RangePager.pairs(store, KeyRange.prefix(prefix));
    while (pages.hasNext()) {
      Fill fill = entries.beginFill();
      try {
        entries.put(fill, pages.next());
      } finally {
        entries.endFill(fill);
      }
    }
    metrics
        .histogram(MetricNames.LEADER_CACHE_KV_LOAD, prefix.toUtf8())
        .observe(runtime.monotonic().since(start).toNanos() / 1e9);
  }

  /** Forgets a key that somebody else has written. */
  public void invalidate(Bytes key) {
    entries.invalidate(Touch.keys(Set.of(key)));
  }

  /** Forgets every key: others have written, and nobody knows what. */
  public void invalidateAll() {
    entries.invalidate(Touch.everything());
  }

  /** Keys held at the moment. */
  public int size() {
    return entries.size();
  }

  @Override
  public String name() {
    return "LeaderCached(" + store.name() + ")";
  }

  @Override
  public int maxTxnOps() {
    return store.maxTxnOps();
  }

  @Override
  public int maxValueBytes() {
    return store.maxValueBytes();
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    if (!range.isSingle() || !isKept(range.start())) {
      return store.range(range, options);
    }
    List<KeyValue> found =
        get(range.start()).stream()
            .map(value -> new KeyValue(range.start(), options.keysOnly() ? Bytes.EMPTY : value))
            .toList();
    return new RangeResult(found, false);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return isKept(key)
        ? read("get", List.of(key)).stream().map(KeyValue::value).findFirst()
        : store.get(key);
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    return keys.stream().anyMatch(this::isKept) ? read("batch_get", keys) : store.batchGet(keys);
  }

  private List<KeyValue> read(String op, List<Bytes> keys) {
    Look look = entries.look(keys);
    try {
      List<Bytes> missing =
          keys.stream().filter(key -> !look.found().containsKey(key)).distinct().toList();
      count(op, look.found().size(), missing.stream().filter(this::isKept).count());
      if (missing.isEmpty()) {
        return inOrder(keys, look.found());
      }
      List<KeyValue> read = store.batchGet(missing);
      if (entries.isOvertaken(look.fill(), look.found().keySet())) {
        // Part of the answer is older than the rest: only the store can give one moment's view.
        return store.batchGet(keys);
      }
      entries.put(look.fill(), read.stream().filter(kv -> isKept(kv.key())).toList());
      Map<Bytes, Bytes> all = new HashMap<>(look.found());
      read.forEach(kv -> all.put(kv.key(), kv.value()));
      return inOrder(keys, all);
    } finally {
      entries.endFill(look.fill());
    }
  }

  private static List<KeyValue> inOrder(List<Bytes> keys, Map<Bytes, Bytes> values) {
    return keys.stream()
        .flatMap(
            key ->
                Optional.ofNullable(values.get(key))
                    .map(value -> new KeyValue(key, value))
                    .stream())
        .toList();
  }

  private void count(String op, long hits, long misses) {
    if (hits > 0) {
      metrics.counter(MetricNames.KV_CACHE_HIT, op).increment(hits);
    }
    if (misses > 0) {
      metrics.counter(MetricNames.KV_CACHE_MISS, op).increment(misses);
    }
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return write(Touch.keys(Set.of(key)), () -> store.put(key, value, previous));
  }

  @Override
  public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
    Set<Bytes> keys = new HashSet<>();
    kvs.forEach(kv -> keys.add(kv.key()));
    return write(Touch.keys(keys), () -> store.batchPut(kvs, previous));
  }

  @Override
  public Optional<Bytes> delete(Bytes key, Previous previous) {
    return write(Touch.keys(Set.of(key)), () -> store.delete(key, previous));
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    return write(Touch.keys(new HashSet<>(keys)), () -> store.batchDelete(keys, previous));
  }

  @Override
  public DeleteResult deleteRange(KeyRange range, Previous previous) {
    return write(Touch.range(range), () -> store.deleteRange(range, previous));
  }

  @Override
  public CompareAndPutResult compareAndPut(Compare condition, Bytes value) {
    return write(Touch.keys(Set.of(condition.key())), () -> store.compareAndPut(condition, value));
  }

  @Override
  public TxnResult txn(Txn txn) {
    Set<Bytes> keys = new HashSet<>();
    addWritten(txn.success(), keys);
    addWritten(txn.failure(), keys);
    return keys.isEmpty() ? store.txn(txn) : write(Touch.keys(keys), () -> store.txn(txn));
  }

  private static void addWritten(List<Op> ops, Set<Bytes> keys) {
    for (Op op : ops) {
      if (!(op instanceof Op.Get)) {
        keys.add(op.key());
      }
    }
  }

  private <T> T write(Touch touch, Supplier<T> write) {
    entries.beginWrite(touch);
    // Also what nobody foresaw may have been sent.
    boolean mayStillHappen = true;
    try {
      T result = write.get();
      mayStillHappen = false;
      return result;
    } catch (StoreException.Rejected
        | StoreException.Unavailable
        | StoreException.FencedOut
        | NotLeaderException nothingHappened) {
      mayStillHappen = false;
      throw nothingHappened;
    } finally {
      entries.endWrite(touch, mayStillHappen);
    }
  }

  /** A view that shares this cache and whose writes are fenced beneath it. */
  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new LeaderCache(store.fencedBy(fence), prefixes, runtime, metrics, entries);
  }

  /** Longer keys than there can be are left to the store, which knows what to say of them. */
  private boolean isKept(Bytes key) {
    return key.size() <= KeyValueStore.MAX_KEY_BYTES
        && !key.isEmpty()
        && prefixes.stream().anyMatch(key::startsWith);
  }
}
