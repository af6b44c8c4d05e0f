package io.metasrv.benchmarks;

import io.metasrv.benchmarks.backends.BackendTable;
import io.metasrv.benchmarks.backends.StoreBenchmark;
import io.metasrv.benchmarks.heartbeat.HeartbeatRun;
import io.metasrv.benchmarks.system.FailoverBenchmark;
import io.metasrv.benchmarks.system.MemoryBenchmark;
import io.metasrv.benchmarks.system.StartBenchmark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the benchmarks named on the command line, all without arguments, and prints what they found.
 * {@code -Drounds=N} sets the number of rounds, {@code -Dnodes=N,M} how many nodes memory is
 * measured with, {@code -Dbackends=a,b} which backends, {@code -Dslice=N} for how many milliseconds
 * each side of them is called at a stretch, {@code -Dkills=N} how often a leader is killed.
 */
public final class Benchmarks {

  private static final List<String> ALL =
      List.of("embedded", "etcd", "backends", "heartbeat", "start", "memory");

  /** Takes half an hour, so it has to be named. */
  private static final String FAILOVER = "failover";

  private Benchmarks() {}

  /** Entry point. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.getInteger("rounds", 5);
    for (String name : arguments.length == 0 ? ALL : List.of(arguments)) {
      switch (name) {
        case "embedded" -> print(EmbeddedBenchmark.run(rounds));
        case "etcd" -> print(EtcdBenchmark.run(rounds));
        case "heartbeat" -> HeartbeatRun.run(rounds);
        case "start" -> StartBenchmark.run(rounds);
        case "memory" -> MemoryBenchmark.run(nodes());
        case "backends" -> backends(rounds);
        case FAILOVER -> failover();
        default ->
            throw new IllegalArgumentException(
                "no benchmark is called %s; there are %s and %s".formatted(name, ALL, FAILOVER));
      }
    }
  }

  private static void backends(int rounds) throws Exception {
    Duration slice = Duration.ofMillis(Integer.getInteger("slice", 200));
    List<PairedRun.Result> results = new ArrayList<>();
    System.out.println(PairedRun.TABLE_HEAD);
    for (String backend : chosen(StoreBenchmark.BACKENDS)) {
      StoreBenchmark.run(
          backend,
          rounds,
          slice,
          result -> {
            results.add(result);
            System.out.println(result.asTableRow());
          });
    }
    System.out.println();
    System.out.println("The ratios of all, by callers:");
    BackendTable.print(results);
  }

  private static void failover() throws Exception {
    FailoverBenchmark.run(chosen(FailoverBenchmark.BACKENDS), Integer.getInteger("kills", 50));
  }

  /** What {@code -Dbackends=a,b} names, or all. */
  private static List<String> chosen(List<String> all) {
    String named = System.getProperty("backends", "");
    return named.isEmpty() ? all : List.of(named.split(",", -1));
  }

  private static List<Integer> nodes() {
    return Stream.of(System.getProperty("nodes", "500,2000").split(",", -1))
        .map(Integer::valueOf)
        .toList();
  }

  private static void print(List<PairedRun.Result> results) {
    System.out.println(PairedRun.TABLE_HEAD);
    results.forEach(result -> System.out.println(result.asTableRow()));
  }
}
