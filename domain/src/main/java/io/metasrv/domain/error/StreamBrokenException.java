package io.metasrv.domain.error;

/** The transport of a heartbeat stream failed; the peer is gone or unreachable. */
public final class StreamBrokenException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public StreamBrokenException(String message, Throwable cause) {
    super(StatusCode.INTERNAL, true, message, cause);
  }
}
