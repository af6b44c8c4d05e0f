package io.metasrv.application.procedure.journal;

import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;

/**
 * What is stored of a procedure after a step (sheet 05 §13).
 *
 * @param typeName selects the loader
 * @param data the procedure's dump
 * @param parent of a child; empty for a root
 * @param step unsigned 32-bit, counts the records of the procedure
 * @param error why it is rolled back; only in a rollback record
 */
public record ProcedureRecord(
    String typeName,
    String data,
    Optional<ProcedureId> parent,
    long step,
    Optional<String> error) {}
