package io.metasrv.adapters.jdbc;

import io.metasrv.adapters.jdbc.SqlCalls.Finish;
import io.metasrv.adapters.jdbc.SqlCalls.Mode;
import io.metasrv.adapters.jdbc.SqlCalls.Work;
import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Transactions on the table of metadata, each with the fence as its first step. Immutable,
 * thread-safe.
 */
record SqlWrites(SqlCalls calls, SqlRows rows, FenceCheck fence) {

  /** Writes pairs without looking at what is there. */
  void putAll(String attempted, List<KeyValue> kvs) {
    transact(
        attempted,
        false,
        session -> {
          rows.upsert(session, asMap(kvs));
          return Finish.commit(kvs);
        });
  }

  /**
   * Removes keys without looking at what is there. Several are removed as they are at one moment:
   * none of those that were missing may appear while the transaction waits for another.
   */
  void deleteAll(String attempted, List<Bytes> keys) {
    transact(
        attempted,
        keys.size() > 1,
        session -> {
          rows.delete(session, keys);
          return Finish.commit(keys);
        });
  }

  /** A transaction of any kind. */
  TxnResult run(String attempted, Txn txn) {
    return transact(attempted, false, session -> run(session, txn));
  }

  private Finish<TxnResult> run(SqlSession session, Txn txn) throws SQLException {
    TxnPlan plan = TxnPlan.of(txn, rows.lock(session, TxnPlan.decisiveKeys(txn), "FOR UPDATE"));
    rows.insert(session, plan.inserts());
    if (!plan.writes()) {
      return Finish.rollback(plan.result());
    }
    rows.upsert(session, plan.upserts());
    rows.delete(session, plan.deletes());
    return Finish.commit(plan.result());
  }

  /**
   * Writes or removes keys and tells what was there.
   *
   * @param ops one put or delete a key
   */
  List<KeyValue> exchange(String attempted, List<Op> ops) {
    List<Op> readFirst = new ArrayList<>();
    ops.forEach(op -> readFirst.add(new Op.Get(op.key())));
    readFirst.addAll(ops);
    TxnResult result = run(attempted, Txn.always(readFirst));
    List<KeyValue> previous = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      if (result.results().get(i) instanceof io.metasrv.application.port.OpResult.GetDone got) {
        got.value().ifPresent(value -> previous.add(new KeyValue(got.key(), value)));
      }
    }
    return previous;
  }

  /** Removes a range as it is at one moment: no row may appear in it before the commit. */
  DeleteResult deleteRange(String attempted, KeyRange range, Previous previous) {
    return transact(
        attempted,
        true,
        session -> {
          List<KeyValue> removed =
              previous == Previous.RETURN ? rows.lockRange(session, range) : List.of();
          return Finish.commit(new DeleteResult(rows.deleteRange(session, range), removed));
        });
  }

  /** Writes nothing; only the fences have something to say. */
  void checkFence(String attempted) {
    if (!fence.fences().isEmpty()) {
      transact(attempted, false, session -> Finish.rollback(attempted));
    }
  }

  private <T> T transact(String attempted, boolean repeatable, Work<Finish<T>> work) {
    return calls.transact(
        attempted,
        new Mode(repeatable, fence.limit(calls.callTimeout())),
        session -> {
          fence.check(session, attempted, calls);
          return work.on(session);
        });
  }

  /** Group after group, each atomic; a failure after the first leaves the outcome unknown. */
  static <T, R> List<R> inGroups(
      String attempted, List<List<T>> groups, Function<List<T>, ? extends Collection<R>> write) {
    int all = groups.stream().mapToInt(List::size).sum();
    int done = 0;
    List<R> results = new ArrayList<>();
    for (List<T> group : groups) {
      try {
        results.addAll(write.apply(group));
        done += group.size();
      } catch (StoreException e) {
        throw done == 0 ? e : partlyDone(attempted, done, all, e);
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

  private static SortedMap<Bytes, Bytes> asMap(List<KeyValue> kvs) {
    SortedMap<Bytes, Bytes> pairs = new TreeMap<>();
    kvs.forEach(kv -> pairs.put(kv.key(), kv.value()));
    return pairs;
  }
}
