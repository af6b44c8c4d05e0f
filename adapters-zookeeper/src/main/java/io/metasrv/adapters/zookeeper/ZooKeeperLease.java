package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.error.ElectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.Op;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A term won on ZooKeeper: an ephemeral znode, the session that keeps it, and the connection that
 * keeps the session. A renewal is a write of nothing but a check of the znode, so a majority of the
 * servers has to agree to it.
 *
 * <p>Two things end a term that ZooKeeper alone would let go on. A connection that was lost, even
 * for a moment, makes it doubtful for good. And since the client keeps its session alive whether or
 * not the application renews, a guard ends the session once the lease has run out.
 */
final class ZooKeeperLease implements LeaderLease {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperLease.class);

  private final TermConnection own;
  private final ZooKeeperSession session;
  private final int lossesWhenWon;
  private final ZooKeeperFence fence;
  private final ElectionTiming timing;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread guard;
  private volatile long renewedAt;

  ZooKeeperLease(
      TermConnection own,
      ZooKeeperSession session,
      int lossesWhenWon,
      UUID store,
      String node,
      String address,
      ElectionTiming timing,
      long wonAt) {
    this.own = own;
    this.session = session;
    this.lossesWhenWon = lossesWhenWon;
    this.timing = timing;
    this.renewedAt = wonAt;
    this.fence = new ZooKeeperFence(store, node, address, this::isDoubtful);
    this.guard = Thread.ofVirtual().name("metasrv-lease-" + address).start(this::endInTime);
  }

  private boolean isDoubtful() {
    return over.get() || session.losses() != lossesWhenWon;
  }

  @Override
  public Fence fence() {
    return fence;
  }

  @Override
  public Renewal renew() throws InterruptedException {
    if (over.get()) {
      return Renewal.LOST;
    }
    long sentAt = System.nanoTime();
    if (isDoubtful() && (session.isConnected() || session.isOver())) {
      return lost("its connection was lost meanwhile");
    }
    if (isDoubtful()) {
      throw new ElectionException(
          "Could not renew the %s: the connection to ZooKeeper at %s is lost"
              .formatted(fence.describe(), own.connection().addresses()));
    }
    try {
      Optional<Requests.Refusal> refusal =
          Requests.await(
              Requests.multi(session.handle(), List.of(Op.check(fence.node(), -1))),
              Deadline.in(timing.renewalTimeout()));
      if (refusal.isPresent()) {
        return lost("its znode is gone");
      }
    } catch (ZooKeeperCallException e) {
      throw ZooKeeperFailures.ofElection(
          "Could not renew the %s at %s within %s"
              .formatted(fence.describe(), own.connection().addresses(), timing.renewalTimeout()),
          e);
    }
    renewedAt = sentAt;
    return over.get() ? Renewal.LOST : Renewal.RENEWED;
  }

  private Renewal lost(String why) {
    LOG.info("The {} is over: {}", fence.describe(), why);
    resign();
    return Renewal.LOST;
  }

  /** Runs until the lease is over; ends it when it was not renewed in time. */
  private void endInTime() {
    try {
      while (!over.get()) {
        long left = renewedAt + timing.lease().toNanos() - System.nanoTime();
        if (left <= 0) {
          LOG.info("The {} was not renewed within {} and ends", fence.describe(), timing.lease());
          resign();
          return;
        }
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException resigned) {
      // The lease is over; nothing is left to guard.
      return;
    }
  }

  @Override
  public void resign() {
    if (over.getAndSet(true)) {
      return;
    }
    if (Thread.currentThread() != guard) {
      guard.interrupt();
    }
    own.end();
  }
}
