package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;

/**
 * Where things lie in ZooKeeper; version 1 of the layout (docs/design/zookeeper.md). All parents
 * are persistent znodes made once, together with the format marker, and never removed.
 *
 * <pre>
 * ROOT/format               marker: layout version and identity of this store
 * ROOT/kv/XX/NAME           one key: see {@link NodeValue}
 * ROOT/creations/XX         its data version counts the creations of keys in that shard
 * ROOT/chunks/ID/NNNN       the parts of one large value
 * ROOT/election/NAME/…      one ephemeral sequential znode a participant
 * ROOT/candidates/NAME/…    one ephemeral znode a node that is alive
 * </pre>
 *
 * @param root absolute path without a slash at the end; empty for ZooKeeper's own root
 */
record Layout(String root) {

  Layout {
    if (root.equals("/")) {
      root = "";
    }
    if (!root.isEmpty() && (!root.startsWith("/") || root.endsWith("/"))) {
      throw new IllegalArgumentException(
          "zookeeper.root must begin with a slash and not end with one: '%s'".formatted(root));
    }
  }

  String format() {
    return root + "/format";
  }

  String keys() {
    return root + "/kv";
  }

  String keyShard(int shard) {
    return keys() + "/" + KeyNames.shardName(shard);
  }

  String key(Bytes key) {
    return keyShard(KeyNames.shard(key)) + "/" + KeyNames.encode(key);
  }

  String creations() {
    return root + "/creations";
  }

  String creations(int shard) {
    return creations() + "/" + KeyNames.shardName(shard);
  }

  String chunks() {
    return root + "/chunks";
  }

  String generation(String id) {
    return chunks() + "/" + id;
  }

  String chunk(String id, int number) {
    return "%s/%04d".formatted(generation(id), number);
  }

  String elections() {
    return root + "/election";
  }

  String candidates() {
    return root + "/candidates";
  }
}
