package io.metasrv.adapters.zookeeper;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * The session that is used now, and news of it: makes Curator's handles in a way that we see their
 * events first. Thread-safe.
 *
 * <p>Curator calls in here while it holds locks of its own, so nobody calls Curator while holding
 * the lock in here.
 */
final class CurrentSession implements ZookeeperFactory {

  private final Layout layout;
  private final ZooKeeperSecurity security;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong changes = new AtomicLong();
  private volatile @Nullable ZooKeeperSession session;

  /**
   * @param security what every handle is made with
   */
  CurrentSession(Layout layout, ZooKeeperSecurity security) {
    this.layout = layout;
    this.security = security;
  }

  /** The newest session; none before the first. */
  @Nullable ZooKeeperSession get() {
    return session;
  }

  /** How many things have happened so far to any session. */
  long changes() {
    return changes.get();
  }

  /**
   * Waits until more has happened than the caller has seen, for at most this long.
   *
   * @param seen from {@link #changes()}, read before looking at the session
   */
  void awaitMoreThan(long seen, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (changes.get() == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void signalChange() {
    lock.lock();
    try {
      long unused = changes.incrementAndGet();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ZooKeeper newZooKeeper(
      String servers, int sessionMillis, Watcher watcher, boolean canBeReadOnly) throws Exception {
    return newZooKeeper(servers, sessionMillis, watcher, canBeReadOnly, security.clientConfig());
  }

  @Override
  public ZooKeeper newZooKeeper(
      String servers,
      int sessionMillis,
      Watcher watcher,
      boolean canBeReadOnly,
      ZKClientConfig ofCurator)
      throws Exception {
    ZooKeeperSession made = new ZooKeeperSession(layout, this::signalChange);
    Watcher both =
        event -> {
          made.process(event);
          // Only the servers know when a session is over. Curator would guess that it is some time
          // after a disconnection, and begin another; a write of the old one could then still be
          // under way, behind the back of whoever reads to learn its outcome.
          if (event.getState() != Watcher.Event.KeeperState.Disconnected) {
            watcher.process(event);
          }
        };
    ZooKeeper handle =
        new ZooKeeper(servers, sessionMillis, both, canBeReadOnly, security.clientConfig());
    // Before anybody can use it, or a request could overtake the login.
    security.login().ifPresent(login -> handle.addAuthInfo(login.getScheme(), login.getAuth()));
    made.bind(handle);
    session = made;
    signalChange();
    return handle;
  }
}
