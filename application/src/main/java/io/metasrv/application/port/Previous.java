package io.metasrv.application.port;

/**
 * Whether a write also reads what it replaces or removes. Reading costs; ask only where it is used.
 */
public enum Previous {
  /** The previous pairs are not returned. */
  DISCARD,
  /**
   * The pairs replaced or removed are returned, exactly as they were at the moment of the write.
   */
  RETURN
}
