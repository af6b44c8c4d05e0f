package io.metasrv.domain.procedure;

/**
 * Somebody's request for a set of locks, all of them at once. Made by {@link LockQueues#request}.
 */
public final class LockRequest {

  private final ProcedureId owner;
  private final LockSet locks;
  private final boolean child;
  private final long arrival;
  private boolean granted;

  LockRequest(ProcedureId owner, LockSet locks, boolean child, long arrival) {
    this.owner = owner;
    this.locks = locks;
    this.child = child;
    this.arrival = arrival;
  }

  /** Who asks. */
  public ProcedureId owner() {
    return owner;
  }

  /** What is asked for. */
  public LockSet locks() {
    return locks;
  }

  /** Whether it has been granted; it stays so until it is released. */
  public boolean isGranted() {
    return granted;
  }

  boolean isChild() {
    return child;
  }

  long arrival() {
    return arrival;
  }

  void grant() {
    granted = true;
  }
}
