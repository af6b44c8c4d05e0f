package io.metasrv.adapters.zookeeper;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * One handle of ZooKeeper's client, for as long as its session lives, and the index of keys that
 * its watch keeps. What happens to the connection is known here at the moment the client's event
 * thread knows it. Thread-safe.
 */
final class ZooKeeperSession implements Watcher {

  private final CompletableFuture<ZooKeeper> handle = new CompletableFuture<>();
  private final KeyIndex index;
  private final Runnable onChange;
  private volatile boolean connected;
  private volatile boolean over;
  private final AtomicInteger losses = new AtomicInteger();

  /**
   * @param onChange called on the event thread when {@link #isConnected} or {@link #isOver} changed
   */
  ZooKeeperSession(Layout layout, Runnable onChange) {
    this.index = new KeyIndex(layout);
    this.onChange = onChange;
  }

  void bind(ZooKeeper zooKeeper) {
    handle.complete(zooKeeper);
  }

  /** The handle; there from the moment on that the session is {@linkplain #isConnected usable}. */
  ZooKeeper handle() {
    return handle.join();
  }

  KeyIndex index() {
    return index;
  }

  boolean isConnected() {
    return connected && handle.isDone();
  }

  /** How often the connection was lost so far: whoever relies on it compares two readings. */
  int losses() {
    return losses.get();
  }

  /** Whether the session has ended and will never be connected again. */
  boolean isOver() {
    return over;
  }

  @Override
  public void process(WatchedEvent event) {
    if (event.getType() != Event.EventType.None) {
      return;
    }
    switch (event.getState()) {
      case SyncConnected -> connected = true;
      case Disconnected -> connected = false;
      case Expired, Closed, AuthFailed -> {
        connected = false;
        over = true;
      }
      default -> {
        // SaslAuthenticated and the read-only mode we never ask for change nothing.
        return;
      }
    }
    if (!connected) {
      losses.incrementAndGet();
      index.disconnected();
    }
    onChange.run();
  }
}
