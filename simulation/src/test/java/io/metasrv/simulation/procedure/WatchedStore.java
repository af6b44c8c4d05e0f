package io.metasrv.simulation.procedure;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store that keeps what is written, in order, and fails when a test wants it to. */
final class WatchedStore extends ForwardingStore {

  /** How a call fares. */
  enum Fate {
    /** It is carried out. */
    DONE,
    /** It certainly is not. */
    REFUSED,
    /** It is, but nobody is told. */
    DONE_IN_SILENCE,
    /** It is not, and nobody is told. */
    LOST,
    /** The process is gone before it. */
    CRASH_BEFORE,
    /** The process is gone after it. */
    CRASH_AFTER
  }

  /** What a test makes of calls, shared by a store and its fenced views. */
  static final class Watch {
    /** For example {@code put KEY BYTES}, {@code delete KEY}; those of one call in one line. */
    final List<String> writes = new ArrayList<>();

    Function<String, Fate> fate = call -> Fate.DONE;

    /** Ends the process of the caller; does not return. */
    Runnable crash = () -> {};

    /** Writes with this text in them. */
    List<String> of(String text) {
      return writes.stream().filter(write -> write.contains(text)).toList();
    }
  }

  private final Watch watch;

  WatchedStore(KeyValueStore store, Watch watch) {
    super(store);
    this.watch = watch;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return read("get " + key, () -> super.get(key));
  }

  @Override
  public List<KeyValue> batchGet(List<Bytes> keys) {
    return read("get " + keys, () -> super.batchGet(keys));
  }

  @Override
  public RangeResult range(KeyRange range, RangeOptions options) {
    return read("range " + range.start(), () -> super.range(range, options));
  }

  @Override
  public Optional<Bytes> put(Bytes key, Bytes value, Previous previous) {
    return write("put %s %d".formatted(key, value.size()), () -> super.put(key, value, previous));
  }

  @Override
  public List<KeyValue> batchDelete(List<Bytes> keys, Previous previous) {
    return write(
        String.join("; ", keys.stream().map(key -> "delete " + key).toList()),
        () -> super.batchDelete(keys, previous));
  }

  @Override
  public TxnResult txn(Txn txn) {
    return write(
        String.join("; ", txn.success().stream().map(WatchedStore::text).toList()),
        () -> super.txn(txn));
  }

  private static String text(Op op) {
    return switch (op) {
      case Op.Put(Bytes key, Bytes value) -> "put %s %d".formatted(key, value.size());
      case Op.Delete(Bytes key) -> "delete " + key;
      case Op.Get(Bytes key) -> "get " + key;
    };
  }

  private <T> T read(String call, Supplier<T> proceed) {
    if (watch.fate.apply(call) == Fate.REFUSED) {
      throw new StoreException.Unavailable("the test refuses " + call);
    }
    return proceed.get();
  }

  private <T> T write(String call, Supplier<T> proceed) {
    Fate fate = watch.fate.apply(call);
    if (fate == Fate.REFUSED) {
      throw new StoreException.Unavailable("the test refuses " + call);
    }
    if (fate == Fate.CRASH_BEFORE) {
      watch.crash.run();
    }
    if (fate != Fate.LOST) {
      T result = proceed.get();
      watch.writes.add(call);
      if (fate == Fate.CRASH_AFTER) {
        watch.crash.run();
      }
      if (fate == Fate.DONE) {
        return result;
      }
    }
    throw new StoreException.UnknownOutcome("the test hides " + call, new IllegalStateException());
  }

  @Override
  public KeyValueStore fencedBy(Fence fence) {
    return new WatchedStore(inner().fencedBy(fence), watch);
  }
}
