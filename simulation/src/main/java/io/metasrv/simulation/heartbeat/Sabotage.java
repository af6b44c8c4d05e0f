package io.metasrv.simulation.heartbeat;

/** A promise broken on purpose, to show that the judge would notice. */
public enum Sabotage {
  /** Nothing is broken. */
  NONE,
  /** What a session reads of the clock stands still while it handles a heartbeat. */
  RECHECK,
  /** The end of a stream takes away whatever is registered for its node. */
  LATE_CLOSE,
  /** The end of a term does not reach its streams. */
  STREAMS_SURVIVE,
  /** Regions are moved before the lease of their former leader has run out. */
  LEASE_WAIT
}
