package io.metasrv.benchmarks.backends;

import io.metasrv.benchmarks.PairedRun;
import io.metasrv.domain.error.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A baseline and a candidate in turn, each for a slice of time, several rounds: calls that take
 * microseconds and calls that take seconds fit into one run of bounded length.
 *
 * @param slice how long one side calls at a stretch; calls that are under way then are waited for
 * @param rounds how many slices of each side count
 * @param budget no further round begins after that, once there are three
 * @param results hears of each comparison
 */
record SlicedPair(Duration slice, int rounds, Duration budget, Consumer<PairedRun.Result> results) {

  private static final int LEAST_ROUNDS = 3;

  /** One call of a caller; numbers of callers begin at 0. */
  @FunctionalInterface
  interface Call {
    void run(int caller, int iteration) throws Exception;
  }

  /**
   * Runs both sides and hands on what came of it. A side that fails on a machine that is too busy
   * costs this one comparison, not the whole run.
   *
   * @param baselineThreads what calls the baseline; the candidate is called by virtual threads
   */
  void compare(
      String name, int callers, Thread.Builder baselineThreads, Call baseline, Call candidate)
      throws Exception {
    try {
      results.accept(measure(name, callers, baselineThreads, baseline, candidate));
    } catch (StoreException | SQLException failed) {
      System.err.printf("%s, %d callers: not measured: %s%n", name, callers, failed);
    }
  }

  private PairedRun.Result measure(
      String name, int callers, Thread.Builder baselineThreads, Call baseline, Call candidate)
      throws Exception {
    Side base = new Side(callers, slice, baselineThreads, baseline);
    Side ours = new Side(callers, slice, Thread.ofVirtual(), candidate);
    long begun = System.nanoTime();
    // One slice of each that does not count.
    base.perSecond();
    ours.perSecond();
    List<Double> baseRates = new ArrayList<>();
    List<Double> ourRates = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round >= LEAST_ROUNDS && System.nanoTime() - begun > budget.toNanos()) {
        break;
      }
      if (round % 2 == 0) {
        baseRates.add(base.perSecond());
        ourRates.add(ours.perSecond());
      } else {
        ourRates.add(ours.perSecond());
        baseRates.add(base.perSecond());
      }
    }
    double[] ratios = new double[baseRates.size()];
    Arrays.setAll(ratios, round -> ourRates.get(round) / baseRates.get(round));
    Arrays.sort(ratios);
    return new PairedRun.Result(name, callers, median(baseRates), median(ourRates), ratios);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** One of the two that are compared. */
  private static final class Side {

    private final int callers;
    private final Duration slice;
    private final Thread.Builder threads;
    private final Call call;

    /** Goes on over slices, so that writes go to all keys. */
    private final int[] iterations;

    private volatile boolean over;

    Side(int callers, Duration slice, Thread.Builder threads, Call call) {
      this.callers = callers;
      this.slice = slice;
      this.threads = threads;
      this.call = call;
      this.iterations = new int[callers];
    }

    double perSecond() throws Exception {
      CountDownLatch ready = new CountDownLatch(callers);
      CountDownLatch go = new CountDownLatch(1);
      AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
      LongAdder calls = new LongAdder();
      List<Thread> running = new ArrayList<>();
      over = false;
      for (int caller = 0; caller < callers; caller++) {
        int number = caller;
        running.add(
            threads.start(
                () -> {
                  long mine = 0;
                  try {
                    ready.countDown();
                    go.await();
                    do {
                      call.run(number, iterations[number]++);
                      mine++;
                    } while (!over);
                  } catch (Exception failed) {
                    failure.set(failed);
                  }
                  calls.add(mine);
                }));
      }
      ready.await();
      long start = System.nanoTime();
      go.countDown();
      Thread.sleep(slice);
      over = true;
      for (Thread thread : running) {
        thread.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Exception failed = failure.get();
      if (failed != null) {
        throw failed;
      }
      return calls.sum() / seconds;
    }
  }
}
