package io.metasrv.domain.selector;

import io.metasrv.domain.selector.Selection.Considered;
import io.metasrv.domain.selector.Selection.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What all selectors refuse a node for: dead, excluded, wrong role, unwilling. */
record Screening(List<NodeCandidate> eligible, List<Considered> refused) {

  /** A further reason to refuse a node, beyond what all selectors ask. */
  @FunctionalInterface
  interface Demand {
    Optional<String> refusal(NodeCandidate node);
  }

  static Screening of(List<NodeCandidate> nodes, SelectionRequest request, Demand demand) {
    List<NodeCandidate> eligible = new ArrayList<>();
    List<Considered> refused = new ArrayList<>();
    nodes.stream()
        .sorted(Comparator.comparing(node -> node.peer().id(), Long::compareUnsigned))
        .forEach(
            node ->
                refusal(node, request)
                    .or(() -> demand.refusal(node))
                    .ifPresentOrElse(
                        reason ->
                            refused.add(new Considered(node.peer(), new Verdict.Refused(reason))),
                        () -> eligible.add(node)));
    return new Screening(eligible, refused);
  }

  private static Optional<String> refusal(NodeCandidate node, SelectionRequest request) {
    if (node.workloads().role() != request.target()) {
      return Optional.of("is no " + request.targetWord());
    }
    if (!node.isAlive()) {
      return Optional.of(
          "last heard of "
              + node.age().toMillis()
              + " ms ago; counts as dead from "
              + node.aliveWindow().toMillis()
              + " ms on");
    }
    if (request.excluded().contains(node.peer().id())) {
      return Optional.of("excluded by the request");
    }
    if (request.ingestOnly() && !node.workloads().acceptsIngest()) {
      return Optional.of("its workloads " + node.workloads().types() + " take no new data");
    }
    return Optional.empty();
  }

  /** Everything considered, with the verdicts on the eligible nodes, ascending by id. */
  List<Considered> withVerdicts(List<Verdict.Eligible> verdicts) {
    List<Considered> all = new ArrayList<>(refused);
    for (int i = 0; i < eligible.size(); i++) {
      all.add(new Considered(eligible.get(i).peer(), verdicts.get(i)));
    }
    all.sort(Comparator.comparing(considered -> considered.peer().id(), Long::compareUnsigned));
    return all;
  }
}
