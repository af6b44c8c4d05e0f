package io.metasrv.application.options;

/**
 * A password or token. Prints as stars, so that it cannot reach a log by accident.
 *
 * @param value the secret itself; empty if there is none
 */
public record Secret(String value) {

  /** No secret. */
  public static final Secret NONE = new Secret("");

  /** Whether there is no secret. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "" : "******";
  }
}
