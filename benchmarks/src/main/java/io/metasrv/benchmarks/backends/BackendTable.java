package io.metasrv.benchmarks.backends;

import io.metasrv.benchmarks.PairedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All backends in one table: a row an operation, a column a number of callers. */
public final class BackendTable {

  private BackendTable() {}

  /** Prints it as Markdown: calls a second of ours, and the ratio to the baseline. */
  public static void print(List<PairedRun.Result> results) {
    Map<String, Map<Integer, PairedRun.Result>> rows = new LinkedHashMap<>();
    results.forEach(
        result ->
            rows.computeIfAbsent(result.name(), name -> new LinkedHashMap<>())
                .put(result.callers(), result));
    System.out.println(
        StoreBenchmark.CALLERS.stream()
            .map("ours/s, %d | ratio (min – max)"::formatted)
            .collect(Collectors.joining(" | ", "| what | ", " |")));
    System.out.println("|---" + "|---|---".repeat(StoreBenchmark.CALLERS.size()) + "|");
    rows.forEach(
        (name, cells) ->
            System.out.println(
                cells.values().stream()
                    .map(BackendTable::cell)
                    .collect(Collectors.joining(" | ", "| " + name + " | ", " |"))));
  }

  private static String cell(PairedRun.Result result) {
    double[] ratios = result.ratios();
    return String.format(
        Locale.ROOT,
        "%.0f | **%.2f** (%.2f – %.2f)",
        result.candidatePerSecond(),
        ratios[ratios.length / 2],
        ratios[0],
        ratios[ratios.length - 1]);
  }
}
