package io.metasrv.domain.selector;

import io.metasrv.domain.selector.Selection.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Any node that is alive, with equal chances (sheet 04 §17.2). */
public final class LeaseBasedSelector implements Selector {

  @Override
  public Selection select(List<NodeCandidate> nodes, SelectionRequest request, Chance chance) {
    Screening screening = Screening.of(nodes, request, node -> Optional.empty());
    Verdict.Eligible equal = new Verdict.Eligible(1, "alive; all have equal chances");
    return WeightedChoice.choose(
        screening,
        Collections.nCopies(screening.eligible().size(), equal),
        request,
        chance.random());
  }
}
