package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metasrv.domain.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes parts of large values that nobody names: of writers that died between writing the parts
 * and naming them, or whose outcome was unknown. Runs beside a write of a large value, at most once
 * in a while. Thread-safe.
 *
 * <p>No timing is relied on. Before parts are removed their generation's version is raised, in one
 * step with a check that their key still does not name them; a writer names parts only with a check
 * that the version is the first. One of the two loses.
 */
final class ChunkSweeper {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkSweeper.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration CALL = Duration.ofSeconds(10);

  private final ZooKeeperConnection connection;
  private final Duration leastAge;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /**
   * @param leastAge how old unnamed parts have to be, by the servers' clock: courtesy to writers at
   *     work, who would have to start again
   */
  ChunkSweeper(ZooKeeperConnection connection, Duration leastAge) {
    this.connection = connection;
    this.leastAge = leastAge;
  }

  /** Starts a sweep on a thread of its own if the last was long ago. */
  void sweepNowAndThen(ZooKeeper session) {
    long due = next.get();
    long now = System.nanoTime();
    if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL.toNanos())) {
      Thread unused =
          Thread.ofVirtual().name("metasrv-zookeeper-sweep").start(() -> trySweep(session));
    }
  }

  private void trySweep(ZooKeeper session) {
    try {
      int removed = sweep(session);
      if (removed > 0) {
        LOG.info("Removed the parts of {} large values that were given up", removed);
      }
    } catch (ZooKeeperCallException | IllegalArgumentException e) {
      LOG.debug("Sweeping up parts of large values ended early", e);
    }
  }

  /** Removes what may be removed now; returns how many generations that were. */
  int sweep(ZooKeeper session) throws ZooKeeperCallException {
    Deadline deadline = Deadline.in(CALL);
    Layout layout = connection.layout();
    long now = serverTime(session, deadline);
    int removed = 0;
    List<String> ids =
        new ArrayList<>(Requests.await(Requests.children(session, layout.chunks()), deadline));
    // Many may be in use; in the end a sweep comes upon each, even if none gets through them all.
    Collections.shuffle(ids, ThreadLocalRandom.current());
    for (String id : ids) {
      Optional<Requests.Node> generation =
          Requests.await(Requests.read(session, layout.generation(id)), deadline);
      if (generation.isPresent()
          && now - generation.get().stat().getCtime() >= leastAge.toMillis()
          && isOrDoom(session, id, generation.get(), deadline)) {
        remove(session, id, deadline);
        removed++;
      }
    }
    return removed;
  }

  /** The time of the server, told by a znode made for it. */
  private long serverTime(ZooKeeper session, Deadline deadline) throws ZooKeeperCallException {
    String path = connection.layout().generation("clock-" + UUID.randomUUID());
    String created =
        Requests.await(
            Requests.create(session, path, new byte[0], connection.acl(), CreateMode.EPHEMERAL),
            deadline);
    Optional<Requests.Node> clock = Requests.await(Requests.read(session, created), deadline);
    Optional<Requests.Refusal> unused =
        Requests.await(Requests.multi(session, List.of(Op.delete(path, -1))), deadline);
    return clock.map(node -> node.stat().getCtime()).orElse(0L);
  }

  /** Whether the generation is marked as given up, now or before. */
  private boolean isOrDoom(
      ZooKeeper session, String id, Requests.Node generation, Deadline deadline)
      throws ZooKeeperCallException {
    if (generation.stat().getVersion() > 0) {
      return true;
    }
    String owner = new String(generation.data(), US_ASCII);
    if (!owner.startsWith(connection.layout().keys() + "/")) {
      return false;
    }
    Bytes key = KeyNames.decode(owner.substring(owner.lastIndexOf('/') + 1));
    String counter = connection.layout().creations(KeyNames.shard(key));
    List<Optional<Requests.Node>> found =
        Requests.await(Requests.readAll(session, List.of(owner, counter)), deadline);
    if (found.get(0).map(node -> names(node, id)).orElse(false) || found.get(1).isEmpty()) {
      return false;
    }
    List<Op> ops = new ArrayList<>();
    ops.add(Op.check(counter, found.get(1).get().stat().getVersion()));
    found.get(0).ifPresent(node -> ops.add(Op.check(owner, node.stat().getVersion())));
    ops.add(Op.setData(connection.layout().generation(id), generation.data(), 0));
    return Requests.await(Requests.multi(session, ops), deadline).isEmpty();
  }

  private static boolean names(Requests.Node owner, String id) {
    return NodeValue.decode(owner.data()) instanceof NodeValue.Chunked parts
        && parts.generation().toString().equals(id);
  }

  private void remove(ZooKeeper session, String id, Deadline deadline)
      throws ZooKeeperCallException {
    String path = connection.layout().generation(id);
    List<Op> deletes = new ArrayList<>();
    for (String part : Requests.await(Requests.children(session, path), deadline)) {
      deletes.add(Op.delete(path + "/" + part, -1));
    }
    deletes.add(Op.delete(path, -1));
    Optional<Requests.Refusal> refusal = Requests.await(Requests.multi(session, deletes), deadline);
    refusal.ifPresent(why -> LOG.debug("The parts {} are being removed by another", id));
  }
}
