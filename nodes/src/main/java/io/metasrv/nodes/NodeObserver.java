package io.metasrv.nodes;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.region.AliveKeeper;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.RegionLease;
import java.util.List;

/**
 * Sees what a node sees. Called in the node's own task, between two of its steps; must not call
 * back.
 */
public interface NodeObserver {

  /** Sees nothing. */
  NodeObserver NOBODY = new NodeObserver() {};

  /** A response arrived, before anything else is done with it. */
  default void responded(HeartbeatResponse response) {}

  default void leased(RegionLease lease, AliveKeeper.LeaseOutcome outcome) {}

  /** Countdowns ended; the regions are followers now. */
  default void expired(List<RegionId> regions) {}

  default void instructed(Instruction instruction) {}

  /** A reply leaves the node, as JSON text. */
  default void replied(String json) {}

  /** Something the node only logs: a response it cannot read, a header error. */
  default void problem(String what) {}
}
