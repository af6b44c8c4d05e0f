package io.metasrv.testkit.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs clients at the same time, each on a virtual thread, and waits for all of them. */
final class ConcurrentClients {

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private ConcurrentClients() {}

  /** What one client does. */
  @FunctionalInterface
  interface Client<T> {
    T run(int number) throws Exception;
  }

  /**
   * Runs that many clients, numbered from 0, and returns their results in that order. The first
   * failure fails the test.
   */
  static <T> List<T> run(int count, Client<T> client) throws InterruptedException {
    // Not closed: that would wait for ever for clients that a broken store keeps in a loop.
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      running.add(threads.submit(() -> client.run(number)));
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : running) {
        results.add(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("a concurrent client failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("a concurrent client did not end within " + PATIENCE, late);
    } finally {
      threads.shutdownNow();
    }
    return results;
  }
}
