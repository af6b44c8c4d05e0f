package io.metasrv.application.metasrv;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.WalTopics;

/**
 * What a metasrv needs of the world. The server does not close any of it.
 *
 * @param store the metadata store as the backend offers it; the chroot is put on by the assembly
 * @param election on the same backend; its keys carry the store's prefix already
 * @param sharedStore whether other nodes can use the store too; if not, this node leads at once and
 *     there is nobody to ask for a leader
 * @param peers calls to other metasrvs
 * @param nodes calls to the nodes of the cluster
 * @param walTopics the remote write-ahead log of datanodes, if they have one
 * @param self what this node says of itself
 */
public record MetasrvPorts(
    KeyValueStore store,
    Election election,
    boolean sharedStore,
    PeerClient peers,
    NodeClients nodes,
    WalTopics walTopics,
    Runtime runtime,
    Metrics metrics,
    EventLog events,
    SelfDescription self) {

  /** Those of a cluster whose datanodes keep their logs themselves. */
  public MetasrvPorts(
      KeyValueStore store,
      Election election,
      boolean sharedStore,
      PeerClient peers,
      NodeClients nodes,
      Runtime runtime,
      Metrics metrics,
      EventLog events,
      SelfDescription self) {
    this(
        store, election, sharedStore, peers, nodes, WalTopics.NONE, runtime, metrics, events, self);
  }
}
