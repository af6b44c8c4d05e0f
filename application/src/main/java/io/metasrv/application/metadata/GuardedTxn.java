package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.ValueCodec;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction under conditions on some of its keys (sheet 03 §6). If one does not hold, all of
 * those keys are read, so that the caller can tell a competitor from its own earlier attempt: what
 * is there and equals what was to be written is a success (rule R).
 *
 * <p>If the store cannot tell whether the transaction took effect, the keys are read: they hold
 * what was to be written (done), what the conditions demand (sent again, which is harmless, because
 * only one of both can find the conditions holding), or something else (a condition did not hold).
 *
 * <p>For one thread.
 */
final class GuardedTxn {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedTxn.class);

  /** How often a transaction of unknown outcome is sent. */
  private static final int MAX_SENDS = 3;

  private final LinkedHashMap<Bytes, Compare> conditions = new LinkedHashMap<>();
  private final LinkedHashMap<Bytes, Op> writes = new LinkedHashMap<>();

  /** Writes a key that must not be there. */
  GuardedTxn create(Bytes key, Bytes value) {
    return expect(new Compare.Absent(key)).put(key, value);
  }

  /** Writes a key that must hold exactly these bytes. */
  GuardedTxn replace(Bytes key, Bytes expected, Bytes value) {
    return expect(new Compare.ValueEquals(key, expected)).put(key, value);
  }

  /** Demands something of a key. */
  GuardedTxn expect(Compare condition) {
    conditions.put(condition.key(), condition);
    return this;
  }

  /** Writes a key, whatever it holds. */
  GuardedTxn put(Bytes key, Bytes value) {
    writes.put(key, new Op.Put(key, value));
    return this;
  }

  /** Removes a key, unless it is written as well. */
  GuardedTxn delete(Bytes key) {
    writes.putIfAbsent(key, new Op.Delete(key));
    return this;
  }

  /** Writes keys, whatever they hold. */
  GuardedTxn putAll(Map<Bytes, Bytes> pairs) {
    pairs.forEach(this::put);
    return this;
  }

  /** What {@link KeyValueStore#maxTxnOps()} bounds. */
  int size() {
    return Math.max(conditions.size(), writes.size());
  }

  /**
   * Runs it.
   *
   * @throws StoreException.UnknownOutcome if it could not be found out what became of it
   */
  Outcome commit(KeyValueStore store) {
    List<Op> reads = new ArrayList<>();
    conditions.keySet().forEach(key -> reads.add(new Op.Get(key)));
    Txn txn = new Txn(List.copyOf(conditions.values()), List.copyOf(writes.values()), reads);
    for (int sent = 1; ; sent++) {
      try {
        return outcome(store.txn(txn));
      } catch (StoreException.UnknownOutcome unknown) {
        Optional<Outcome> known = resolve(store, unknown);
        if (known.isPresent()) {
          return known.get();
        }
        if (sent == MAX_SENDS) {
          throw unknown;
        }
      }
    }
  }

  private static Outcome outcome(TxnResult result) {
    Map<Bytes, Bytes> found = new LinkedHashMap<>();
    if (!result.succeeded()) {
      for (OpResult each : result.results()) {
        if (each instanceof OpResult.GetDone(Bytes key, Optional<Bytes> value)) {
          value.ifPresent(bytes -> found.put(key, bytes));
        }
      }
    }
    return new Outcome(result.succeeded(), found);
  }

  private Optional<Outcome> resolve(KeyValueStore store, StoreException.UnknownOutcome unknown) {
    Map<Bytes, Bytes> found = new LinkedHashMap<>();
    try {
      for (KeyValue kv : store.batchGet(List.copyOf(conditions.keySet()))) {
        found.put(kv.key(), kv.value());
      }
    } catch (StoreException unreadable) {
      unknown.addSuppressed(unreadable);
      throw unknown;
    }
    if (isWritten(found)) {
      LOG.info("A transaction of unknown outcome took effect: {}", conditions.keySet());
      return Optional.of(new Outcome(true, Map.of()));
    }
    boolean sendAgain = conditions.values().stream().allMatch(each -> holds(each, found));
    LOG.info(
        "A transaction of unknown outcome did not take effect{}: {}",
        sendAgain ? ", it is sent again" : "",
        conditions.keySet());
    return sendAgain ? Optional.empty() : Optional.of(new Outcome(false, found));
  }

  private boolean isWritten(Map<Bytes, Bytes> found) {
    boolean any = false;
    for (Bytes key : conditions.keySet()) {
      Op write = writes.get(key);
      if (write != null) {
        any = true;
        Optional<Bytes> wanted =
            write instanceof Op.Put(Bytes ignored, Bytes value)
                ? Optional.of(value)
                : Optional.empty();
        if (!wanted.equals(Optional.ofNullable(found.get(key)))) {
          return false;
        }
      }
    }
    return any;
  }

  private static boolean holds(Compare condition, Map<Bytes, Bytes> found) {
    return switch (condition) {
      case Compare.Absent(Bytes key) -> !found.containsKey(key);
      case Compare.Exists(Bytes key) -> found.containsKey(key);
      case Compare.ValueEquals(Bytes key, Bytes value) ->
          Optional.of(value).equals(Optional.ofNullable(found.get(key)));
    };
  }

  /**
   * What became of it.
   *
   * @param committed whether it took effect
   * @param found if not, what the keys with conditions hold; missing keys are left out
   */
  record Outcome(boolean committed, Map<Bytes, Bytes> found) {

    /** What the key holds. */
    Optional<Bytes> at(Bytes key) {
      return Optional.ofNullable(found.get(key));
    }

    /**
     * Rule R for one key: fine if it was written, or holds what was to be written.
     *
     * @param what kind of value, for the error
     * @param operation for the error
     * @throws io.metasrv.domain.error.ServiceException (Unexpected) otherwise
     */
    <T> void settle(Bytes key, ValueCodec<T> codec, T intended, String what, String operation) {
      if (committed) {
        return;
      }
      Bytes remote = at(key).orElseThrow(() -> MetadataErrors.emptyValue(what, operation));
      if (!codec.decode(key, remote).equals(intended)) {
        throw MetadataErrors.differentValue(remote.toUtf8(), operation, codec.encodeText(intended));
      }
    }
  }
}
