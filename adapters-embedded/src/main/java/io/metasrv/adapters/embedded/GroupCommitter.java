package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer. Callers queue a request and wait; the writer's platform thread takes all that are
 * queued, evaluates them in order, each against the disk and the group so far, writes what they
 * change as one synced batch, and only then answers them. While it syncs, the next group gathers:
 * under load a sync is shared, alone it is not waited for.
 *
 * <p>If a commit fails the writer stops for good: what reached the log is not known, and a second
 * write on top could be acknowledged on sand. Thread-safe.
 */
final class GroupCommitter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);

  /** Bounds the wait of the first request of a group for the last. */
  private static final int MAX_GROUP_REQUESTS = 1024;

  private static final long MAX_GROUP_BYTES = 4L << 20;

  private final RocksEngine engine;
  private final Terms terms;
  private final Duration callTimeout;
  private final CommitProbe probe;
  private final WriterCounters counters = new WriterCounters();
  private final AtomicReference<@Nullable StoreException> stopped = new AtomicReference<>();

  private final RequestQueue queue = new RequestQueue();
  private final ShortWait shortWait = new ShortWait();

  /** Writer only. */
  private int lastGroup = 1;

  /** Writer only. */
  private Duration lastSync = Duration.ZERO;

  private final Thread writer;

  /**
   * @param callTimeout how long a caller waits for its answer
   */
  GroupCommitter(RocksEngine engine, Terms terms, Duration callTimeout, CommitProbe probe) {
    this.engine = engine;
    this.callTimeout = callTimeout;
    this.terms = terms;
    this.probe = probe;
    this.writer = Thread.ofPlatform().daemon().name("embedded-store-writer").unstarted(this::run);
  }

  void start() {
    writer.start();
  }

  EmbeddedStoreStats stats() {
    return counters.stats();
  }

  /**
   * Carries out a write and waits for its sync.
   *
   * @see WriteRequest
   */
  <T> T write(String what, List<EmbeddedFence> fences, Function<PendingWrites, T> body) {
    WriteRequest<T> request = new WriteRequest<>(what, fences, body);
    if (!queue.add(request)) {
      throw engine.failures().closed();
    }
    shortWait.forAnswer(request::isAnswered);
    return request.await(callTimeout);
  }

  /** Refuses every write from now on, because of what was found. The first reason stays. */
  void stop(StoreException reason) {
    if (stopped.compareAndSet(null, reason)) {
      LOG.error("The embedded store takes no more writes until it is restarted", reason);
    }
  }

  /** Whether writes are refused because of something that happened. */
  boolean isStopped() {
    return stopped.get() != null;
  }

  private void run() {
    for (Deque<WriteRequest<?>> waiting = takeAll(); !waiting.isEmpty(); waiting = takeAll()) {
      while (!waiting.isEmpty()) {
        answerGroup(waiting);
      }
    }
  }

  private Deque<WriteRequest<?>> takeAll() {
    shortWait.forRequest(queue::isReady);
    return queue.takeAll(lastGroup, lastSync);
  }

  private void answerGroup(Deque<WriteRequest<?>> waiting) {
    List<WriteRequest<?>> group = new ArrayList<>();
    try {
      PendingWrites writes = prepare(waiting, group);
      counters.grouped(group.size());
      if (!writes.isEmpty()) {
        commit(group, writes);
      }
    } catch (RuntimeException | Error e) {
      failGroup(group, e);
    } finally {
      probe.acknowledging();
      group.forEach(WriteRequest::answer);
    }
  }

  private PendingWrites prepare(Deque<WriteRequest<?>> waiting, List<WriteRequest<?>> group) {
    PendingWrites writes = new PendingWrites(engine.latest());
    while (!waiting.isEmpty()
        && group.size() < MAX_GROUP_REQUESTS
        && writes.bytes() < MAX_GROUP_BYTES) {
      WriteRequest<?> request = waiting.removeFirst();
      if (request.take()) {
        group.add(request);
        prepare(request, writes);
      }
    }
    return writes;
  }

  private void prepare(WriteRequest<?> request, PendingWrites writes) {
    StoreException reason = stopped.get();
    if (reason != null) {
      request.refuse(reason);
      return;
    }
    engine.use(
        () -> {
          request.prepare(writes, terms);
          return true;
        });
    request.damage().ifPresent(this::stop);
  }

  private void commit(List<WriteRequest<?>> group, PendingWrites writes) {
    long start = System.nanoTime();
    probe.beforeSync(group.size());
    engine.commit(writes, StoreFormat.internalsOf(writes));
    counters.synced(writes.bytes());
    lastGroup = group.size();
    lastSync = Duration.ofNanos(System.nanoTime() - start);
    shortWait.synced(lastGroup, lastSync);
    probe.afterSync();
  }

  private void failGroup(List<WriteRequest<?>> group, Throwable thrown) {
    StoreException cause =
        thrown instanceof StoreException known
            ? known
            : new StoreException.Unavailable(
                "Writing to the embedded store failed unexpectedly: " + thrown, thrown);
    stop(cause);
    group.forEach(request -> request.groupFailed(cause));
  }

  /** Takes no further request, carries out those queued, ends the writer. Idempotent. */
  @Override
  public void close() {
    queue.close();
    Threads.joinUninterruptibly(writer);
  }
}
