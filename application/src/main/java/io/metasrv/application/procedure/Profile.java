package io.metasrv.application.procedure;

import io.metasrv.domain.procedure.LockSet;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.List;

/**
 * What a procedure said of itself when it was registered; later answers have no effect.
 *
 * @param recovered whether a former leader had begun it
 */
record Profile(
    ProcedureId id,
    String typeName,
    String subject,
    LockSet locks,
    List<PoisonKey> poisonKeys,
    boolean recovered) {

  /** Asks the procedure. */
  static Profile of(ProcedureId id, Procedure procedure, boolean recovered) {
    return new Profile(
        id,
        procedure.typeName(),
        procedure.subject(),
        LockSet.of(procedure.locks()),
        List.copyOf(procedure.poisonKeys()),
        recovered);
  }
}
