package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.PeerValueCodec;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.key.NodeAddressKey;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Current addresses of nodes (sheet 03 §4): routes carry those of the time they were made, and get
 * these on read. Stateless, thread-safe.
 */
public final class NodeAddressManager {

  private static final Logger LOG = LoggerFactory.getLogger(NodeAddressManager.class);

  private final KeyValueStore store;

  /**
   * @param store the store of the term
   */
  public NodeAddressManager(KeyValueStore store) {
    this.store = store;
  }

  /** The address of the node. */
  public Optional<Peer> get(NodeRole role, long nodeId) {
    return Reads.get(store, NodeAddressKey.of(role, nodeId).toBytes(), PeerValueCodec.CODEC)
        .map(Stored::value);
  }

  /**
   * The addresses of those nodes that have one, by unsigned id. One that cannot be read is logged
   * and left out, so that it stops no table.
   */
  public SortedMap<Long, String> addresses(NodeRole role, Collection<Long> nodeIds) {
    TreeMap<Long, String> addresses = new TreeMap<>(Long::compareUnsigned);
    LinkedHashMap<Bytes, Long> keys = new LinkedHashMap<>();
    new LinkedHashSet<>(nodeIds).forEach(id -> keys.put(NodeAddressKey.of(role, id).toBytes(), id));
    if (keys.isEmpty()) {
      return Collections.unmodifiableSortedMap(addresses);
    }
    for (KeyValue kv : store.batchGet(List.copyOf(keys.keySet()))) {
      Long id = keys.get(kv.key());
      if (id != null) {
        address(kv).ifPresent(address -> addresses.put(id, address));
      }
    }
    return Collections.unmodifiableSortedMap(addresses);
  }

  private static Optional<String> address(KeyValue kv) {
    try {
      return Optional.of(PeerValueCodec.CODEC.decode(kv.key(), kv.value()).address());
    } catch (ServiceException broken) {
      LOG.error("A node keeps the address its routes carry: {}", broken.getMessage());
      return Optional.empty();
    }
  }

  /** The peer with its current address, if there is one. */
  static Peer remap(Peer peer, SortedMap<Long, String> addresses) {
    String address = addresses.get(peer.id());
    return address == null ? peer : new Peer(peer.id(), address);
  }
}
