package io.metasrv.application.procedure.history;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.procedure.view.ProcedureJson;
import io.metasrv.application.procedure.view.ProcedureView;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureHistoryKey;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of procedures: one record for each root that ended, its children in it. A procedure
 * that has one is never run again, whatever else is found of it. Thread-safe.
 */
public final class HistoryStore {

  private static final int ENTRIES_OF_ROOT = 200;
  private static final int ENTRIES_OF_CHILD = 10;
  private static final int CHILDREN = 32;
  private static final int MAX_LEFTOVER = 200_000;

  private final KeyValueStore store;
  private final Runtime runtime;
  private final String leader;
  private final Duration ttl;
  private final int most;

  /**
   * @param store the term's
   * @param leader address of this node
   * @param ttl how long a record is kept
   * @param most how many records are kept; older ones go first
   */
  public HistoryStore(KeyValueStore store, Runtime runtime, String leader, Duration ttl, int most) {
    this.store = store;
    this.runtime = runtime;
    this.leader = leader;
    this.ttl = ttl;
    this.most = most;
  }

  /**
   * The record of a tree of procedures that ended; not written yet.
   *
   * @param tree root first
   * @param at when the root ended
   * @param leftover the last stored state, if it was given up
   */
  public KeyValue record(List<ProcedureView> tree, Instant at, Optional<String> leftover) {
    ProcedureView root = tree.getFirst();
    long millis = Math.max(0, at.toEpochMilli());
    JsonWriter json = new JsonWriter().beginObject();
    json.member("finished_at_ms", millis).member("leader", leader);
    ProcedureJson.members(json, root, ENTRIES_OF_ROOT);
    List<ProcedureView> children = tree.subList(1, tree.size());
    json.member("descendants", children.size()).name("descendant_details").beginArray();
    children.stream()
        .limit(CHILDREN)
        .forEach(
            child ->
                ProcedureJson.members(json.beginObject(), child, ENTRIES_OF_CHILD).endObject());
    json.endArray();
    leftover(json, leftover);
    return new KeyValue(
        new ProcedureHistoryKey(millis, root.id()).toBytes(), json.endObject().toBytes());
  }

  /** The record of a stored procedure that could not be run and was given up. */
  public KeyValue givenUp(ProcedureId id, String reason, Optional<String> leftover) {
    return stored(id, "Failed", Optional.of(reason), leftover);
  }

  /** The record of a procedure that a former leader finished without leaving one. */
  public KeyValue finished(ProcedureId id) {
    return stored(id, "Done", Optional.empty(), Optional.empty());
  }

  private KeyValue stored(
      ProcedureId id, String state, Optional<String> error, Optional<String> leftover) {
    long now = now();
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("finished_at_ms", now)
            .member("leader", leader)
            .member("id", id.toString())
            .member("state", state);
    ProcedureJson.text(json, "error", error.map(ProcedureJson::cut));
    leftover(json, leftover);
    return new KeyValue(new ProcedureHistoryKey(now, id).toBytes(), json.endObject().toBytes());
  }

  private static void leftover(JsonWriter json, Optional<String> leftover) {
    leftover.ifPresent(
        text ->
            json.member("stored_state_bytes", text.length())
                .member(
                    "stored_state",
                    text.length() <= MAX_LEFTOVER ? text : text.substring(0, MAX_LEFTOVER)));
  }

  private long now() {
    return Math.max(0, runtime.wallClock().toEpochMilli());
  }

  /** The ids of all procedures with a record. */
  public List<ProcedureId> ids() {
    List<ProcedureId> ids = new ArrayList<>();
    RangePager.keys(store, KeyRange.prefix(ProcedureHistoryKey.PREFIX))
        .forEachPair(
            pair -> ProcedureHistoryKey.parse(pair.key()).ifPresent(key -> ids.add(key.id())));
    return ids;
  }

  /**
   * The latest records, latest first, as JSON.
   *
   * @param limit most records, at least 1
   */
  public List<Bytes> latest(int limit) {
    return store
        .range(KeyRange.prefix(ProcedureHistoryKey.PREFIX), RangeOptions.limit(limit))
        .kvs()
        .stream()
        .map(KeyValue::value)
        .toList();
  }

  /** The record of one procedure. */
  public Optional<Bytes> find(ProcedureId id) {
    return find(store, id);
  }

  /** The record of one procedure in a store, for who only reads. */
  public static Optional<Bytes> find(KeyValueStore store, ProcedureId id) {
    for (KeyValue pair :
        RangePager.keys(store, KeyRange.prefix(ProcedureHistoryKey.PREFIX)).readAll()) {
      if (ProcedureHistoryKey.parse(pair.key()).filter(key -> key.id().equals(id)).isPresent()) {
        return store.get(pair.key());
      }
    }
    return Optional.empty();
  }

  /** Removes what is too old or too much. */
  public void prune() {
    KeyRange all = KeyRange.prefix(ProcedureHistoryKey.PREFIX);
    long oldest = now() - ttl.toMillis();
    List<KeyValue> keys = RangePager.keys(store, all).readAll();
    Bytes expired = ProcedureHistoryKey.endedUntil(Math.max(0, oldest));
    Bytes from = keys.size() <= most ? expired : min(keys.get(most).key(), expired);
    if (!keys.isEmpty() && keys.getLast().key().compareTo(from) >= 0) {
      store.deleteRange(new KeyRange(from, all.end()), Previous.DISCARD);
    }
  }

  private static Bytes min(Bytes one, Bytes other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
