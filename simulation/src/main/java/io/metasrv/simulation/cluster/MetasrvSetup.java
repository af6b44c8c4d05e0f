package io.metasrv.simulation.cluster;

import io.metasrv.application.heartbeat.HeartbeatExtensions;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.Runtime;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.kernel.RemoteEffects;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.util.List;

/**
 * What a scenario puts around and into the metasrvs it runs: its watchers, what the leader does in
 * it, and what is broken on purpose. Without anything a metasrv is as in production.
 */
public interface MetasrvSetup {

  /** The options of every metasrv. */
  default MetasrvOptions options() {
    return MetasrvOptions.defaults(2);
  }

  /** The door to time, threads and chance of a metasrv in the process. */
  default Runtime runtime(SimulatedProcess process) {
    return process;
  }

  /** What is put into the heartbeat chain. */
  default HeartbeatExtensions extensions(SimulatedProcess process) {
    return HeartbeatExtensions.NONE;
  }

  /** What the leader does beside its duties. */
  default List<TermComponentFactory> plugins(SimulatedProcess process) {
    return List.of();
  }

  /** What a metasrv in the process takes for the store. */
  default KeyValueStore store(SimulatedProcess process, KeyValueStore store) {
    return store;
  }

  /** How a metasrv in the process reaches datanodes and flownodes. */
  default NodeClients nodes(SimulatedProcess process) {
    return NodeClients.NOBODY;
  }

  /** What stands around the writes of a metasrv in the process. */
  default RemoteEffects effects(SimulatedProcess process) {
    return RemoteEffects.UNSEEN;
  }

  /** What the heartbeat endpoint gets to see of a stream. */
  default NodeStream seen(ServerSide stream) {
    return stream;
  }

  /** The metasrv has put a message into a stream: it cannot be taken back. */
  default void sent(ServerSide stream, HeartbeatResponse response) {}
}
