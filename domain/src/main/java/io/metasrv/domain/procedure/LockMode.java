package io.metasrv.domain.procedure;

/** How a procedure holds a lock. */
public enum LockMode {
  /** Beside others who share it. */
  SHARE("Share"),
  /** Alone. */
  EXCLUSIVE("Exclusive");

  private final String wireName;

  LockMode(String wireName) {
    this.wireName = wireName;
  }

  /** Whether two holders of the same lock, in these modes, exclude each other. */
  public boolean conflictsWith(LockMode other) {
    return this == EXCLUSIVE || other == EXCLUSIVE;
  }

  /** The name in listings. */
  public String wireName() {
    return wireName;
  }
}
