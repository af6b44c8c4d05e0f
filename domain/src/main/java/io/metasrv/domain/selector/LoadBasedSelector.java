package io.metasrv.domain.selector;

import io.metasrv.domain.selector.Selection.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Nodes with few regions more often than nodes with many (sheet 04 §17.2): with the most regions
 * {@code max} and the fewest {@code min} over the eligible nodes, a node of {@code n} regions
 * weighs {@code max - n + base}, where {@code base} is {@code max - min}, or 1 if they are equal. A
 * node without statistics is not eligible.
 */
public final class LoadBasedSelector implements Selector {

  @Override
  public Selection select(List<NodeCandidate> nodes, SelectionRequest request, Chance chance) {
    Screening screening = Screening.of(nodes, request, LoadBasedSelector::withoutStatistics);
    return WeightedChoice.choose(
        screening, verdicts(screening.eligible()), request, chance.random());
  }

  private static Optional<String> withoutStatistics(NodeCandidate node) {
    return node.regionCount().isPresent()
        ? Optional.empty()
        : Optional.of("has sent no statistics yet");
  }

  private static List<Verdict.Eligible> verdicts(List<NodeCandidate> nodes) {
    long max = nodes.stream().mapToLong(LoadBasedSelector::regions).max().orElse(0);
    long min = nodes.stream().mapToLong(LoadBasedSelector::regions).min().orElse(0);
    long base = max == min ? 1 : max - min;
    return nodes.stream()
        .map(
            node ->
                new Verdict.Eligible(
                    (double) max - regions(node) + base,
                    "holds " + regions(node) + " regions; the nodes hold " + min + " to " + max))
        .toList();
  }

  private static long regions(NodeCandidate node) {
    return node.regionCount().orElseThrow();
  }
}
