package io.metasrv.domain.selector;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NotEnoughNodesException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.selector.Selection.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Weighted random choice (sheet 04 §17.4). With duplicates allowed, complete rounds in random order
 * come first, so that the use of any two nodes differs by at most one; the rest, and any choice
 * without duplicates, is drawn without replacement. A node of weight 0 is never picked.
 */
final class WeightedChoice {

  private WeightedChoice() {}

  static Selection choose(
      Screening screening,
      List<Verdict.Eligible> verdicts,
      SelectionRequest request,
      RandomGenerator random) {
    List<Weighted> pool = pool(screening, verdicts, request);
    int distinct = pool.size();
    if (!request.allowDuplicates() && distinct < request.required()) {
      throw new NotEnoughNodesException(request.targetWord(), request.required(), distinct);
    }
    List<Peer> chosen = new ArrayList<>(request.required());
    while (chosen.size() < request.required()) {
      int missing = request.required() - chosen.size();
      drawDistinct(pool, Math.min(missing, distinct), random, chosen);
    }
    return new Selection(chosen, screening.withVerdicts(verdicts));
  }

  private static List<Weighted> pool(
      Screening screening, List<Verdict.Eligible> verdicts, SelectionRequest request) {
    if (screening.eligible().isEmpty()) {
      throw new NotEnoughNodesException(request.targetWord(), request.required(), 0);
    }
    List<Weighted> pool = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i).weight() > 0) {
        pool.add(new Weighted(screening.eligible().get(i).peer(), verdicts.get(i).weight()));
      }
    }
    if (pool.isEmpty()) {
      throw new ServiceException(
          StatusCode.INTERNAL,
          "Failed to choose items: every eligible " + request.targetWord() + " has weight 0");
    }
    return pool;
  }

  private static void drawDistinct(
      List<Weighted> pool, int count, RandomGenerator random, List<Peer> into) {
    List<Weighted> left = new ArrayList<>(pool);
    for (int i = 0; i < count; i++) {
      into.add(left.remove(draw(left, random)).peer());
    }
  }

  private static int draw(List<Weighted> left, RandomGenerator random) {
    double total = 0;
    for (Weighted item : left) {
      total += item.weight();
    }
    double point = random.nextDouble() * total;
    for (int i = 0; i < left.size() - 1; i++) {
      point -= left.get(i).weight();
      if (point < 0) {
        return i;
      }
    }
    return left.size() - 1;
  }

  private record Weighted(Peer peer, double weight) {}
}
