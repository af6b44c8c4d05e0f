package io.metasrv.benchmarks.heartbeat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link HeartbeatBenchmark} in rounds, each a run of JMH with a fresh JVM for every way to
 * read, and prints what the whole costs as a multiple of each.
 */
public final class HeartbeatRun {

  private static final String WHOLE = "whole";
  private static final List<String> BASELINES =
      List.of(
          "unmarshalOwnReader",
          "unmarshalJacksonRecords",
          "unmarshalJacksonTree",
          "unmarshalProtobufOnly");

  private HeartbeatRun() {}

  /** Runs the rounds and prints the table. */
  public static void run(int rounds) throws RunnerException {
    Map<String, double[]> nanos = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : new Runner(options().build()).run()) {
        String label = result.getPrimaryResult().getLabel();
        nanos.computeIfAbsent(label, name -> new double[rounds])[round] =
            result.getPrimaryResult().getScore();
      }
    }
    double[] whole = times(nanos, WHOLE);
    System.out.printf(
        Locale.ROOT,
        "A heartbeat of %d regions takes %.0f ns a region (median of %d rounds).%n",
        HeartbeatBenchmark.REGIONS,
        median(whole),
        rounds);
    System.out.println("| as a multiple of | ns a region | median | min – max |");
    System.out.println("|---|---|---|---|");
    for (String baseline : BASELINES) {
      System.out.println(row(baseline, whole, times(nanos, baseline)));
    }
  }

  private static OptionsBuilder options() {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(HeartbeatBenchmark.class.getName() + "\\..*")
        .forks(1)
        .warmupIterations(Integer.getInteger("warmups", 5))
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(Integer.getInteger("iterations", 5))
        .measurementTime(TimeValue.seconds(1))
        .jvmArgs(
            "-Xmx2g", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        .verbosity(VerboseMode.NORMAL)
        .shouldFailOnError(true);
    return options;
  }

  private static double[] times(Map<String, double[]> nanos, String label) {
    double[] times = nanos.get(label);
    if (times == null) {
      throw new IllegalStateException("JMH did not run " + label + ", only " + nanos.keySet());
    }
    return times;
  }

  private static String row(String baseline, double[] whole, double[] times) {
    double[] multiples = new double[whole.length];
    for (int round = 0; round < whole.length; round++) {
      multiples[round] = whole[round] / times[round];
    }
    Arrays.sort(multiples);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.2f | %.2f – %.2f |",
        baseline,
        median(times),
        median(multiples),
        multiples[0],
        multiples[multiples.length - 1]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
