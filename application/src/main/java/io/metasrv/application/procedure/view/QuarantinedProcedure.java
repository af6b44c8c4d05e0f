package io.metasrv.application.procedure.view;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something stored under the keys of procedures that is not run.
 *
 * @param id empty if the key is none of a procedure
 * @param key the newest record, or the key that cannot be read
 * @param allKeys everything stored of the procedure and its children
 * @param reason why it is not run
 * @param since wall clock
 */
public record QuarantinedProcedure(
    Optional<ProcedureId> id, Bytes key, List<Bytes> allKeys, String reason, Instant since) {
  public QuarantinedProcedure {
    allKeys = List.copyOf(allKeys);
  }
}
