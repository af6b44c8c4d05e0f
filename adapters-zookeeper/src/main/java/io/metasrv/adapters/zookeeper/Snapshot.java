package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/**
 * Some keys as they were at one moment, and how many keys had ever been created in their shards. As
 * long as a shard's count stays, no key missing in it appeared, and no key was removed and created
 * again with the same version. Immutable.
 *
 * @param session that read it; later requests on it see nothing older
 */
record Snapshot(ZooKeeper session, Map<Bytes, Entry> entries, Map<Integer, Integer> creations) {

  /** A key that is there. */
  record Entry(NodeValue value, int version) {}

  /**
   * @param nodes of the keys, then of the shards' counters
   */
  static Snapshot of(
      ZooKeeper session,
      Set<Bytes> keys,
      Set<Integer> shards,
      java.util.List<Optional<Requests.Node>> nodes)
      throws ZooKeeperCallException {
    Map<Bytes, Entry> entries = new HashMap<>();
    Map<Integer, Integer> creations = new HashMap<>();
    int i = 0;
    for (Bytes key : keys) {
      Optional<Requests.Node> node = nodes.get(i++);
      if (node.isPresent()) {
        entries.put(
            key, new Entry(NodeValue.decode(node.get().data()), node.get().stat().getVersion()));
      }
    }
    for (int shard : shards) {
      Optional<Requests.Node> counter = nodes.get(i++);
      if (counter.isEmpty()) {
        throw new ZooKeeperCallException(
            KeeperException.create(
                KeeperException.Code.NONODE, "the counter of shard " + KeyNames.shardName(shard)));
      }
      creations.put(shard, counter.get().stat().getVersion());
    }
    return new Snapshot(session, entries, creations);
  }

  Optional<Entry> entry(Bytes key) {
    return Optional.ofNullable(entries.get(key));
  }

  boolean has(Bytes key) {
    return entries.containsKey(key);
  }

  /** How many keys had been created in the key's shard. */
  int creations(int shard) {
    Integer count = creations.get(shard);
    if (count == null) {
      throw new IllegalStateException("shard " + shard + " was not read");
    }
    return count;
  }
}
