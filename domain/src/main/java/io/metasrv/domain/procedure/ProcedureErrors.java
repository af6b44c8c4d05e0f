package io.metasrv.domain.procedure;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;

/** The framework's own errors, in the words that clients and operators know (sheet 05 §20). */
public final class ProcedureErrors {

  private ProcedureErrors() {}

  /** The pause switch could not be read. */
  public static ServiceException checkStatus(MetasrvException cause) {
    return new ServiceException(cause.code(), "Failed to check procedure manager status", cause);
  }

  /** The pause switch is on. The spelling is the reference's. */
  public static ServiceException paused() {
    return ServiceException.illegalState("Manager is pasued");
  }

  /** The manager has not been started. */
  public static ServiceException notStarted() {
    return ServiceException.illegalState("Procedure Manager is stopped");
  }

  /** A loader for that name is there. */
  public static ServiceException loaderConflict(String typeName) {
    return ServiceException.invalidArguments("Loader " + typeName + " is already registered");
  }

  /** The id is taken. */
  public static ServiceException duplicate(ProcedureId id) {
    return ServiceException.invalidArguments("Procedure " + id + " already exists");
  }

  /** No more procedures are taken now. */
  public static ServiceException tooManyRunning(int max) {
    return ServiceException.illegalState("Too many running procedures, max: " + max);
  }

  /** Nobody knows the id. */
  public static ServiceException notFound(ProcedureId id) {
    return ServiceException.invalidArguments("Procedure not found: " + id);
  }

  /** A bug ended the procedure. */
  public static ServiceException panicked(ProcedureId id) {
    return ServiceException.unexpected("Procedure panics, procedure_id: " + id);
  }

  /** Every retry was used. */
  public static ServiceException retriesExceeded(ProcedureId id, MetasrvException last) {
    return new ServiceException(
        StatusCode.ILLEGAL_STATE, "Procedure retry exceeded max times, procedure_id: " + id, last);
  }

  /** Every retry of the rollback was used. */
  public static ServiceException rollbacksExceeded(ProcedureId id, MetasrvException last) {
    return new ServiceException(
        StatusCode.ILLEGAL_STATE,
        "Procedure rollback exceeded max times, procedure_id: " + id,
        last);
  }

  /** The former leader had begun to roll it back. */
  public static ServiceException recoveredInRollback(String recordedError) {
    return ServiceException.illegalState("Rollback Procedure recovered: " + recordedError);
  }

  /** A child wants a lock that its parent keeps from it. */
  public static ProcedureException deadlockPrevented(
      ProcedureId child, LockKey wanted, ProcedureId parent) {
    return ProcedureException.abort(
        new ServiceException(
            StatusCode.INTERNAL,
            "Deadlock prevented: subprocedure %s wants %s, which its parent %s keeps from it"
                .formatted(child, wanted, parent)),
        false);
  }

  /** A poison was put that had not been announced. */
  public static ServiceException poisonNotDefined(PoisonKey key, ProcedureId id) {
    return ServiceException.unexpected(
        "Procedure poison key is not defined, key: %s, procedure_id: %s".formatted(key, id));
  }

  /** Another procedure's poison is there. */
  public static ServiceException poisonConflict(PoisonKey key, String otherToken) {
    return ServiceException.unexpected(
        "Procedure poison key already exists with a different value, key: %s, value: %s"
            .formatted(key, otherToken));
  }

  /** An operator ended it. */
  public static ServiceException cancelled(ProcedureId id) {
    return new ServiceException(
        StatusCode.CANCELLED, "Procedure %s was cancelled by operator".formatted(id));
  }

  /** An operator took it away. */
  public static ServiceException skipped(ProcedureId id) {
    return new ServiceException(
        StatusCode.CANCELLED, "Procedure %s was skipped by operator".formatted(id));
  }
}
