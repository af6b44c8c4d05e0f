package io.metasrv.adapters.zookeeper;

import io.metasrv.application.election.CandidateCodec;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.port.Candidate;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that are alive: one ephemeral znode a node, with the same JSON record as on other
 * backends (sheet 02 §11). It lasts as long as the process's session, which is shorter than the
 * candidate lease once the process is gone. Thread-safe.
 */
final class ZooKeeperCandidates {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperCandidates.class);

  private final ZooKeeperConnection connection;
  private final String parent;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** Held during an announcement and a withdrawal. */
  private final ReentrantLock lock = new ReentrantLock();

  private Optional<String> announced = Optional.empty();

  ZooKeeperCandidates(ZooKeeperConnection connection, String parent) {
    this.connection = connection;
    this.parent = parent;
  }

  /** Writes the record, for as long as this session lives. */
  void announce(Candidate candidate) throws InterruptedException {
    String attempted =
        "Could not announce %s on ZooKeeper at %s"
            .formatted(candidate.address(), connection.addresses());
    String path = parent + "/" + KeyNames.encode(Bytes.utf8(candidate.address()));
    byte[] record = CandidateCodec.encode(candidate).toByteArray();
    Deadline deadline = Deadline.in(connection.callTimeout());
    lock.lockInterruptibly();
    try {
      connection.identity().get(deadline);
      ZooKeeper session = connection.connected(deadline).handle();
      Nodes.ensure(session, parent, connection.acl(), deadline);
      announced = Optional.of(path);
      while (!isWritten(session, path, record, deadline)) {
        if (deadline.isOver()) {
          throw new ElectionException(attempted + ": another node uses the same address");
        }
      }
    } catch (ZooKeeperCallException e) {
      throw ZooKeeperFailures.ofElection(attempted, e);
    } finally {
      lock.unlock();
    }
  }

  /** One try; false if somebody else wrote in between. */
  private boolean isWritten(ZooKeeper session, String path, byte[] record, Deadline deadline)
      throws ZooKeeperCallException {
    Optional<Requests.Node> old = Requests.await(Requests.read(session, path), deadline);
    List<Op> ops = new ArrayList<>();
    if (old.isPresent() && old.get().stat().getEphemeralOwner() == session.getSessionId()) {
      ops.add(Op.setData(path, record, -1));
    } else {
      // Of an earlier session, of this process or of one before it: it would vanish with that.
      old.ifPresent(node -> ops.add(Op.delete(path, -1)));
      ops.add(Op.create(path, record, connection.acl(), CreateMode.EPHEMERAL));
    }
    Optional<Requests.Refusal> refusal = Requests.await(Requests.multi(session, ops), deadline);
    if (refusal.isEmpty()) {
      return true;
    }
    return switch (refusal.get().code()) {
      case NONODE, NODEEXISTS -> false;
      default ->
          throw new ZooKeeperCallException(KeeperException.create(refusal.get().code(), path));
    };
  }

  /** Removes this process's record. */
  void withdraw() {
    lock.lock();
    boolean interrupted = Thread.interrupted();
    try {
      if (announced.isPresent()) {
        remove(announced.get());
        announced = Optional.empty();
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void remove(String path) {
    Deadline deadline = Deadline.in(connection.callTimeout());
    try {
      Optional<Requests.Refusal> unused =
          Requests.await(
              Requests.multi(connection.connected(deadline).handle(), List.of(Op.delete(path, -1))),
              deadline);
    } catch (ZooKeeperCallException e) {
      LOG.warn(
          "Could not withdraw this node from the candidates on ZooKeeper at {}; its record ends"
              + " with its session: {}",
          connection.addresses(),
          e.getMessage());
    }
  }

  /** The records that can be read, ascending by address. */
  List<Candidate> list() {
    Deadline deadline = Deadline.in(connection.callTimeout());
    try {
      ZooKeeper session = connection.connected(deadline).handle();
      CompletableFuture<Void> barrier = Requests.sync(session, connection.layout().candidates());
      CompletableFuture<List<String>> names = Requests.children(session, parent);
      Requests.await(barrier, deadline);
      List<Candidate> found = new ArrayList<>();
      for (String name : Requests.await(names, deadline)) {
        Requests.await(Requests.read(session, parent + "/" + name), deadline)
            .flatMap(node -> decode(name, node))
            .ifPresent(found::add);
      }
      found.sort(Comparator.comparing(Candidate::address));
      return List.copyOf(found);
    } catch (ZooKeeperCallException e) {
      throw ZooKeeperElection.readFailed("Read of the candidates", e);
    }
  }

  private Optional<Candidate> decode(String name, Requests.Node record) {
    try {
      return Optional.of(CandidateCodec.decode(Bytes.wrap(record.data())));
    } catch (JsonFormatException e) {
      if (reported.add(name)) {
        LOG.warn(
            "The candidate record {}/{} on ZooKeeper at {} cannot be read and is left out: {}",
            parent,
            name,
            connection.addresses(),
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
