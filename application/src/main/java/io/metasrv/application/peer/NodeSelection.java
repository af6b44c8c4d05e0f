package io.metasrv.application.peer;

import io.metasrv.application.discovery.KnownNode;
import io.metasrv.application.discovery.NodeDiscovery;
import io.metasrv.application.options.SelectorType;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.selector.Chance;
import io.metasrv.domain.selector.LeaseBasedSelector;
import io.metasrv.domain.selector.LoadBasedSelector;
import io.metasrv.domain.selector.NodeCandidate;
import io.metasrv.domain.selector.RoundRobinSelector;
import io.metasrv.domain.selector.Selection;
import io.metasrv.domain.selector.SelectionRequest;
import io.metasrv.domain.selector.Selector;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Selects nodes by one rule, over the nodes the leader knows. Thread-safe.
 *
 * <p>The rule is told of dead nodes too, so that its answer says why each was refused.
 */
public final class NodeSelection {

  private final Selector selector;
  private final NodeDiscovery discovery;
  private final LongFunction<OptionalLong> regionCounts;
  private final Runtime runtime;
  private final AtomicLong turn = new AtomicLong();

  /**
   * @param regionCounts regions of a datanode in its last statistics
   */
  public NodeSelection(
      Selector selector,
      NodeDiscovery discovery,
      LongFunction<OptionalLong> regionCounts,
      Runtime runtime) {
    this.selector = selector;
    this.discovery = discovery;
    this.regionCounts = regionCounts;
    this.runtime = runtime;
  }

  /** The rule of a configured name. */
  public static Selector selector(SelectorType type) {
    return switch (type) {
      case ROUND_ROBIN -> new RoundRobinSelector();
      case LEASE_BASED -> new LeaseBasedSelector();
      case LOAD_BASED -> new LoadBasedSelector();
    };
  }

  /**
   * Selects nodes.
   *
   * @throws io.metasrv.domain.error.NotEnoughNodesException if too few are eligible
   */
  public Selection select(SelectionRequest request) {
    List<NodeCandidate> nodes =
        discovery.known(request.target()).stream()
            .map(node -> candidate(request.target(), node))
            .toList();
    long firstTurn = turn.getAndAdd(request.required()) & Long.MAX_VALUE;
    return selector.select(nodes, request, new Chance(runtime.random(), firstTurn));
  }

  private NodeCandidate candidate(NodeRole role, KnownNode node) {
    return new NodeCandidate(
        node.peer(),
        node.workloads(),
        node.age(),
        node.aliveWindow(),
        role == NodeRole.DATANODE ? regionCounts.apply(node.peer().id()) : OptionalLong.empty());
  }
}
