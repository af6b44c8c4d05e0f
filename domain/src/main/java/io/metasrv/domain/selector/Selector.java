package io.metasrv.domain.selector;

import java.util.List;

/** A rule of placement. Pure: the same arguments give the same answer. */
@FunctionalInterface
public interface Selector {

  /**
   * Picks as many nodes as asked for.
   *
   * @param nodes the nodes known, dead ones included, in any order
   * @throws io.metasrv.domain.error.NotEnoughNodesException if too few are eligible
   */
  Selection select(List<NodeCandidate> nodes, SelectionRequest request, Chance chance);
}
