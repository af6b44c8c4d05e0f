package io.metasrv.application.mailbox;

import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.error.MailboxChannelClosedException;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One registered heartbeat stream: messages are pushed into it, and those who wait for a reply over
 * it are known here, so that they fail with it. Its identity, not its key, is what registration
 * goes by. Thread-safe; nothing here blocks.
 */
public final class Pusher {

  private final PusherKey key;
  private final NodeStream stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Promise<MailboxMessage>> waiting = new LinkedHashMap<>();
  private boolean closed;

  Pusher(PusherKey key, NodeStream stream) {
    this.key = key;
    this.stream = stream;
  }

  /** Names the node. */
  public PusherKey key() {
    return key;
  }

  /**
   * Pushes a message.
   *
   * @return false if the stream is over
   */
  boolean push(HeartbeatResponse message) {
    return stream.send(message);
  }

  /**
   * Makes ready for the reply to a message.
   *
   * @throws MailboxChannelClosedException if the stream was removed or replaced
   */
  Promise<MailboxMessage> expect(long messageId, Runtime runtime) {
    Promise<MailboxMessage> reply = runtime.promise();
    lock.lock();
    try {
      if (closed) {
        throw new MailboxChannelClosedException(key.toString());
      }
      waiting.put(messageId, reply);
      return reply;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits for this reply any more. */
  void forget(long messageId) {
    take(messageId);
  }

  /**
   * Hands a reply to whoever waits for it.
   *
   * @return false if nobody does: it came too late, or to a message nobody sent
   */
  public boolean deliver(MailboxMessage reply) {
    Promise<MailboxMessage> waiter = take(reply.getId());
    return waiter != null && waiter.complete(reply);
  }

  private @Nullable Promise<MailboxMessage> take(long messageId) {
    lock.lock();
    try {
      return waiting.remove(messageId);
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for a reply. */
  int waitingCount() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** The stream is not registered any more: whoever waits fails at once. */
  void close() {
    List<Promise<MailboxMessage>> failed;
    lock.lock();
    try {
      closed = true;
      failed = List.copyOf(waiting.values());
      waiting.clear();
    } finally {
      lock.unlock();
    }
    failed.forEach(waiter -> waiter.fail(new MailboxChannelClosedException(key.toString())));
  }

  /** The stream is registered again, after another one of its node has come and gone. */
  void reopen() {
    lock.lock();
    try {
      closed = false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream itself. */
  void end(StreamEnd reason) {
    stream.end(reason);
  }

  @Override
  public String toString() {
    return key + " at " + stream.remote();
  }
}
