package io.metasrv.domain.error;

/**
 * A call to the metadata store did not succeed. The subtypes say what the caller may conclude about
 * the store's content; nothing else may be concluded.
 */
public abstract sealed class StoreException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  private StoreException(StatusCode code, boolean retryable, String message) {
    super(code, retryable, message);
  }

  private StoreException(StatusCode code, boolean retryable, String message, Throwable cause) {
    super(code, retryable, message, cause);
  }

  /**
   * The request can never be carried out as it stands: empty key, key written twice, above a limit.
   * Nothing changed.
   */
  public static final class Rejected extends StoreException {
    private static final long serialVersionUID = 1L;

    public Rejected(String message) {
      super(StatusCode.INVALID_ARGUMENTS, false, message);
    }
  }

  /**
   * The store could not be reached or refused to work now. Nothing changed; the call may be
   * repeated.
   */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(StatusCode.INTERNAL, true, message, cause);
    }

    public Unavailable(String message) {
      super(StatusCode.INTERNAL, true, message);
    }
  }

  /**
   * A write was sent and its outcome is unknown: it may have taken effect, may still take effect,
   * or may not. The caller must read before it decides; it must not assume.
   */
  public static final class UnknownOutcome extends StoreException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String message, Throwable cause) {
      super(StatusCode.INTERNAL, false, message, cause);
    }
  }

  /**
   * A fenced write was refused: the term it belongs to is over. Nothing changed, and nothing of
   * that term ever will.
   */
  public static final class FencedOut extends StoreException {
    private static final long serialVersionUID = 1L;

    public FencedOut(String message) {
      super(StatusCode.ILLEGAL_STATE, false, message);
    }
  }

  /**
   * One page of a range is larger than the transport allows. Ask for fewer keys. Nothing changed.
   */
  public static final class ResponseTooLarge extends StoreException {
    private static final long serialVersionUID = 1L;

    public ResponseTooLarge(String message, Throwable cause) {
      super(StatusCode.INTERNAL, false, message, cause);
    }
  }

  /**
   * The store's own data are damaged (checksum, format). The store must not be written until
   * someone has looked.
   */
  public static final class Corrupted extends StoreException {
    private static final long serialVersionUID = 1L;

    public Corrupted(String message, Throwable cause) {
      super(StatusCode.INTERNAL, false, message, cause);
    }
  }
}
