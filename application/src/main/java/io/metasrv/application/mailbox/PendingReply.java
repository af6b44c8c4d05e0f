package io.metasrv.application.mailbox;

import io.metasrv.application.instruction.InstructionReply;
import io.metasrv.application.instruction.InstructionReplyCodec;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.error.MailboxTimeoutException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import java.util.Optional;

/**
 * A message that was sent and whose reply is still to come. Whoever holds one awaits it or closes
 * it, so that nothing is kept for nobody. Used by one task.
 */
public final class PendingReply implements AutoCloseable {

  private final long id;
  private final Pusher pusher;
  private final Promise<MailboxMessage> reply;
  private final MonotonicTime deadline;
  private final Runtime runtime;

  PendingReply(
      long id,
      Pusher pusher,
      Promise<MailboxMessage> reply,
      MonotonicTime deadline,
      Runtime runtime) {
    this.id = id;
    this.pusher = pusher;
    this.reply = reply;
    this.deadline = deadline;
    this.runtime = runtime;
  }

  /** The message's id, unsigned, never 0. */
  public long id() {
    return id;
  }

  /**
   * Waits for the reply.
   *
   * @throws MailboxTimeoutException if the timeout given to send has passed
   * @throws io.metasrv.domain.error.MailboxChannelClosedException if the stream ended or was
   *     replaced
   */
  public MailboxMessage awaitMessage() throws InterruptedException {
    try {
      Optional<MailboxMessage> message = reply.await(deadline.since(runtime.monotonic()));
      return message.orElseThrow(() -> new MailboxTimeoutException(id));
    } finally {
      close();
    }
  }

  /**
   * Waits for the reply and reads it.
   *
   * @throws ServiceException (Unexpected) if it has no payload or none that can be read
   */
  public InstructionReply await() throws InterruptedException {
    MailboxMessage message = awaitMessage();
    if (!message.hasJson()) {
      throw ServiceException.unexpected(
          "Received unexpected instruction reply, mailbox message: "
              + Long.toUnsignedString(id)
              + ", reason: empty payload");
    }
    return InstructionReplyCodec.decode(message.getJson());
  }

  /** Waits no more. Idempotent. */
  @Override
  public void close() {
    pusher.forget(id);
  }
}
