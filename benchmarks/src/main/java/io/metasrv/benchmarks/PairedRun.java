package io.metasrv.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a baseline and a candidate in turn, several rounds, and reports the candidate's throughput
 * as a multiple of the baseline's, round by round.
 */
public final class PairedRun {

  /** One call of what is measured. */
  @FunctionalInterface
  public interface Call {
    void run(int caller, int iteration) throws Exception;
  }

  /**
   * @param callers concurrent callers
   * @param baselinePerSecond median throughput of the baseline, calls a second
   * @param candidatePerSecond median throughput of the candidate
   * @param ratios candidate over baseline, one a round, ascending
   */
  public record Result(
      String name,
      int callers,
      double baselinePerSecond,
      double candidatePerSecond,
      double[] ratios) {

    double medianRatio() {
      return ratios[ratios.length / 2];
    }

    public String asTableRow() {
      return String.format(
          Locale.ROOT,
          "| %s | %d | %.0f | %.0f | %.2f | %.2f – %.2f |",
          name,
          callers,
          baselinePerSecond,
          candidatePerSecond,
          medianRatio(),
          ratios[0],
          ratios[ratios.length - 1]);
    }
  }

  /** What calls: each side on the threads that suit it best. */
  public enum Callers {
    /** For libraries whose calls hold a thread in native code: as many calls at once as callers. */
    PLATFORM(Thread.ofPlatform()),
    VIRTUAL(Thread.ofVirtual());

    private final Thread.Builder threads;

    Callers(Thread.Builder threads) {
      this.threads = threads;
    }
  }

  public static final String TABLE_HEAD =
      """
      | what | callers | baseline/s | ours/s | ratio (median) | ratio (min – max) |
      |---|---|---|---|---|---|\
      """;

  private PairedRun() {}

  /**
   * @param baselineCallers what calls the baseline; the candidate is called by virtual threads
   */
  static Result compare(
      String name,
      int callers,
      int rounds,
      int callsPerRound,
      Callers baselineCallers,
      Call baseline,
      Call candidate)
      throws Exception {
    Side base = new Side(callers, callsPerRound, baselineCallers, baseline);
    Side ours = new Side(callers, callsPerRound, Callers.VIRTUAL, candidate);
    // One round of each that does not count: classes load, the compiler wakes up, caches fill.
    base.perSecond();
    ours.perSecond();
    List<Double> baseRates = new ArrayList<>();
    List<Double> ourRates = new ArrayList<>();
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      boolean baselineFirst = round % 2 == 0;
      double first = (baselineFirst ? base : ours).perSecond();
      double second = (baselineFirst ? ours : base).perSecond();
      baseRates.add(baselineFirst ? first : second);
      ourRates.add(baselineFirst ? second : first);
      ratios[round] = ourRates.getLast() / baseRates.getLast();
    }
    Arrays.sort(ratios);
    return new Result(name, callers, median(baseRates), median(ourRates), ratios);
  }

  /** One of the two that are compared. */
  private record Side(int callers, int calls, Callers kind, Call call) {

    double perSecond() throws Exception {
      CountDownLatch ready = new CountDownLatch(callers);
      CountDownLatch go = new CountDownLatch(1);
      AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
      List<Thread> threads = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int number = caller;
        threads.add(
            kind.threads.start(
                () -> {
                  try {
                    ready.countDown();
                    go.await();
                    for (int i = number; i < calls; i += callers) {
                      call.run(number, i);
                    }
                  } catch (Exception failed) {
                    failure.set(failed);
                  }
                }));
      }
      ready.await();
      long start = System.nanoTime();
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Exception failed = failure.get();
      if (failed != null) {
        throw failed;
      }
      return calls / seconds;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
