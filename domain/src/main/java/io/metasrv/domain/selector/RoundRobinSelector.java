package io.metasrv.domain.selector;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NotEnoughNodesException;
import io.metasrv.domain.selector.Selection.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Nodes in turn, ascending by id (sheet 04 §17.2). Unlike the reference it honours exclusions and
 * the demand for distinct nodes for every role (sheet 04 §25 no. 13).
 */
public final class RoundRobinSelector implements Selector {

  @Override
  public Selection select(List<NodeCandidate> nodes, SelectionRequest request, Chance chance) {
    Screening screening = Screening.of(nodes, request, node -> Optional.empty());
    List<NodeCandidate> eligible = screening.eligible();
    boolean tooFew =
        eligible.isEmpty() || (!request.allowDuplicates() && eligible.size() < request.required());
    if (tooFew) {
      throw new NotEnoughNodesException(request.targetWord(), request.required(), eligible.size());
    }
    List<Peer> chosen = new ArrayList<>(request.required());
    for (int i = 0; i < request.required(); i++) {
      int index = (int) Math.floorMod(chance.turn() + i, (long) eligible.size());
      chosen.add(eligible.get(index).peer());
    }
    Verdict.Eligible inTurn = new Verdict.Eligible(1, "in turn");
    return new Selection(
        chosen, screening.withVerdicts(Collections.nCopies(eligible.size(), inTurn)));
  }
}
