package io.metasrv.adapters.embedded;

/**
 * What to do when the write-ahead log holds a record whose checksum is wrong. A record cut short at
 * the very end is no damage: that is how a log looks after a crash in the middle of a write nobody
 * was told had succeeded, and it is dropped under either choice.
 */
public enum DamagedLog {
  /** Do not open the store. Nothing is changed, so that the files can be copied or repaired. */
  REFUSE,
  /**
   * Open with what comes before the damaged record and drop the rest, <em>acknowledged writes
   * included</em>. For an operator who has no better copy; for one start, not as a setting to keep.
   */
  CUT
}
