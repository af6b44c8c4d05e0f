package io.metasrv.domain.error;

/**
 * Anything that goes wrong in a way a caller can meet. The message says what was attempted, on
 * what, and what can be done; it may be masked on the wire ({@link StatusCode#isMasked()}), never
 * in the log.
 *
 * <p>Whether trying again can help is a property of the exception, not derived from its code (sheet
 * 10 §2, #8301).
 */
public abstract sealed class MetasrvException extends RuntimeException
    permits ElectionException,
        MailboxChannelClosedException,
        MailboxTimeoutException,
        NodeException,
        NotEnoughNodesException,
        NotLeaderException,
        ProcedureException,
        PusherNotFoundException,
        ServiceException,
        StoreException,
        StreamBrokenException,
        WalException {

  private static final long serialVersionUID = 1L;

  private final StatusCode code;
  private final boolean retryable;

  protected MetasrvException(StatusCode code, boolean retryable, String message) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  protected MetasrvException(StatusCode code, boolean retryable, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryable = retryable;
  }

  /** The code that clients see. */
  public final StatusCode code() {
    return code;
  }

  /** Whether the same attempt may succeed later. */
  public final boolean isRetryable() {
    return retryable;
  }
}
