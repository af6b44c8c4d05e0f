package io.metasrv.application.election;

/**
 * The names an election uses in a shared store (sheet 02 §11). Each is put after the store's key
 * prefix by the backend itself; the chroot is not in between.
 */
public final class ElectionKeys {

  /** The election's name, and on SQL its row. */
  public static final String ELECTION = "__metasrv_election";

  /** What a candidate's advertised address is appended to. */
  public static final String CANDIDATE_ROOT = "__metasrv_election_candidates/";

  private ElectionKeys() {}
}
