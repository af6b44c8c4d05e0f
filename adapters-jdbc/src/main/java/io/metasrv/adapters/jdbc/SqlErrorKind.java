package io.metasrv.adapters.jdbc;

/** What a database's error means for the call that met it. */
public enum SqlErrorKind {
  /** Another transaction was in the way and this one is rolled back; the same again may succeed. */
  CONTENTION,
  /** The request breaks a limit of the server; it can never be carried out as it stands. */
  BEYOND_LIMIT,
  /** The server has no room left on its disk. */
  FULL,
  /** The connection is gone, or was never there. */
  CONNECTION,
  /** The server reports damaged data. */
  CORRUPTED,
  /** Anything else. */
  OTHER
}
