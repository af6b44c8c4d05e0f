package io.metasrv.benchmarks;

import io.metasrv.benchmarks.heartbeat.HeartbeatRun;
import io.metasrv.benchmarks.system.MemoryBenchmark;
import io.metasrv.benchmarks.system.StartBenchmark;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the benchmarks named on the command line, all without arguments, and prints what they found.
 * {@code -Drounds=N} sets the number of rounds, {@code -Dnodes=N,M} how many nodes memory is
 * measured with.
 */
public final class Benchmarks {

  private static final List<String> ALL =
      List.of("embedded", "etcd", "heartbeat", "start", "memory");

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
        default ->
            throw new IllegalArgumentException(
                "no benchmark is called " + name + "; there are " + ALL);
      }
    }
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
