package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/**
 * Linearizable reads: each is preceded by a {@code sync} on the same session. Reads change nothing,
 * so one whose connection was lost is repeated until the call's time is up. Thread-safe.
 */
final class Reads {

  /** Bytes of paths in one request, so that servers with default limits take it. */
  static final int MOST_REQUEST_BYTES = 900 << 10;

  /** Bytes of values in one answer of {@link #range}; more has to be read page by page. */
  private static final long MOST_RANGE_BYTES = 64 << 20;

  private final ZooKeeperConnection connection;
  private final Chunks chunks;

  Reads(ZooKeeperConnection connection, Chunks chunks) {
    this.connection = connection;
    this.chunks = chunks;
  }

  /** One try of a read. */
  private interface Attempt<T> {
    T run(ZooKeeperSession session, Deadline deadline)
        throws ZooKeeperCallException, Chunks.Replaced;
  }

  private <T> T repeated(String attempted, Attempt<T> attempt) {
    return repeated(attempted, Deadline.in(connection.callTimeout()), attempt);
  }

  private <T> T repeated(String attempted, Deadline deadline, Attempt<T> attempt) {
    while (true) {
      try {
        connection.identity().get(deadline);
        return attempt.run(connection.connected(deadline), deadline);
      } catch (Chunks.Replaced again) {
        if (deadline.isOver()) {
          throw new StoreException.Unavailable(
              attempted + ": others replace the value faster than it can be read", again);
        }
      } catch (ZooKeeperCallException e) {
        if (!e.isWorthAnotherRead() || deadline.isOver()) {
          throw ZooKeeperFailures.beforeAnyEffect(attempted, e);
        }
        pause(attempted);
      } catch (IllegalArgumentException damaged) {
        throw ZooKeeperFailures.damaged(attempted, String.valueOf(damaged.getMessage()), damaged);
      }
    }
  }

  /** Until the client has noticed, too, that its connection is lost. */
  private void pause(String attempted) {
    try {
      connection.awaitChange(Duration.ofMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZooKeeperFailures.beforeAnyEffect(
          attempted,
          new ZooKeeperCallException(ZooKeeperCallException.Kind.INTERRUPTED, "interrupted"));
    }
  }

  Optional<Bytes> get(String attempted, Bytes key) {
    String path = connection.layout().key(key);
    return repeated(
        attempted,
        (session, deadline) -> {
          ZooKeeper handle = session.handle();
          CompletableFuture<Void> barrier = Requests.sync(handle, path);
          CompletableFuture<Optional<Requests.Node>> answer = Requests.read(handle, path);
          Requests.await(barrier, deadline);
          Optional<Requests.Node> node = Requests.await(answer, deadline);
          return node.isEmpty()
              ? Optional.empty()
              : Optional.of(chunks.content(handle, NodeValue.decode(node.get().data()), deadline));
        });
  }

  /** The pairs of those keys that are there, at one moment; the keys in any order. */
  Map<Bytes, Bytes> getAll(String attempted, List<Bytes> keys) {
    return repeated(
        attempted,
        (session, deadline) -> {
          Snapshot snapshot = snapshot(session.handle(), new LinkedHashSet<>(keys), deadline);
          Map<Bytes, Bytes> found = new LinkedHashMap<>();
          for (Bytes key : keys) {
            Optional<Snapshot.Entry> entry = snapshot.entry(key);
            if (entry.isPresent() && !found.containsKey(key)) {
              found.put(key, chunks.content(session.handle(), entry.get().value(), deadline));
            }
          }
          return found;
        });
  }

  /** What a transaction has to know, at one moment. */
  Snapshot snapshot(String attempted, Set<Bytes> keys, Deadline deadline) {
    return repeated(
        attempted, deadline, (session, until) -> snapshot(session.handle(), keys, until));
  }

  private Snapshot snapshot(ZooKeeper session, Set<Bytes> keys, Deadline deadline)
      throws ZooKeeperCallException {
    Layout layout = connection.layout();
    Set<Integer> shards = new LinkedHashSet<>();
    List<String> paths = new ArrayList<>();
    for (Bytes key : keys) {
      shards.add(KeyNames.shard(key));
      paths.add(layout.key(key));
    }
    shards.forEach(shard -> paths.add(layout.creations(shard)));
    checkSize(paths);
    CompletableFuture<Void> barrier = Requests.sync(session, layout.keys());
    CompletableFuture<List<Optional<Requests.Node>>> answer = Requests.readAll(session, paths);
    Requests.await(barrier, deadline);
    return Snapshot.of(session, keys, shards, Requests.await(answer, deadline));
  }

  private static void checkSize(List<String> paths) {
    long bytes = paths.stream().mapToLong(path -> path.length() + 16L).sum();
    if (bytes > MOST_REQUEST_BYTES) {
      throw new StoreException.Rejected(
          "the %d keys of this request are together longer than ZooKeeper takes (%d bytes with their"
                  .formatted(paths.size(), bytes)
              + " paths, limit %d); use fewer or shorter keys".formatted(MOST_REQUEST_BYTES));
    }
  }

  RangeResult range(String attempted, KeyRange range, RangeOptions options) {
    return repeated(
        attempted,
        (session, deadline) -> {
          RangeRead.Page page = page(attempted, session, range, options);
          Deadline forChunks = Deadline.in(connection.callTimeout());
          List<KeyValue> kvs = new ArrayList<>(page.keys().size());
          for (Bytes key : page.keys()) {
            NodeValue value = page.values().get(key);
            kvs.add(
                new KeyValue(
                    key,
                    value == null
                        ? Bytes.EMPTY
                        : chunks.content(session.handle(), value, forChunks)));
          }
          return new RangeResult(kvs, page.more());
        });
  }

  /**
   * Waits for a range as long as answers keep coming: a large one takes its time, a dead connection
   * does not get longer than one call.
   */
  private RangeRead.Page page(
      String attempted, ZooKeeperSession session, KeyRange range, RangeOptions options)
      throws ZooKeeperCallException {
    RangeRead read = new RangeRead(connection.layout(), range, options, MOST_RANGE_BYTES);
    CompletableFuture<RangeRead.Page> result = read.start(session);
    while (true) {
      long left = read.lastProgress() + connection.callTimeout().toNanos() - System.nanoTime();
      try {
        return result.get(Math.max(1, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= 0) {
          read.abandon();
          throw new ZooKeeperCallException(
              ZooKeeperCallException.Kind.NO_ANSWER,
              read.isOvertaken()
                  ? "others change its keys faster than they can be read"
                  : "ZooKeeper did not answer in time");
        }
      } catch (InterruptedException e) {
        read.abandon();
        Thread.currentThread().interrupt();
        throw new ZooKeeperCallException(ZooKeeperCallException.Kind.INTERRUPTED, "interrupted");
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case KeeperException failure -> throw new ZooKeeperCallException(failure);
          case IllegalArgumentException damaged -> throw damaged;
          case RangeRead.TooLarge tooLarge ->
              throw new StoreException.ResponseTooLarge(
                  "%s: the values are more than %d bytes; ask for fewer keys"
                      .formatted(attempted, MOST_RANGE_BYTES),
                  tooLarge);
          case null, default ->
              throw new IllegalStateException("a range read ended in an unforeseen way", e);
        }
      }
    }
  }
}
