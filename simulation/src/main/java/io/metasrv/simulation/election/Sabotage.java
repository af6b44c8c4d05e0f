package io.metasrv.simulation.election;

/** A promise broken on purpose, to show that the judge would notice. */
public enum Sabotage {
  /** Nothing is broken. */
  NONE,
  /** The store takes fenced writes of terms that are over. */
  FENCE,
  /** Nodes believe that their lease lasts far longer than it does. */
  DEADLINE,
  /** Nodes do not look at their term again before an effect leaves them. */
  CHECK_BEFORE_SENDING
}
