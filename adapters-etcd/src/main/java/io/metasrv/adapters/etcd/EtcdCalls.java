package io.metasrv.adapters.etcd;

import io.grpc.MethodDescriptor;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;

/**
 * Calls of the store with the port's errors. A read is repeated a little, on the next member, while
 * etcd says that it is unavailable, which it does while its members elect, or while a member says
 * nothing at all; a write never is. Either way a call is over after the connection's call timeout.
 */
final class EtcdCalls {

  /** Pauses between the attempts of one read: enough to reach another member. */
  private static final Duration[] READ_PAUSES = {Duration.ofMillis(50), Duration.ofMillis(250)};

  private final EtcdConnection connection;

  EtcdCalls(EtcdConnection connection) {
    this.connection = connection;
  }

  /**
   * @param attempted for errors: what is done to what
   */
  <Q, A> A read(String attempted, MethodDescriptor<Q, A> method, Q request) {
    long deadline = System.nanoTime() + connection.callTimeout().toNanos();
    for (int attempt = 0; ; attempt++) {
      boolean last = attempt == READ_PAUSES.length;
      long left = deadline - System.nanoTime();
      try {
        // A silent member must not use up all the time there is.
        return connection.call(method, request, Duration.ofNanos(last ? left : left / 2));
      } catch (EtcdCallException e) {
        if (last
            || !EtcdFailures.isWorthAnotherRead(e)
            || !pausedBefore(deadline, READ_PAUSES[attempt])) {
          throw EtcdFailures.ofRead(attempted + " on " + connection.endpoints(), e);
        }
      }
    }
  }

  /** Tried once: its outcome may be unknown. */
  <Q, A> A write(String attempted, MethodDescriptor<Q, A> method, Q request) {
    try {
      return connection.call(method, request, connection.callTimeout());
    } catch (EtcdCallException e) {
      throw EtcdFailures.ofWrite(attempted + " on " + connection.endpoints(), e);
    }
  }

  /**
   * @return false if there is no time left, or the thread was interrupted
   */
  private static boolean pausedBefore(long deadline, Duration pause) {
    if (deadline - System.nanoTime() <= pause.toNanos()) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Fails as a write that was refused because the term of its view is over. */
  StoreException.FencedOut fencedOut(String attempted, EtcdFence fence) {
    return new StoreException.FencedOut(
        "%s on %s: refused, because the %s is over; nothing was changed"
            .formatted(attempted, connection.endpoints(), fence.describe()));
  }
}
