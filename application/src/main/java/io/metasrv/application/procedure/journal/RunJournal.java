package io.metasrv.application.procedure.journal;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.key.ProcedureRecordKey.Kind;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The records of one run of one procedure. Each write goes to a key of its own; a key is written
 * again only where that happens in one step and the earlier write cannot arrive late. For one task
 * at a time.
 */
public final class RunJournal {

  /**
   * The order in which keys go: older steps before newer ones, a first piece before those behind
   * it, and marks of an end last, so that no older step ever looks like the newest.
   */
  static final Comparator<Bytes> REMOVAL =
      Comparator.comparing(RunJournal::isCommit).thenComparing(Comparator.naturalOrder());

  private final RecordStore records;
  private final ProcedureId id;
  private final Optional<ProcedureId> parent;
  private final String typeName;

  /** Keys that may be in the store, with the number of further pieces behind each. */
  private final Map<Bytes, Integer> touched = new LinkedHashMap<>();

  private final List<Bytes> inherited = new ArrayList<>();
  private long step;

  RunJournal(RecordStore records, ProcedureId id, Optional<ProcedureId> parent, String typeName) {
    this.records = records;
    this.id = id;
    this.parent = parent;
    this.typeName = typeName;
  }

  /** Goes on where another leader ended: the next write has the number of the last one. */
  void resume(StoredProcedure stored) {
    step = stored.newest().key().step();
    inherited.addAll(stored.allKeys());
    touched.put(stored.newest().base(), stored.newestTail());
  }

  /** Number of the next record. */
  public long step() {
    return step;
  }

  /** Whether anything of this procedure may be in the store. */
  public boolean hasRecords() {
    return !touched.isEmpty() || !inherited.isEmpty();
  }

  /**
   * Stores the state.
   *
   * @return the key written
   * @throws ServiceException ({@code Failed to put state…}, code of the store's error)
   */
  public Bytes persist(String dump) {
    return write(Kind.STEP, number -> record(dump, number, Optional.empty()));
  }

  /** Stores the state and that, and why, it is to be rolled back. */
  public Bytes rollback(String dump, String error) {
    return write(Kind.ROLLBACK, number -> record(dump, number, Optional.of(error)));
  }

  /** Stores that the procedure is done. */
  public Bytes commit() {
    return write(Kind.COMMIT, number -> Bytes.EMPTY);
  }

  private Bytes record(String dump, long number, Optional<String> error) {
    return ProcedureRecordCodec.encode(new ProcedureRecord(typeName, dump, parent, number, error));
  }

  private Bytes write(Kind kind, LongFunction<Bytes> valueOf) {
    Bytes key = key(kind);
    Bytes value = valueOf.apply(step);
    if (touched.containsKey(key) && !records.replacesAtOnce(value, touched.getOrDefault(key, 0))) {
      step++;
      key = key(kind);
      value = valueOf.apply(step);
    }
    int oldTail = touched.getOrDefault(key, 0);
    touched.put(key, Math.max(oldTail, records.tail(value)));
    try {
      records.put(key, value, oldTail);
    } catch (ServiceException failed) {
      if (failed.getCause() instanceof StoreException.UnknownOutcome) {
        // It may still arrive, and must not replace what is written next.
        step++;
      }
      throw failed;
    }
    step++;
    return key;
  }

  private Bytes key(Kind kind) {
    return new ProcedureRecordKey(id, step, kind).toBytes();
  }

  /** Every key that may be in the store. */
  public List<Bytes> keys() {
    List<Bytes> keys = new ArrayList<>(inherited);
    touched.forEach(
        (key, tail) -> {
          keys.add(key);
          for (int number = 1; number <= tail; number++) {
            keys.add(ProcedureRecordKey.segment(key, number));
          }
        });
    return keys;
  }

  private static boolean isCommit(Bytes key) {
    return ProcedureRecordKey.parse(key)
        .filter(parsed -> parsed.key().kind() == Kind.COMMIT)
        .isPresent();
  }
}
