package io.metasrv.domain.error;

/**
 * The remote write-ahead log did not do what it was asked to (sheet 08 §5, §7). The message says
 * what was asked of which topic at which brokers.
 */
public final class WalException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  /**
   * @param retryable whether the log could not be reached or was not ready, so that the same
   *     request may succeed later
   */
  public WalException(boolean retryable, String message, Throwable cause) {
    super(StatusCode.UNEXPECTED, retryable, message, cause);
  }
}
