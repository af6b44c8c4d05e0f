package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.ACL;

/**
 * An evaluated transaction as one request to ZooKeeper: the fences first, then checks that
 * everything looked at is as it was, then the writes, last the counts of created keys. Refused as a
 * whole if one of them does not hold.
 */
final class MultiRequest {

  /** Any version will do. */
  private static final int ANY = -1;

  private final Layout layout;
  private final List<ACL> acl;
  private final Snapshot snapshot;
  private final List<Op> checks = new ArrayList<>();
  private final List<Op> writes = new ArrayList<>();
  private final Set<Integer> shardsChecked = new LinkedHashSet<>();
  private final Set<Integer> shardsGrown = new LinkedHashSet<>();

  MultiRequest(Layout layout, List<ACL> acl, Snapshot snapshot) {
    this.layout = layout;
    this.acl = acl;
    this.snapshot = snapshot;
  }

  /**
   * The ops.
   *
   * @param values what is stored for each key written; without those removed
   * @param generations parts of large values that have to be there still
   */
  List<Op> ops(
      List<ZooKeeperFence> fences,
      List<NodeValue.Chunked> generations,
      TxnEvaluation evaluation,
      Map<Bytes, NodeValue> values) {
    List<Op> all = new ArrayList<>();
    fences.forEach(fence -> all.add(Op.check(fence.node(), ANY)));
    // A generation that somebody began to sweep away has another version.
    generations.forEach(
        parts -> all.add(Op.check(layout.generation(parts.generation().toString()), 0)));
    evaluation.writes().forEach((key, value) -> write(evaluation, values, key, value));
    evaluation.valuesSeen().forEach(key -> check(evaluation, key, true));
    evaluation.existenceSeen().forEach(key -> check(evaluation, key, false));
    shardsChecked.forEach(
        shard -> all.add(Op.check(layout.creations(shard), snapshot.creations(shard))));
    all.addAll(checks);
    all.addAll(writes);
    shardsGrown.forEach(shard -> all.add(Op.setData(layout.creations(shard), new byte[0], ANY)));
    return all;
  }

  private void write(
      TxnEvaluation evaluation, Map<Bytes, NodeValue> values, Bytes key, Optional<Bytes> value) {
    Optional<Snapshot.Entry> entry = snapshot.entry(key);
    boolean valueSeen = evaluation.valuesSeen().contains(key);
    int version = entry.isPresent() && valueSeen ? entry.get().version() : ANY;
    String path = layout.key(key);
    NodeValue stored = values.get(key);
    if (value.isPresent() && stored != null) {
      if (entry.isPresent()) {
        writes.add(Op.setData(path, stored.encode(), version));
      } else {
        writes.add(Op.create(path, stored.encode(), acl, CreateMode.PERSISTENT));
        shardsGrown.add(KeyNames.shard(key));
      }
    } else if (entry.isPresent()) {
      writes.add(Op.delete(path, version));
    }
  }

  private void check(TxnEvaluation evaluation, Bytes key, boolean value) {
    Optional<Snapshot.Entry> entry = snapshot.entry(key);
    boolean written = evaluation.writes().containsKey(key);
    if (entry.isPresent()) {
      if (!written) {
        checks.add(Op.check(layout.key(key), value ? entry.get().version() : ANY));
      }
      if (value) {
        shardsChecked.add(KeyNames.shard(key));
      }
    } else if (evaluation.writes().getOrDefault(key, Optional.empty()).isEmpty()) {
      // A key that is created needs no check: creating it is one.
      shardsChecked.add(KeyNames.shard(key));
    }
  }

  /** An upper bound of the bytes that a request with these ops takes. */
  static long size(List<Op> ops, Map<Bytes, NodeValue> values, List<ACL> acl) {
    long aclBytes = acl.stream().mapToLong(entry -> entry.toString().length() + 32L).sum();
    long bytes = 0;
    for (Op op : ops) {
      bytes += op.getPath().length() + 48L + aclBytes;
    }
    for (NodeValue value : values.values()) {
      bytes += value.storedBytes();
    }
    return bytes;
  }
}
