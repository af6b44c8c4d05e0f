package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;

/**
 * Runs transactions: reads the keys at one moment, computes what the transaction does, and sends
 * that as one multi with a check of everything the computation looked at. If somebody was faster
 * nothing happened, and it is computed anew. Thread-safe.
 */
final class Transactions {

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final ZooKeeperConnection connection;
  private final Reads reads;
  private final Chunks chunks;
  private final ChunkSweeper sweeper;
  private final List<ZooKeeperFence> fences;

  Transactions(ZooKeeperConnection connection, Reads reads, Chunks chunks, ChunkSweeper sweeper) {
    this(connection, reads, chunks, sweeper, List.of());
  }

  private Transactions(
      ZooKeeperConnection connection,
      Reads reads,
      Chunks chunks,
      ChunkSweeper sweeper,
      List<ZooKeeperFence> fences) {
    this.connection = connection;
    this.reads = reads;
    this.chunks = chunks;
    this.sweeper = sweeper;
    this.fences = List.copyOf(fences);
  }

  /** The same under one more fence. */
  Transactions fencedBy(ZooKeeperFence fence) {
    List<ZooKeeperFence> all = new ArrayList<>(fences);
    all.add(fence);
    return new Transactions(connection, reads, chunks, sweeper, all);
  }

  boolean areUnder(ZooKeeperFence fence) {
    return fences.contains(fence);
  }

  /** Runs it without fences, which is for those that can write nothing. */
  TxnResult read(String attempted, Txn txn) {
    return new Transactions(connection, reads, chunks, sweeper).write(attempted, txn);
  }

  /**
   * Runs it.
   *
   * @param attempted for errors
   */
  TxnResult write(String attempted, Txn txn) {
    Deadline deadline = Deadline.in(connection.callTimeout());
    Set<Bytes> keys = TxnEvaluation.keys(txn);
    Values values = new Values(chunks);
    for (int attempt = 0; ; attempt++) {
      Snapshot snapshot = reads.snapshot(attempted, keys, deadline);
      Optional<TxnResult> result = tryOnce(attempted, txn, snapshot, values, deadline);
      if (result.isPresent()) {
        return result.get();
      }
      if (deadline.isOver()) {
        values.removeAllBut(snapshot.session(), List.of());
        throw new StoreException.Unavailable(
            "%s: others changed its keys %d times in between; nothing was changed, try again"
                .formatted(attempted, attempt + 1));
      }
      pause(attempted, attempt);
    }
  }

  /** Empty if somebody was faster; then nothing was done. */
  private Optional<TxnResult> tryOnce(
      String attempted, Txn txn, Snapshot snapshot, Values values, Deadline deadline) {
    ZooKeeper session = snapshot.session();
    TxnEvaluation evaluation;
    Map<Bytes, NodeValue> stored;
    List<Op> ops;
    try {
      evaluation =
          new TxnEvaluation(txn, snapshot, value -> chunks.content(session, value, deadline));
      if (evaluation.writes().isEmpty() && fences.isEmpty()) {
        return Optional.of(evaluation.result());
      }
      stored = values.of(session, evaluation.writes(), deadline);
      ops = ops(snapshot, evaluation, stored);
      while (MultiRequest.size(ops, stored, connection.acl()) > Reads.MOST_REQUEST_BYTES) {
        values.shrink(attempted, session, stored, deadline);
        ops = ops(snapshot, evaluation, stored);
      }
    } catch (Chunks.Replaced overtaken) {
      return Optional.empty();
    } catch (ZooKeeperCallException e) {
      values.removeAllBut(session, List.of());
      throw ZooKeeperFailures.beforeAnyEffect(attempted, e);
    }
    return ops.isEmpty() || tookEffect(attempted, session, ops, stored, values, deadline)
        ? Optional.of(done(snapshot, evaluation, stored, values))
        : Optional.empty();
  }

  private List<Op> ops(Snapshot snapshot, TxnEvaluation evaluation, Map<Bytes, NodeValue> stored) {
    return new MultiRequest(connection.layout(), connection.acl(), snapshot)
        .ops(fences, Values.generations(stored.values()), evaluation, stored);
  }

  private boolean tookEffect(
      String attempted,
      ZooKeeper session,
      List<Op> ops,
      Map<Bytes, NodeValue> stored,
      Values values,
      Deadline deadline) {
    Optional<Requests.Refusal> refusal;
    try {
      refusal = Requests.await(Requests.multi(session, ops), deadline);
    } catch (ZooKeeperCallException e) {
      // Parts stay: if it took effect after all they are needed, else they are swept.
      throw ZooKeeperFailures.ofWrite(attempted, e);
    }
    if (refusal.isEmpty()) {
      return true;
    }
    int index = refusal.get().index();
    switch (refusal.get().code()) {
      case NONODE, NODEEXISTS, BADVERSION -> {
        if (index < fences.size()) {
          values.removeAllBut(session, List.of());
          throw fencedOut(attempted, fences.get(index));
        }
        if (index < fences.size() + Values.generations(stored.values()).size()) {
          values.forget();
        }
        return false;
      }
      default -> {
        values.removeAllBut(session, List.of());
        throw ZooKeeperFailures.beforeAnyEffect(
            attempted,
            new ZooKeeperCallException(
                Requests.failure(refusal.get().code().intValue(), ops.get(index).getPath())));
      }
    }
  }

  private static StoreException fencedOut(String attempted, ZooKeeperFence fence) {
    return new StoreException.FencedOut(
        "%s was refused: the %s is over; nothing was changed"
            .formatted(attempted, fence.describe()));
  }

  private TxnResult done(
      Snapshot snapshot, TxnEvaluation evaluation, Map<Bytes, NodeValue> stored, Values values) {
    ZooKeeper session = snapshot.session();
    for (Bytes key : evaluation.writes().keySet()) {
      snapshot
          .entry(key)
          .map(Snapshot.Entry::value)
          .filter(NodeValue.Chunked.class::isInstance)
          .ifPresent(replaced -> chunks.remove(session, (NodeValue.Chunked) replaced));
    }
    values.removeAllBut(session, stored.values());
    if (!Values.generations(stored.values()).isEmpty()) {
      sweeper.sweepNowAndThen(session);
    }
    return evaluation.result();
  }

  private static void pause(String attempted, int attempt) {
    long longest = Math.min(LONGEST_PAUSE.toMillis(), 1L << Math.min(attempt + 1, 10));
    try {
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZooKeeperFailures.beforeAnyEffect(
          attempted,
          new ZooKeeperCallException(ZooKeeperCallException.Kind.INTERRUPTED, "interrupted"));
    }
  }
}
