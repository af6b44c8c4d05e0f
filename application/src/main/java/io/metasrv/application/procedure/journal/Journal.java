package io.metasrv.application.procedure.journal;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The records of all procedures of one term. Thread-safe. */
public final class Journal {

  private final KeyValueStore store;
  private final RecordStore records;

  /**
   * @param store the term's
   * @param maxRecordBytes longer records are cut into pieces; 0 for as long as the store takes
   */
  public Journal(KeyValueStore store, long maxRecordBytes) {
    this.store = store;
    this.records = new RecordStore(store, maxRecordBytes);
  }

  /** The records of a procedure that begins. */
  public RunJournal begin(ProcedureId id, Optional<ProcedureId> parent, String typeName) {
    return new RunJournal(records, id, parent, typeName);
  }

  /** The records of a root procedure that goes on. */
  public RunJournal resume(StoredProcedure stored, String typeName) {
    RunJournal run = new RunJournal(records, stored.id(), Optional.empty(), typeName);
    run.resume(stored);
    return run;
  }

  /** The keys of records, each once, in the order in which they have to go. */
  public static List<Bytes> inOrderOfRemoval(Collection<Bytes> keys) {
    return keys.stream().distinct().sorted(RunJournal.REMOVAL).toList();
  }

  /**
   * Writes what is left of a procedure and removes its records, in one step if the store can. If it
   * cannot, or fails half-way, what is left is written first: where it is, the records are
   * leftovers. May be repeated after any failure.
   *
   * @param last what is left
   * @param obsolete keys of records
   */
  public void replace(List<KeyValue> last, Collection<Bytes> obsolete) {
    List<Bytes> keys = inOrderOfRemoval(obsolete);
    List<Op> ops = new ArrayList<>();
    last.forEach(pair -> ops.add(new Op.Put(pair.key(), pair.value())));
    keys.forEach(key -> ops.add(new Op.Delete(key)));
    long bytes = last.stream().mapToLong(pair -> pair.value().size()).sum();
    if (ops.isEmpty()) {
      return;
    }
    if (ops.size() <= store.maxTxnOps() && bytes <= store.maxValueBytes()) {
      store.txn(Txn.always(ops));
      return;
    }
    last.forEach(pair -> store.put(pair.key(), pair.value(), Previous.DISCARD));
    store.batchDelete(keys, Previous.DISCARD);
  }
}
