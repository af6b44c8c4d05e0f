package io.metasrv.domain.error;

/**
 * A datanode, flownode or frontend did not do what it was asked to (sheet 01 §12). The message says
 * what was asked of whom; the cause is what the node itself said, in its own words and with its own
 * code, or what became of the connection.
 *
 * <p>Retryable exactly if the call ended as {@code UNAVAILABLE}, {@code CANCELLED} or {@code
 * DEADLINE_EXCEEDED}, whatever the code; the request may have taken effect even then.
 */
public final class NodeException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  /**
   * @param request what was asked of whom
   * @param said what the node said
   */
  public NodeException(boolean retryable, String request, ServiceException said) {
    super(said.code(), retryable, request + ": " + said.getMessage(), said);
  }
}
