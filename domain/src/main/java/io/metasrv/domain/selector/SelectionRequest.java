package io.metasrv.domain.selector;

import io.metasrv.domain.heartbeat.NodeRole;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is asked of a selector (sheet 04 §17.1).
 *
 * @param target datanode or flownode
 * @param required how many picks; at least 1
 * @param allowDuplicates whether a node may be picked more than once
 * @param excluded ids of nodes that must not be picked
 * @param ingestOnly whether only nodes that take new data are eligible
 * @param extensions for selectors from outside, for example from the statement's context
 */
public record SelectionRequest(
    NodeRole target,
    int required,
    boolean allowDuplicates,
    SortedSet<Long> excluded,
    boolean ingestOnly,
    SortedMap<String, String> extensions) {

  public SelectionRequest {
    if (required < 1) {
      throw new IllegalArgumentException("at least one node has to be asked for, not " + required);
    }
    excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
    extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
  }

  /** Picks of datanodes that take new data; a node may come more than once. */
  public static SelectionRequest datanodes(int required) {
    return of(NodeRole.DATANODE, required);
  }

  /** Picks of flownodes; a node may come more than once. */
  public static SelectionRequest flownodes(int required) {
    return of(NodeRole.FLOWNODE, required);
  }

  private static SelectionRequest of(NodeRole target, int required) {
    return new SelectionRequest(target, required, true, new TreeSet<>(), true, new TreeMap<>());
  }

  /** The same, each node at most once. */
  public SelectionRequest distinct() {
    return new SelectionRequest(target, required, false, excluded, ingestOnly, extensions);
  }

  /** The same without some nodes. */
  public SelectionRequest excluding(SortedSet<Long> nodeIds) {
    return new SelectionRequest(target, required, allowDuplicates, nodeIds, ingestOnly, extensions);
  }

  /** The same with these extensions. */
  public SelectionRequest withExtensions(SortedMap<String, String> newExtensions) {
    return new SelectionRequest(
        target, required, allowDuplicates, excluded, ingestOnly, newExtensions);
  }

  /** The word errors use for what is asked for. */
  public String targetWord() {
    return target == NodeRole.FLOWNODE ? "flownode" : "datanode";
  }
}
