package io.metasrv.domain.error;

/** The stream an instruction was sent on ended, or was replaced, before the reply. */
public final class MailboxChannelClosedException extends MetasrvException {

  private static final long serialVersionUID = 1L;

  public MailboxChannelClosedException(String channel) {
    super(StatusCode.ILLEGAL_STATE, false, "Mailbox channel closed: " + channel);
  }
}
