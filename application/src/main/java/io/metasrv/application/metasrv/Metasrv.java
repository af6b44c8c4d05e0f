package io.metasrv.application.metasrv;

import io.metasrv.application.heartbeat.HeartbeatEndpoint;
import io.metasrv.application.metadata.DefaultCatalog;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server object: what is alive from start to stop of a node, leader or not. Made by {@link
 * MetasrvAssembly}. Thread-safe; both methods may be called again, in any order.
 */
public final class Metasrv {

  private static final Logger LOG = LoggerFactory.getLogger(Metasrv.class);

  /** Without competition a node leads as soon as its components have started. */
  private static final Duration LONGEST_LONELY_START = Duration.ofSeconds(60);

  private final KeyValueStore store;
  private final LeadershipKeeper keeper;
  private final CandidateAnnouncer announcer;
  private final HeartbeatEndpoint heartbeats;
  private final boolean sharedStore;
  private final MetasrvServices services;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private boolean started;

  Metasrv(
      KeyValueStore store,
      LeadershipKeeper keeper,
      CandidateAnnouncer announcer,
      HeartbeatEndpoint heartbeats,
      boolean sharedStore,
      MetasrvServices services) {
    this.store = store;
    this.keeper = keeper;
    this.announcer = announcer;
    this.heartbeats = heartbeats;
    this.sharedStore = sharedStore;
    this.services = services;
  }

  /**
   * Starts the node (sheet 02 §15): makes sure of the default catalogue, announces the node and
   * takes part in the election. On a store of its own it returns when the node leads; on a shared
   * one at once.
   *
   * @throws MetasrvException if the store cannot be asked or written, or if a node on a store of
   *     its own could not get ready; nothing is left running then
   */
  public void start() throws InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      if (started) {
        LOG.warn("This metasrv is running already, the call to start it again changes nothing");
        return;
      }
      DefaultCatalog.createIfAbsent(store);
      startAll();
    } finally {
      lifecycle.unlock();
    }
  }

  private void startAll() throws InterruptedException {
    boolean complete = false;
    try {
      started = true;
      heartbeats.open();
      announcer.start();
      keeper.start();
      if (!sharedStore && !keeper.awaitReady(LONGEST_LONELY_START)) {
        throw ServiceException.illegalState(
            "This metasrv has its store to itself and still does not lead after %s s (it got to %s); see the log for the component that failed"
                .formatted(LONGEST_LONELY_START.toSeconds(), keeper.state()));
      }
      complete = true;
    } finally {
      if (!complete) {
        stopAll();
      }
    }
  }

  /**
   * Stops the node: heartbeat streams end, the term ends, if there is one, and is handed over at
   * once; then the announcement is taken back. Returns when nothing runs any more.
   */
  public void stop() throws InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      stopAll();
    } finally {
      lifecycle.unlock();
    }
  }

  private void stopAll() throws InterruptedException {
    if (started) {
      heartbeats.shutDown();
      keeper.stop();
      announcer.stop();
      started = false;
    }
  }

  /**
   * Waits until this node has led for the first time since it was started.
   *
   * @return whether it has within the time given
   */
  public boolean awaitReady(Duration atMost) throws InterruptedException {
    return keeper.awaitReady(atMost);
  }

  /** What this node does for others. */
  public MetasrvServices services() {
    return services;
  }

  /** Whether this node leads, and who does. */
  public Leadership leadership() {
    return keeper;
  }
}
