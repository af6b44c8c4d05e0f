package io.metasrv.domain.error;

/**
 * A step of an election failed; nothing is known of the outcome, the caller backs off and campaigns
 * again.
 */
public final class ElectionException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public ElectionException(String message) {
    super(StatusCode.INTERNAL, true, message);
  }

  public ElectionException(String message, Throwable cause) {
    super(StatusCode.INTERNAL, true, message, cause);
  }
}
