package io.metasrv.domain.procedure;

/** Where a procedure stands, without what it carries (sheet 05 §3). */
public enum ProcedurePhase {
  /** It runs, or waits for its locks. */
  RUNNING("Running", 0),
  /** It ended well. */
  DONE("Done", 1),
  /** A step failed and will be tried again. */
  RETRYING("Retrying", 2),
  /** It ended without its effect, or with a part of it. */
  FAILED("Failed", 3),
  /** It will be rolled back; the intention is not yet recorded. */
  PREPARE_ROLLBACK("PrepareRollback", 4),
  /** What it did is being undone. */
  ROLLING_BACK("RollingBack", 5),
  /** It ended and left a poison. */
  POISONED("Poisoned", 6);

  private final String wireName;
  private final int number;

  ProcedurePhase(String wireName, int number) {
    this.wireName = wireName;
    this.number = number;
  }

  /** The text name of events and listings. */
  public String wireName() {
    return wireName;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** Whether nothing more will happen. */
  public boolean isTerminal() {
    return this == DONE || this == FAILED || this == POISONED;
  }

  /** Whether the procedure is on its way back, or about to turn. */
  public boolean isRollback() {
    return this == PREPARE_ROLLBACK || this == ROLLING_BACK;
  }

  /**
   * Whether a procedure that stands here may stand there next. Steps that leave it where it is
   * count.
   */
  public boolean mayBecome(ProcedurePhase next) {
    return switch (this) {
      case RUNNING, RETRYING -> next != ROLLING_BACK;
      case PREPARE_ROLLBACK -> next.isRollback() || next == FAILED;
      case ROLLING_BACK -> next == ROLLING_BACK || next == FAILED;
      case DONE, FAILED, POISONED -> false;
    };
  }
}
