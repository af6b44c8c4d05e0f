package io.metasrv.nodes.region;

/** What happens to a lease that has already ended when it arrives, and to one nobody enforced. */
public enum LeaseMode {
  /**
   * As v1.1.4: the role is applied, and taken back when the countdown is looked at. In between, the
   * region is writable for an instant (sheet 04 §13.1, last row).
   */
  REFERENCE,
  /** A lease that has ended changes nothing, and no region is writable past its deadline. */
  STRICT
}
