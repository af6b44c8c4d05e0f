package io.metasrv.application.heartbeat;

import io.metasrv.application.heartbeat.codec.NodeAddressCodec;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.NodeAddressKey;
import java.util.Optional;

/**
 * The persistent addresses of datanodes and flownodes: what routes are mapped to on read, because
 * they carry the addresses of the time they were made. Thread-safe.
 */
public final class NodeAddresses {

  private final KeyValueStore store;

  /**
   * @param store the leader's cached store
   */
  public NodeAddresses(KeyValueStore store) {
    this.store = store;
  }

  /** Writes the node's address, if it is not the stored one. */
  public void save(NodeRole role, Peer peer) {
    Bytes key = NodeAddressKey.of(role, peer.id()).toBytes();
    Bytes value = NodeAddressCodec.encode(peer);
    Optional<Bytes> stored = store.get(key);
    if (stored.isEmpty() || !stored.get().equals(value)) {
      store.put(key, value, Previous.DISCARD);
    }
  }
}
