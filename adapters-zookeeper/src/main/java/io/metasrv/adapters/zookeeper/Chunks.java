package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metasrv.domain.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values too large for one request, in parts. A generation of parts is written under an id of its
 * own before the transaction that names it, and never changed afterwards; it becomes visible with
 * that transaction and is removed once another value has taken its place. Thread-safe.
 */
final class Chunks {

  /** Bytes of one part: with its envelope well below the 1 MiB that servers take. */
  static final int PART_BYTES = 768 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Chunks.class);

  private final ZooKeeperConnection connection;

  Chunks(ZooKeeperConnection connection) {
    this.connection = connection;
  }

  /** A part that was named is not there: the value has been replaced meanwhile. */
  static final class Replaced extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Writes the value as a new generation; nobody sees it yet. */
  NodeValue.Chunked write(ZooKeeper session, Bytes key, Bytes value, Deadline deadline)
      throws ZooKeeperCallException {
    UUID id = UUID.randomUUID();
    int count = (value.size() + PART_BYTES - 1) / PART_BYTES;
    Layout layout = connection.layout();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    // The owner's znode, for whoever cleans up after a writer that died.
    byte[] owner = layout.key(key).getBytes(US_ASCII);
    answers.add(create(session, layout.generation(id.toString()), owner));
    for (int i = 0; i < count; i++) {
      Bytes part =
          value.substring(i * PART_BYTES, Math.min(value.size(), i * PART_BYTES + PART_BYTES));
      answers.add(create(session, layout.chunk(id.toString(), i), part.toByteArray()));
    }
    for (CompletableFuture<String> answer : answers) {
      String unused = Requests.await(answer, deadline);
    }
    return new NodeValue.Chunked(id, value.size(), count, checksum(value));
  }

  private CompletableFuture<String> create(ZooKeeper session, String path, byte[] data) {
    return Requests.create(session, path, data, connection.acl(), CreateMode.PERSISTENT);
  }

  /** The value of a znode, wherever it lies. */
  Bytes content(ZooKeeper session, NodeValue value, Deadline deadline)
      throws ZooKeeperCallException, Replaced {
    return switch (value) {
      case NodeValue.Inline(Bytes content) -> content;
      case NodeValue.Chunked chunked -> read(session, chunked, deadline);
    };
  }

  private Bytes read(ZooKeeper session, NodeValue.Chunked value, Deadline deadline)
      throws ZooKeeperCallException, Replaced {
    List<CompletableFuture<Optional<Requests.Node>>> answers = new ArrayList<>();
    for (int i = 0; i < value.count(); i++) {
      answers.add(
          Requests.read(session, connection.layout().chunk(value.generation().toString(), i)));
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream(value.length());
    for (CompletableFuture<Optional<Requests.Node>> answer : answers) {
      content.writeBytes(Requests.await(answer, deadline).orElseThrow(Replaced::new).data());
    }
    Bytes read = Bytes.wrap(content.toByteArray());
    if (read.size() != value.length() || checksum(read) != value.checksum()) {
      throw ZooKeeperFailures.damaged(
          "Read of a large value",
          "the parts under %s are not the %d bytes they should be"
              .formatted(
                  connection.layout().generation(value.generation().toString()), value.length()),
          new IllegalStateException("checksum or length differs"));
    }
    return read;
  }

  /** Begins to remove a generation that no key names any more; does not wait. */
  void remove(ZooKeeper session, NodeValue.Chunked value) {
    Layout layout = connection.layout();
    String id = value.generation().toString();
    List<Op> deletes = new ArrayList<>();
    for (int i = 0; i < value.count(); i++) {
      deletes.add(Op.delete(layout.chunk(id, i), -1));
    }
    deletes.add(Op.delete(layout.generation(id), -1));
    CompletableFuture<Void> unused =
        Requests.multi(session, deletes)
            .handle(
                (refusal, failure) -> {
                  if (failure != null
                      || (refusal.isPresent()
                          && refusal.get().code() != KeeperException.Code.NONODE)) {
                    LOG.debug("Parts of a replaced value stay until the next sweep: {}", id);
                  }
                  return null;
                });
  }

  private static int checksum(Bytes value) {
    CRC32C sum = new CRC32C();
    sum.update(value.asReadOnlyBuffer());
    return (int) sum.getValue();
  }
}
