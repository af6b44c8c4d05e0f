package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.error.ElectionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * One attempt to win a term: queue up, wait until everybody before is gone. The queue is the order
 * of the sequence numbers; ours never changes, and only nodes with lower ones can be before us, so
 * even a view that lags behind can only make us wait too long.
 */
final class Campaign {

  /** Digits of a sequence number at the end of a name. */
  private static final int SEQUENCE_DIGITS = 10;

  private final TermConnection own;
  private final ZooKeeperConnection connection;
  private final String parent;
  private final String address;
  private final ElectionTiming timing;

  Campaign(TermConnection own, String parent, String address, ElectionTiming timing) {
    this.own = own;
    this.connection = own.connection();
    this.parent = parent;
    this.address = address;
    this.timing = timing;
  }

  /** The participants' names, who leads or will lead first. */
  static List<String> inOrder(List<String> names) {
    return names.stream()
        .filter(name -> name.length() > SEQUENCE_DIGITS)
        .sorted(Comparator.comparing(name -> name.substring(name.length() - SEQUENCE_DIGITS)))
        .toList();
  }

  /** Blocks until the term is won. The caller ends the connection if it is not. */
  ZooKeeperLease win() throws ZooKeeperCallException, InterruptedException {
    Deadline deadline = Deadline.in(timing.renewalTimeout());
    UUID store = connection.identity().get(deadline);
    ZooKeeperSession session = connection.connected(deadline);
    checkSession(session.handle());
    String node = queueUp(session.handle(), deadline);
    while (true) {
      if (session.isOver()) {
        throw new ElectionException(
            "The session of %s ended while it waited in the election on ZooKeeper at %s; campaign again"
                .formatted(address, connection.addresses()));
      }
      try {
        int losses = session.losses();
        long asked = System.nanoTime();
        if (isFirst(session.handle(), node) && isThere(session.handle(), node)) {
          return new ZooKeeperLease(own, session, losses, store, node, address, timing, asked);
        }
      } catch (ZooKeeperCallException e) {
        if (!e.isWorthAnotherRead() && e.kind() != ZooKeeperCallException.Kind.NO_ANSWER) {
          throw e;
        }
        // The session may outlive the connection; if not, it is over in a moment.
        connection.awaitChange(timing.renewalInterval().dividedBy(4));
      }
    }
  }

  private void checkSession(ZooKeeper session) {
    Duration granted = Duration.ofMillis(session.getSessionTimeout());
    if (granted.compareTo(timing.lease()) <= 0) {
      throw new ElectionException(
          ("ZooKeeper at %s grants sessions of %s only, a leader needs more than %s; raise"
                  + " maxSessionTimeout on the servers")
              .formatted(connection.addresses(), granted, timing.lease()));
    }
  }

  private String queueUp(ZooKeeper session, Deadline deadline) throws ZooKeeperCallException {
    Nodes.ensure(session, parent, connection.acl(), deadline);
    // The session's id makes the path unique even if somebody removes the parent by hand.
    String path = "%s/%016x-".formatted(parent, session.getSessionId());
    return Requests.await(
        Requests.create(
            session,
            path,
            address.getBytes(UTF_8),
            connection.acl(),
            CreateMode.EPHEMERAL_SEQUENTIAL),
        deadline);
  }

  /** Looks, and if somebody is before us waits for that one to go, or for the next look. */
  private boolean isFirst(ZooKeeper session, String node)
      throws ZooKeeperCallException, InterruptedException {
    Deadline deadline = Deadline.in(timing.renewalTimeout());
    List<String> queue = inOrder(Requests.await(Requests.children(session, parent), deadline));
    int position = queue.indexOf(node.substring(parent.length() + 1));
    if (position < 0) {
      throw new ElectionException(
          "The znode %s of %s was removed while it waited in the election; campaign again"
              .formatted(node, address));
    }
    if (position > 0) {
      awaitEnd(session, parent + "/" + queue.get(position - 1), deadline);
    }
    return position == 0;
  }

  private void awaitEnd(ZooKeeper session, String before, Deadline deadline)
      throws ZooKeeperCallException, InterruptedException {
    CompletableFuture<Void> moved = new CompletableFuture<>();
    Watcher watcher = event -> moved.complete(null);
    CompletableFuture<Boolean> there = new CompletableFuture<>();
    session.exists(
        before,
        watcher,
        (rc, path, ctx, stat) -> {
          if (rc == 0 || rc == KeeperException.Code.NONODE.intValue()) {
            there.complete(rc == 0);
          } else {
            there.completeExceptionally(Requests.failure(rc, before));
          }
        },
        null);
    if (Requests.await(there, deadline)) {
      try {
        moved.get(timing.renewalInterval().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException lookAgain) {
        session.removeWatches(
            before, watcher, Watcher.WatcherType.Any, true, (rc, path, ctx) -> {}, null);
      } catch (ExecutionException impossible) {
        throw new IllegalStateException("nobody fails it", impossible);
      }
    }
  }

  /** Whether our znode is there, by the word of a majority of the servers. */
  private boolean isThere(ZooKeeper session, String node) throws ZooKeeperCallException {
    Optional<Requests.Refusal> refusal =
        Requests.await(
            Requests.multi(session, List.of(Op.check(node, -1))),
            Deadline.in(timing.renewalTimeout()));
    return refusal.isEmpty();
  }
}
