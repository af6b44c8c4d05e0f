package io.metasrv.application.procedure;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.view.QuarantinedProcedure;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureQuarantineKey;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stored procedures that are not run, and why. Those that cannot be read or loaded are found anew
 * in each term; one that panicked has a mark in the store, so that it is not run again until an
 * operator says so. Thread-safe.
 */
final class Quarantine {

  private final KeyValueStore store;
  private final Runtime runtime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Bytes, QuarantinedProcedure> entries = new LinkedHashMap<>();

  Quarantine(KeyValueStore store, Runtime runtime) {
    this.store = store;
    this.runtime = runtime;
  }

  /** What the marks in the store say, by the text of the id. */
  Map<String, String> marks() {
    Map<String, String> marks = new TreeMap<>();
    RangePager.pairs(store, KeyRange.prefix(ProcedureQuarantineKey.PREFIX))
        .forEachPair(
            pair ->
                ProcedureQuarantineKey.parse(pair.key())
                    .ifPresent(key -> marks.put(key.id().toString(), reason(pair.value()))));
    return marks;
  }

  private static String reason(Bytes mark) {
    try {
      return JsonReader.read(mark).asObject().text("reason");
    } catch (JsonFormatException unreadable) {
      return "marked by a text that cannot be read: " + mark;
    }
  }

  /** Marks a stored procedure, so that no leader runs it. */
  void mark(ProcedureId id, List<Bytes> keys, String reason) {
    Instant now = runtime.wallClock();
    Bytes mark =
        new JsonWriter()
            .beginObject()
            .member("id", id.toString())
            .member("reason", reason)
            .member("since_ms", now.toEpochMilli())
            .endObject()
            .toBytes();
    store.put(new ProcedureQuarantineKey(id).toBytes(), mark, Previous.DISCARD);
    add(new QuarantinedProcedure(Optional.of(id), keys.getLast(), keys, reason, now));
  }

  void add(QuarantinedProcedure entry) {
    lock.lock();
    try {
      entries.put(entry.key(), entry);
    } finally {
      lock.unlock();
    }
  }

  /** Takes an entry away, so that one caller alone deals with it. */
  Optional<QuarantinedProcedure> take(ProcedureId id) {
    lock.lock();
    try {
      Optional<QuarantinedProcedure> found = find(id);
      found.ifPresent(entry -> entries.remove(entry.key()));
      return found;
    } finally {
      lock.unlock();
    }
  }

  Optional<QuarantinedProcedure> find(ProcedureId id) {
    lock.lock();
    try {
      return entries.values().stream()
          .filter(entry -> entry.id().equals(Optional.of(id)))
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  List<QuarantinedProcedure> all() {
    lock.lock();
    try {
      return List.copyOf(entries.values());
    } finally {
      lock.unlock();
    }
  }
}
