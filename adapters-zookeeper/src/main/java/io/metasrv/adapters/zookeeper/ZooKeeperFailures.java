package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;

/**
 * The one place where failures of ZooKeeper become failures of the ports. A write is only called
 * "not done" if it was not sent or ZooKeeper refused it as a whole.
 */
final class ZooKeeperFailures {

  private ZooKeeperFailures() {}

  /** A read failed, or a request before the one that takes effect. */
  static StoreException beforeAnyEffect(String attempted, ZooKeeperCallException failure) {
    return new StoreException.Unavailable(
        "%s: %s; nothing was changed".formatted(attempted, reason(failure)), failure);
  }

  /** The request that takes effect was sent and failed. */
  static StoreException ofWrite(String attempted, ZooKeeperCallException failure) {
    return switch (failure.kind()) {
      case NOT_CONNECTED, REFUSED -> beforeAnyEffect(attempted, failure);
      case CONNECTION_LOST, NO_ANSWER, INTERRUPTED ->
          new StoreException.UnknownOutcome(
              "%s: %s; it may or may not have taken effect, read before deciding"
                  .formatted(attempted, reason(failure)),
              failure);
    };
  }

  /** What is stored cannot be understood. */
  static StoreException damaged(String attempted, String what, Throwable cause) {
    return new StoreException.Corrupted(
        "%s: %s; leave the znodes as they are and look before anything writes"
            .formatted(attempted, what),
        cause);
  }

  /**
   * A step of an election failed.
   *
   * @throws InterruptedException instead, if the caller was interrupted
   */
  static ElectionException ofElection(String attempted, ZooKeeperCallException failure)
      throws InterruptedException {
    if (failure.isInterruption()) {
      Thread.interrupted();
      throw new InterruptedException(attempted + ": interrupted");
    }
    return new ElectionException(attempted + ": " + reason(failure), failure);
  }

  /** For people: what went wrong. */
  static String reason(ZooKeeperCallException failure) {
    return switch (failure.kind()) {
      case INTERRUPTED -> "interrupted while waiting for ZooKeeper";
      case REFUSED ->
          switch (failure.code()) {
            case NOAUTH, AUTHFAILED ->
                "ZooKeeper denies access (%s); check zookeeper.auth, user, password and the ACLs"
                    .formatted(failure.code());
            case UNIMPLEMENTED ->
                "this ZooKeeper is older than 3.6 and cannot do what is asked of it; use 3.6 or"
                    + " newer";
            default -> "ZooKeeper refused it (%s)".formatted(failure.getMessage());
          };
      case NOT_CONNECTED, CONNECTION_LOST, NO_ANSWER -> String.valueOf(failure.getMessage());
    };
  }
}
