package io.metasrv.application.metadata;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.key.TombstoneKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves values aside when they are dropped, and back (sheet 03 §8). Bytes are moved as they are.
 * Keys that are not there are passed over, values already at the destination are overwritten.
 *
 * <p>More keys than half of what a transaction takes are moved in several, in the given order; each
 * key is moved whole or not at all. After a crash in between the same call finishes the work,
 * because what was moved is passed over. Stateless, thread-safe.
 */
public final class Tombstones {

  private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);

  /** How often values may change under a move. */
  private static final int MAX_ROUNDS = 8;

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public Tombstones(KeyValueStore store) {
    this.store = store;
  }

  /**
   * Moves the values of the keys to their tombstones.
   *
   * @throws ServiceException ({@code MoveValues}) if they change all the time
   */
  public void bury(List<Bytes> keys) {
    moveAll(moves(keys, key -> new Move(key, new TombstoneKey(key).toBytes())));
  }

  /**
   * Moves the values back, the last key first: what makes a table visible stands first in its list
   * and comes last.
   *
   * @throws ServiceException ({@code MoveValues}) if they change all the time
   */
  public void restore(List<Bytes> keys) {
    moveAll(moves(keys, key -> new Move(new TombstoneKey(key).toBytes(), key)).reversed());
  }

  /** Removes the tombstones. */
  public void delete(List<Bytes> keys) {
    Writes.deleteAll(store, keys.stream().map(key -> new TombstoneKey(key).toBytes()).toList());
  }

  private static List<Move> moves(
      List<Bytes> keys, java.util.function.Function<Bytes, Move> moveOf) {
    return new LinkedHashSet<>(keys).stream().map(moveOf).toList();
  }

  private void moveAll(List<Move> moves) {
    for (List<Move> group : Groups.of(moves, store.maxTxnOps() / 2)) {
      moveGroup(group);
    }
  }

  private void moveGroup(List<Move> group) {
    LinkedHashMap<Move, Bytes> left = read(group);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (left.isEmpty()) {
        return;
      }
      Optional<LinkedHashMap<Move, Bytes>> changed = tryMove(left);
      if (changed.isEmpty()) {
        return;
      }
      left = changed.get();
    }
    throw MetadataErrors.moveValues(
        "the values of %s changed %d times while they were moved"
            .formatted(left.keySet().stream().map(Move::source).toList(), MAX_ROUNDS));
  }

  /** Those whose source is there, with its value. */
  private LinkedHashMap<Move, Bytes> read(List<Move> group) {
    LinkedHashMap<Bytes, Move> bySource = new LinkedHashMap<>();
    group.forEach(move -> bySource.put(move.source, move));
    LinkedHashMap<Move, Bytes> values = new LinkedHashMap<>();
    for (KeyValue kv : store.batchGet(List.copyOf(bySource.keySet()))) {
      Move move = bySource.get(kv.key());
      if (move != null) {
        values.put(move, kv.value());
      }
    }
    return values;
  }

  /** Nothing if all were moved, else what is left to move, with its values now. */
  private Optional<LinkedHashMap<Move, Bytes>> tryMove(LinkedHashMap<Move, Bytes> values) {
    List<Compare> compares = new ArrayList<>();
    List<Op> success = new ArrayList<>();
    List<Op> failure = new ArrayList<>();
    values.forEach(
        (move, value) -> {
          compares.add(new Compare.ValueEquals(move.source, value));
          success.add(new Op.Put(move.destination, value));
          success.add(new Op.Delete(move.source));
          failure.add(new Op.Get(move.source));
        });
    List<Move> moves = List.copyOf(values.keySet());
    try {
      TxnResult result = store.txn(new Txn(compares, success, failure));
      return result.succeeded() ? Optional.empty() : Optional.of(found(moves, result));
    } catch (StoreException.UnknownOutcome unknown) {
      LOG.info("It is unknown whether {} values were moved; they are read again", moves.size());
      return Optional.of(read(moves));
    }
  }

  private static LinkedHashMap<Move, Bytes> found(List<Move> moves, TxnResult result) {
    LinkedHashMap<Move, Bytes> found = new LinkedHashMap<>();
    for (int i = 0; i < moves.size(); i++) {
      if (result.results().get(i) instanceof OpResult.GetDone(Bytes ignored, Optional<Bytes> v)
          && v.isPresent()) {
        found.put(moves.get(i), v.get());
      }
    }
    return found;
  }

  private record Move(Bytes source, Bytes destination) {}
}
