package io.metasrv.application.metadata;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/** Current addresses of nodes (sheet 03 §4). Stateless, thread-safe. */
public final class NodeAddressManager {

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public NodeAddressManager(KeyValueStore store) {
    this.store = store;
  }

  /** The address of the node. */
  public Optional<Peer> get(NodeRole role, long nodeId) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The addresses of those nodes that have one, by id. */
  public SortedMap<Long, String> addresses(NodeRole role, Collection<Long> nodeIds) {
    throw new UnsupportedOperationException("not written yet");
  }
}
