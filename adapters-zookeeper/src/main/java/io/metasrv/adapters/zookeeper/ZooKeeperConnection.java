package io.metasrv.adapters.zookeeper;

import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.ZooKeeperOptions;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the servers in {@code store_addrs}. Curator connects, reconnects, and begins a
 * new session when one has expired; it repeats no request. Made without waiting: the first call
 * waits until the servers can be reached. Thread-safe.
 */
public final class ZooKeeperConnection implements AutoCloseable {

  /** How long closing waits for the client's threads. */
  private static final Duration CLOSE_TIME = Duration.ofMillis(500);

  /** How often a call that waits for a connection looks whether a new session is needed. */
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  private static final RetryPolicy NEVER = (count, elapsed, sleeper) -> false;

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperConnection.class);

  private final StoreOptions options;
  private final Layout layout;
  private final ZooKeeperSecurity security;
  private final boolean first;
  private final CuratorFramework curator;
  private final StoreIdentity identity;
  private final CurrentSession current;

  /**
   * @param first whether nobody had the security before, so that it ends with this connection
   */
  private ZooKeeperConnection(StoreOptions options, ZooKeeperSecurity security, boolean first) {
    ZooKeeperOptions zookeeper = options.zookeeper();
    this.options = options;
    this.layout = new Layout(zookeeper.root());
    this.security = security;
    this.first = first;
    this.identity = new StoreIdentity(this);
    this.current = new CurrentSession(layout, security);
    int sessionMillis = Math.toIntExact(zookeeper.sessionTimeout().toMillis());
    this.curator =
        CuratorFrameworkFactory.builder()
            .connectString(String.join(",", options.addresses()))
            .ensembleTracker(false)
            .sessionTimeoutMs(sessionMillis)
            .connectionTimeoutMs(sessionMillis)
            .retryPolicy(NEVER)
            .zkClientConfig(security.clientConfig())
            .zookeeperFactory(current)
            .dontUseContainerParents()
            .waitForShutdownTimeoutMs((int) CLOSE_TIME.toMillis())
            .maxCloseWaitMs((int) CLOSE_TIME.toMillis())
            .build();
  }

  /**
   * Starts connecting to the servers of the options; does not wait.
   *
   * @throws IllegalArgumentException if the options contradict each other or name a file that
   *     cannot be used; the message names the config key
   */
  public static ZooKeeperConnection open(StoreOptions options) {
    return start(new ZooKeeperConnection(options, ZooKeeperSecurity.of(options), true));
  }

  private static ZooKeeperConnection start(ZooKeeperConnection connection) {
    connection.curator.start();
    return connection;
  }

  /**
   * Waits for the servers and asks which store they hold; makes an empty one if there is none.
   *
   * @throws StoreException.Unavailable if no server answers or access is denied
   * @throws StoreException.Corrupted if another version wrote what is there
   */
  public void awaitReady() {
    try {
      LOG.info(
          "Using the store {} beneath '{}' on ZooKeeper at {}",
          firstIdentity(Deadline.in(callTimeout())),
          layout.root(),
          addresses());
    } catch (ZooKeeperCallException e) {
      throw new StoreException.Unavailable(
          ("Cannot use ZooKeeper at %s: %s. Check that it runs there, and store_addrs, backend_tls"
                  + " and [zookeeper]")
              .formatted(addresses(), ZooKeeperFailures.reason(e)),
          e);
    }
  }

  /** Servers that are just starting accept connections and drop them again. */
  private UUID firstIdentity(Deadline deadline) throws ZooKeeperCallException {
    while (true) {
      try {
        return identity.get(deadline);
      } catch (ZooKeeperCallException lost) {
        if (!lost.isWorthAnotherRead() || deadline.isOver()) {
          throw lost;
        }
        LOG.info(
            "ZooKeeper at {} dropped the connection, trying again: {}",
            addresses(),
            lost.getMessage());
        pause(deadline);
      }
    }
  }

  private void pause(Deadline deadline) throws ZooKeeperCallException {
    try {
      awaitChange(shorter(Duration.ofNanos(deadline.left()), BETWEEN_ATTEMPTS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ZooKeeperCallException(ZooKeeperCallException.Kind.INTERRUPTED, "interrupted");
    }
  }

  /** A further connection with the same options, and a session of its own; closed before this. */
  ZooKeeperConnection another() {
    return start(new ZooKeeperConnection(options, security, false));
  }

  String addresses() {
    return String.join(",", options.addresses());
  }

  Layout layout() {
    return layout;
  }

  Duration callTimeout() {
    return options.zookeeper().callTimeout();
  }

  Duration sessionTimeout() {
    return options.zookeeper().sessionTimeout();
  }

  /** What is put on every znode created. */
  List<ACL> acl() {
    return security.acl();
  }

  /** Which store this is; makes the layout if there is none yet. */
  StoreIdentity identity() {
    return identity;
  }

  /** A session that is connected now; waits for one. */
  ZooKeeperSession connected(Deadline deadline) throws ZooKeeperCallException {
    while (true) {
      long seen = current.changes();
      ZooKeeperSession session = current.get();
      if (session != null && session.isConnected()) {
        return session;
      }
      if (deadline.isOver()) {
        throw new ZooKeeperCallException(
            ZooKeeperCallException.Kind.NOT_CONNECTED,
            "ZooKeeper at %s cannot be reached".formatted(addresses()));
      }
      if (session != null && session.isOver()) {
        replaceHandle();
      }
      try {
        current.awaitMoreThan(seen, shorter(Duration.ofNanos(deadline.left()), LONGEST_LOOK));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ZooKeeperCallException(ZooKeeperCallException.Kind.INTERRUPTED, "interrupted");
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Curator begins a new session by itself if one expired; after a failed login, if asked. */
  private void replaceHandle() {
    try {
      ZooKeeper unused = curator.getZookeeperClient().getZooKeeper();
    } catch (Exception stillNot) {
      LOG.debug("No new session with ZooKeeper at {} yet", addresses(), stillNot);
    }
  }

  /** Waits for what {@link #connected} waits for, or any other change, for at most this long. */
  void awaitChange(Duration atMost) throws InterruptedException {
    current.awaitMoreThan(current.changes(), atMost);
  }

  /** Ends the session: its ephemeral znodes are gone at once if the servers can be reached. */
  @Override
  public void close() {
    curator.close();
    if (first) {
      security.removeTemporaryFile();
    }
  }
}
