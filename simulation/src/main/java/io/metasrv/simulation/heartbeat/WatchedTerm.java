package io.metasrv.simulation.heartbeat;

import io.metasrv.application.heartbeat.HeartbeatParts;
import io.metasrv.application.metasrv.Term;
import io.metasrv.simulation.cluster.ServerSide;
import io.metasrv.simulation.kernel.SimulatedProcess;
import io.metasrv.simulation.store.SimulatedFence;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a judge knows of one term of one metasrv.
 *
 * @param streams accepted in it, in order
 * @param newest by datanode
 */
record WatchedTerm(
    SimulatedProcess process,
    HeartbeatParts parts,
    List<ServerSide> streams,
    TreeMap<Long, ServerSide> newest) {

  static WatchedTerm of(SimulatedProcess process, HeartbeatParts parts) {
    return new WatchedTerm(process, parts, new ArrayList<>(), new TreeMap<>());
  }

  Term term() {
    return parts.context().term();
  }

  /** Its number at the store. */
  long number() {
    if (term().fence() instanceof SimulatedFence fence) {
      return fence.term();
    }
    throw new IllegalStateException("this scenario runs on the simulated store");
  }

  void accepted(long datanode, ServerSide stream) {
    streams.add(stream);
    newest.put(datanode, stream);
  }

  @Override
  public String toString() {
    return "term %d of %s".formatted(number(), process.name());
  }
}
