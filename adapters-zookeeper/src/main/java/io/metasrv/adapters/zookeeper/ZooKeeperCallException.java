package io.metasrv.adapters.zookeeper;

import org.apache.zookeeper.KeeperException;

/** A request to ZooKeeper did not succeed; what is known of it. */
final class ZooKeeperCallException extends Exception {

  private static final long serialVersionUID = 1L;

  /** In what way it failed. */
  enum Kind {
    /** No connection came about, so nothing was sent. */
    NOT_CONNECTED,
    /** The connection was lost before the answer came. */
    CONNECTION_LOST,
    /** The answer did not come in time. */
    NO_ANSWER,
    /** The caller was interrupted while it waited; its interrupt flag is set. */
    INTERRUPTED,
    /** ZooKeeper refused it. */
    REFUSED
  }

  private final Kind kind;
  private final KeeperException.Code code;

  ZooKeeperCallException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.code = KeeperException.Code.SYSTEMERROR;
  }

  ZooKeeperCallException(KeeperException cause) {
    super(cause.getMessage(), cause);
    this.code = cause.code();
    this.kind =
        switch (code) {
          case CONNECTIONLOSS, OPERATIONTIMEOUT, SESSIONEXPIRED, SESSIONMOVED, REQUESTTIMEOUT ->
              Kind.CONNECTION_LOST;
          default -> Kind.REFUSED;
        };
  }

  Kind kind() {
    return kind;
  }

  /** ZooKeeper's own word; {@code SYSTEMERROR} if it said nothing. */
  KeeperException.Code code() {
    return code;
  }

  boolean isInterruption() {
    return kind == Kind.INTERRUPTED;
  }

  /** Whether the same read may succeed a moment later. */
  boolean isWorthAnotherRead() {
    return kind == Kind.CONNECTION_LOST;
  }
}
