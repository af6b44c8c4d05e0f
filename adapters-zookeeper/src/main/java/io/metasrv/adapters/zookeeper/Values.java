package io.metasrv.adapters.zookeeper;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.zookeeper.ZooKeeper;

/**
 * How the values one transaction writes are stored: in their znodes if they fit, else in parts that
 * are written beforehand. Remembers what it wrote over the attempts of the transaction, so that
 * each large value is written once. For one thread.
 */
final class Values {

  /** Larger values always go into parts: large znodes slow down a server's snapshots. */
  private static final int LARGEST_INLINE = 512 << 10;

  /** Moving smaller ones out of a request that is too large gains nothing. */
  private static final int SMALLEST_CHUNKED = 512;

  private final Chunks chunks;
  private final Map<Bytes, NodeValue.Chunked> written = new IdentityHashMap<>();

  Values(Chunks chunks) {
    this.chunks = chunks;
  }

  /** Every value in the form it has at first. */
  Map<Bytes, NodeValue> of(ZooKeeper session, Map<Bytes, Optional<Bytes>> writes, Deadline deadline)
      throws ZooKeeperCallException {
    Map<Bytes, NodeValue> stored = new LinkedHashMap<>();
    for (Map.Entry<Bytes, Optional<Bytes>> write : writes.entrySet()) {
      if (write.getValue().isPresent()) {
        Bytes value = write.getValue().get();
        boolean large = value.size() > LARGEST_INLINE || written.containsKey(value);
        stored.put(
            write.getKey(),
            large
                ? inParts(session, write.getKey(), value, deadline)
                : new NodeValue.Inline(value));
      }
    }
    return stored;
  }

  /** Moves the largest value that is still in its znode into parts, to make a request smaller. */
  void shrink(String attempted, ZooKeeper session, Map<Bytes, NodeValue> stored, Deadline deadline)
      throws ZooKeeperCallException {
    Map.Entry<Bytes, NodeValue> largest = null;
    for (Map.Entry<Bytes, NodeValue> each : stored.entrySet()) {
      if (each.getValue() instanceof NodeValue.Inline
          && (largest == null || each.getValue().length() > largest.getValue().length())) {
        largest = each;
      }
    }
    if (largest == null || largest.getValue().length() < SMALLEST_CHUNKED) {
      throw new StoreException.Rejected(
          ("%s: its keys alone are longer than ZooKeeper takes in one request (%d bytes); use fewer"
                  + " or shorter keys")
              .formatted(attempted, Reads.MOST_REQUEST_BYTES));
    }
    if (largest.getValue() instanceof NodeValue.Inline(Bytes value)) {
      stored.put(largest.getKey(), inParts(session, largest.getKey(), value, deadline));
    }
  }

  private NodeValue.Chunked inParts(ZooKeeper session, Bytes key, Bytes value, Deadline deadline)
      throws ZooKeeperCallException {
    NodeValue.Chunked known = written.get(value);
    if (known == null) {
      known = chunks.write(session, key, value, deadline);
      written.put(value, known);
    }
    return known;
  }

  /** The parts among what is stored. */
  static List<NodeValue.Chunked> generations(Collection<NodeValue> stored) {
    return stored.stream()
        .filter(NodeValue.Chunked.class::isInstance)
        .map(NodeValue.Chunked.class::cast)
        .toList();
  }

  /** What was written has been swept away; the next attempt writes it anew. */
  void forget() {
    written.clear();
  }

  /** Removes what was written, except what became visible. */
  void removeAllBut(ZooKeeper session, Collection<NodeValue> visible) {
    written.values().stream()
        .filter(parts -> !visible.contains(parts))
        .forEach(parts -> chunks.remove(session, parts));
    written.clear();
  }
}
