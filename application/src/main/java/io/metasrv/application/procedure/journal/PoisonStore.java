package io.metasrv.application.procedure.journal;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Poisons in the store (sheet 05 §12): each names the procedure that put it. Thread-safe. */
public final class PoisonStore {

  private final KeyValueStore store;

  public PoisonStore(KeyValueStore store) {
    this.store = store;
  }

  /**
   * Puts a poison; fine if it is there by the same procedure.
   *
   * @throws ServiceException (Unexpected) if another procedure's is there
   */
  public void put(PoisonKey key, ProcedureId token) {
    try {
      Bytes wanted = value(token);
      Optional<Bytes> there =
          settle(
              key,
              new Txn(
                  List.of(new Compare.Absent(key.toBytes())),
                  List.of(new Op.Put(key.toBytes(), wanted)),
                  List.of(new Op.Get(key.toBytes()))),
              Optional.of(wanted));
      requireOwn(key, token, there);
    } catch (MetasrvException failed) {
      throw new ServiceException(
          failed.code(),
          "Failed to put poison, key: '%s', token: '%s'".formatted(key, token),
          failed);
    }
  }

  /**
   * Removes a poison of the procedure; fine if there is none.
   *
   * @throws ServiceException (Unexpected) if another procedure's is there
   */
  public void delete(PoisonKey key, ProcedureId token) {
    try {
      Optional<Bytes> there =
          settle(
              key,
              new Txn(
                  List.of(new Compare.ValueEquals(key.toBytes(), value(token))),
                  List.of(new Op.Delete(key.toBytes())),
                  List.of(new Op.Get(key.toBytes()))),
              Optional.empty());
      requireOwn(key, token, there);
    } catch (MetasrvException failed) {
      throw new ServiceException(
          failed.code(), "Failed to delete poison, key: '%s'".formatted(key), failed);
    }
  }

  /** Runs the transaction; returns what is there in its stead, if it did not take place. */
  private Optional<Bytes> settle(PoisonKey key, Txn txn, Optional<Bytes> intended) {
    try {
      TxnResult result = store.txn(txn);
      return result.succeeded() || !(result.results().getFirst() instanceof OpResult.GetDone got)
          ? Optional.empty()
          : got.value();
    } catch (StoreException.UnknownOutcome unknown) {
      Optional<Bytes> there = store.get(key.toBytes());
      if (there.equals(intended)) {
        return Optional.empty();
      }
      throw unknown;
    }
  }

  private static void requireOwn(PoisonKey key, ProcedureId token, Optional<Bytes> there) {
    if (there.isPresent() && !there.get().equals(value(token))) {
      throw ProcedureErrors.poisonConflict(key, token(there.get()));
    }
  }

  /** The procedure that put the poison, as text; empty if there is none. */
  public Optional<String> get(PoisonKey key) {
    return store.get(key.toBytes()).map(PoisonStore::token);
  }

  /** The poisons a procedure has left, from a scan of all of them. */
  public List<PoisonKey> of(ProcedureId token) {
    List<PoisonKey> own = new ArrayList<>();
    RangePager.pairs(store, KeyRange.prefix(PoisonKey.PREFIX))
        .forEachPair(pair -> key(pair, token).ifPresent(own::add));
    return own;
  }

  private static Optional<PoisonKey> key(KeyValue pair, ProcedureId token) {
    return pair.value().equals(value(token))
        ? Optional.of(new PoisonKey(pair.key().substring(PoisonKey.PREFIX.size()).toUtf8()))
        : Optional.empty();
  }

  private static Bytes value(ProcedureId token) {
    return new JsonWriter().beginObject().member("token", token.toString()).endObject().toBytes();
  }

  private static String token(Bytes value) {
    try {
      return JsonReader.read(value).asObject().text("token");
    } catch (JsonFormatException foreign) {
      return value.toString();
    }
  }
}
