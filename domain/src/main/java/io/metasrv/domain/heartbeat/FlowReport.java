package io.metasrv.domain.heartbeat;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of flows by flow id, ascending: of one flownode or of the cluster (sheet 04 §10).
 *
 * @param stateSizes bytes of state, unsigned
 * @param lastExecutionMillis last execution, milliseconds since the Unix epoch
 */
public record FlowReport(
    SortedMap<Long, Long> stateSizes, SortedMap<Long, Long> lastExecutionMillis) {

  public FlowReport {
    stateSizes = Collections.unmodifiableSortedMap(new TreeMap<>(stateSizes));
    lastExecutionMillis = Collections.unmodifiableSortedMap(new TreeMap<>(lastExecutionMillis));
  }

  /** No flow at all. */
  public static FlowReport empty() {
    return new FlowReport(new TreeMap<>(), new TreeMap<>());
  }

  /**
   * Both reports as one. A flow that several flownodes run has the sum of their states and the
   * latest of their executions.
   */
  public FlowReport mergedWith(FlowReport other) {
    TreeMap<Long, Long> sizes = new TreeMap<>(stateSizes);
    other.stateSizes.forEach((flow, size) -> sizes.merge(flow, size, Long::sum));
    TreeMap<Long, Long> executions = new TreeMap<>(lastExecutionMillis);
    other.lastExecutionMillis.forEach((flow, at) -> executions.merge(flow, at, Math::max));
    return new FlowReport(sizes, executions);
  }
}
