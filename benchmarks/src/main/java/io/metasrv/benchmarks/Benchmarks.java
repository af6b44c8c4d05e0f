package io.metasrv.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the paired benchmarks named on the command line ({@code embedded}, {@code etcd}; all without
 * arguments) and prints one table. {@code -Drounds=N} sets the number of rounds.
 */
public final class Benchmarks {

  private Benchmarks() {}

  /** Entry point. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.getInteger("rounds", 5);
    List<String> wanted = arguments.length == 0 ? List.of("embedded", "etcd") : List.of(arguments);
    List<PairedRun.Result> results = new ArrayList<>();
    for (String name : wanted) {
      switch (name) {
        case "embedded" -> results.addAll(EmbeddedBenchmark.run(rounds));
        case "etcd" -> results.addAll(EtcdBenchmark.run(rounds));
        default -> throw new IllegalArgumentException("no benchmark is called " + name);
      }
    }
    System.out.println(PairedRun.TABLE_HEAD);
    results.forEach(result -> System.out.println(result.asTableRow()));
  }
}
