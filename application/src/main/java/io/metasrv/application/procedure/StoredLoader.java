package io.metasrv.application.procedure;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.procedure.journal.ProcedureRecord;
import io.metasrv.application.procedure.journal.ProcedureRecordCodec;
import io.metasrv.application.procedure.journal.RecordScan;
import io.metasrv.application.procedure.journal.StoredProcedure;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.key.ProcedureRecordKey.Kind;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureErrors;
import io.metasrv.domain.procedure.ProcedureState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes procedures of what is stored (sheet 05 §15). Thread-safe. */
final class StoredLoader {

  private static final Logger LOG = LoggerFactory.getLogger(StoredLoader.class);

  private final RecordScan scan;
  private final Loaders loaders;

  StoredLoader(RecordScan scan, Loaders loaders) {
    this.scan = scan;
    this.loaders = loaders;
  }

  /**
   * Reads the newest record.
   *
   * @throws ServiceException (Unexpected) if it is damaged
   * @throws StoreException if the store cannot be asked
   */
  ProcedureRecord read(StoredProcedure stored) {
    Bytes text = scan.read(stored);
    try {
      return ProcedureRecordCodec.decode(text);
    } catch (JsonFormatException damaged) {
      throw unexpected("its record cannot be read", damaged);
    }
  }

  /**
   * Turns a record into a procedure, and lets it recover.
   *
   * @throws ServiceException (Unexpected) if there is no loader or it refuses
   */
  Procedure load(StoredProcedure stored, ProcedureRecord record) {
    ProcedureLoader loader =
        loaders
            .find(record.typeName())
            .orElseThrow(
                () ->
                    ServiceException.unexpected(
                        "this version knows no procedure of type " + record.typeName()));
    Procedure procedure;
    try {
      procedure = loader.load(record.data());
    } catch (RuntimeException refused) {
      throw unexpected("its state cannot be loaded", refused);
    }
    try {
      procedure.recover();
    } catch (RuntimeException failed) {
      LOG.error("Procedure {} goes on although it failed to recover", stored.id(), failed);
    }
    return procedure;
  }

  /** The state in which a procedure goes on. */
  static ProcedureState state(StoredProcedure stored, ProcedureRecord record) {
    return stored.kind() == Kind.ROLLBACK
        ? new ProcedureState.RollingBack(
            ProcedureErrors.recoveredInRollback(record.error().orElse("Unknown error")))
        : new ProcedureState.Running();
  }

  private static ServiceException unexpected(String what, RuntimeException cause) {
    return new ServiceException(
        StatusCode.UNEXPECTED, what + ": " + ErrorTexts.chain(cause), cause);
  }
}
