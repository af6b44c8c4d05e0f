package io.metasrv.application.procedure.view;

/** What the task of a procedure is doing. */
public enum Activity {
  /** It waits for its locks; nothing was done in this term. */
  WAITING_FOR_LOCKS,
  /** It is in the middle of a step or of writing one down. */
  IN_STEP,
  /** It pauses before it tries again. */
  PAUSING,
  /** It waits for its children. */
  WAITING_FOR_CHILDREN,
  /** It is over. */
  ENDED
}
