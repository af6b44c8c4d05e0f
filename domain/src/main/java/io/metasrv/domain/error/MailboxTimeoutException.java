package io.metasrv.domain.error;

/** No reply to an instruction came in time. */
public final class MailboxTimeoutException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public MailboxTimeoutException(long messageId) {
    super(StatusCode.CANCELLED, true, "Mailbox timeout: " + Long.toUnsignedString(messageId));
  }
}
