package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where a read runs. Native code holds the carrier of the virtual thread that calls it, and there
 * are only as many carriers as cores; a hop to another thread costs time, too. Measured on two
 * cores: a read of one key in memory takes 2 µs where it is, 15–20 µs by way of another thread; a
 * page of 1536 pairs takes about 1 ms. Therefore
 *
 * <ul>
 *   <li>a small read first tries where it is, in memory only: RocksDB is told not to touch the
 *       disk, and says so if it would have to;
 *   <li>all others, and those that came back from that, run on a few platform threads.
 * </ul>
 *
 * Thread-safe.
 */
final class ReadLanes implements AutoCloseable {

  private final RocksEngine engine;
  private final ExecutorService pool;
  private final Duration callTimeout;
  private final Consumer<StoreException.Corrupted> damageListener;

  /**
   * @param threads how many platform threads
   * @param callTimeout how long a caller waits for a read on one of them
   * @param damageListener told of damage that a read met
   */
  ReadLanes(
      RocksEngine engine,
      int threads,
      Duration callTimeout,
      Consumer<StoreException.Corrupted> damageListener) {
    this.engine = engine;
    this.callTimeout = callTimeout;
    this.damageListener = damageListener;
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("embedded-store-reader-", 0).factory());
  }

  /** A read of one native call. */
  <T> T once(boolean small, Function<RocksContent, T> read) {
    return run(small, memoryOnly -> engine.readOnce(memoryOnly, read));
  }

  /** A read of several native calls, at one moment. */
  <T> T atOneMoment(boolean small, Function<RocksContent, T> read) {
    return run(small, memoryOnly -> engine.readAtOneMoment(memoryOnly, read));
  }

  /**
   * Something that takes as long as it takes: on a thread of its own, so that reads have theirs. It
   * has to go through {@link RocksEngine#use}, which makes closing wait for it.
   */
  void runLong(String name, Runnable body) {
    FutureTask<Boolean> task = new FutureTask<>(body, true);
    await(
        task,
        () -> {
          Thread.ofPlatform().daemon().name("embedded-store-" + name).start(task);
          return task.get();
        });
  }

  private <T> T run(boolean small, Function<Boolean, T> read) {
    try {
      if (!Thread.currentThread().isVirtual()) {
        return read.apply(false);
      }
      if (small) {
        try {
          return read.apply(true);
        } catch (RocksContent.NotInMemory e) {
          return onPool(() -> read.apply(false));
        }
      }
      return onPool(() -> read.apply(false));
    } catch (StoreException.Corrupted damage) {
      damageListener.accept(damage);
      throw damage;
    }
  }

  private <T> T onPool(Callable<T> read) {
    FutureTask<T> task = new FutureTask<>(read);
    return await(
        task,
        () -> {
          pool.execute(task);
          return task.get(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
        });
  }

  private <T> T await(FutureTask<T> task, Wait<T> wait) {
    try {
      return wait.result();
    } catch (RejectedExecutionException e) {
      throw engine.failures().closed();
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new StoreException.Unavailable(
          "A read of the embedded store was given up after %s, because the disk does not answer; check"
                  .formatted(callTimeout)
              + " the disk",
          e);
    } catch (InterruptedException e) {
      task.cancel(false);
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(
          "A read of the embedded store was interrupted while it waited; it may be repeated", e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  private interface Wait<T> {
    T result() throws ExecutionException, InterruptedException, TimeoutException;
  }

  /** As it was thrown: it says best itself what happened. */
  private static RuntimeException rethrown(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException known -> known;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("unexpected end of a read", e);
    };
  }

  /** Lets the reads under way finish. Idempotent. */
  @Override
  public void close() {
    pool.shutdown();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
