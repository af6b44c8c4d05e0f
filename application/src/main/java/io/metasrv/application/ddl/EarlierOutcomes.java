package io.metasrv.application.ddl;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.procedure.history.HistoryStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;

/**
 * How procedures ended that former leaders ran, from their history: for clients that lost their
 * leader right when it had done what they asked for. Thread-safe.
 */
final class EarlierOutcomes {

  private static final String DONE = "Done";

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  EarlierOutcomes(KeyValueStore store) {
    this.store = store;
  }

  /**
   * An end.
   *
   * @param state its name
   * @param error why it failed, if it did
   */
  record Outcome(ProcedureId id, String state, String error) {

    /**
     * Does nothing if it ended well.
     *
     * @throws ServiceException (IllegalState) if it did not
     */
    void requireSuccess() {
      if (!state.equals(DONE)) {
        throw ServiceException.illegalState(
            "Procedure %s of this request ended as %s under a former leader: %s"
                .formatted(id, state, error));
      }
    }
  }

  /** The end of a procedure; empty if it has not ended, or too long ago. */
  Optional<Outcome> find(ProcedureId id) {
    return HistoryStore.find(store, id).map(record -> outcome(id, record));
  }

  private static Outcome outcome(ProcedureId id, Bytes record) {
    return JsonReader.decode(record, json -> outcome(id, json.asObject()));
  }

  private static Outcome outcome(ProcedureId id, JsonValue.Object record) {
    return new Outcome(id, record.text("state"), record.textOr("error", "no error is recorded"));
  }
}
