package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * The format marker: which version of the layout a store has, and which store it is. Whoever finds
 * none makes it, together with all parents, in one atomic step, so that a store is either whole or
 * not there. Thread-safe.
 */
final class StoreIdentity {

  private static final String MAGIC = "metasrv-zookeeper";
  private static final String VERSION = "1";

  private final ZooKeeperConnection connection;
  private volatile @Nullable UUID known;

  StoreIdentity(ZooKeeperConnection connection) {
    this.connection = connection;
  }

  /**
   * The identity; asks ZooKeeper the first time.
   *
   * @throws StoreException.Corrupted if another layout or something foreign is there
   */
  UUID get(Deadline deadline) throws ZooKeeperCallException {
    UUID identity = known;
    if (identity == null) {
      identity = find(deadline);
      known = identity;
    }
    return identity;
  }

  private UUID find(Deadline deadline) throws ZooKeeperCallException {
    ZooKeeper session = connection.connected(deadline).handle();
    String path = connection.layout().format();
    Optional<Requests.Node> marker = readMarker(session, path, deadline);
    if (marker.isEmpty()) {
      create(session, deadline);
      marker = readMarker(session, path, deadline);
    }
    return parse(
        marker
            .map(node -> new String(node.data(), UTF_8))
            .orElseThrow(
                () ->
                    new ZooKeeperCallException(
                        ZooKeeperCallException.Kind.CONNECTION_LOST,
                        "the layout at %s is not there yet".formatted(path))));
  }

  private static Optional<Requests.Node> readMarker(
      ZooKeeper session, String path, Deadline deadline) throws ZooKeeperCallException {
    var barrier = Requests.sync(session, path);
    // Not a plain read: servers that are too old do not know this one, and should say so here.
    var marker = Requests.readAll(session, List.of(path));
    Requests.await(barrier, deadline);
    return Requests.await(marker, deadline).getFirst();
  }

  /** Creates the layout; somebody else may be faster, which is as good. */
  private void create(ZooKeeper session, Deadline deadline) throws ZooKeeperCallException {
    Layout layout = connection.layout();
    Nodes.ensure(session, layout.root(), connection.acl(), deadline);
    List<Op> all = new ArrayList<>();
    for (String parent :
        List.of(
            layout.keys(),
            layout.creations(),
            layout.chunks(),
            layout.elections(),
            layout.candidates())) {
      all.add(Nodes.create(parent, connection.acl()));
    }
    for (int shard = 0; shard < KeyNames.SHARDS; shard++) {
      all.add(Nodes.create(layout.keyShard(shard), connection.acl()));
      all.add(Nodes.create(layout.creations(shard), connection.acl()));
    }
    String marker = String.join(" ", MAGIC, VERSION, UUID.randomUUID().toString()) + "\n";
    all.add(
        Op.create(
            layout.format(), marker.getBytes(UTF_8), connection.acl(), CreateMode.PERSISTENT));
    Optional<Requests.Refusal> refusal = Requests.await(Requests.multi(session, all), deadline);
    if (refusal.isPresent() && refusal.get().code() != KeeperException.Code.NODEEXISTS) {
      throw new ZooKeeperCallException(
          KeeperException.create(refusal.get().code(), all.get(refusal.get().index()).getPath()));
    }
  }

  private UUID parse(String marker) {
    String[] words = marker.strip().split(" ");
    if (words.length == 3 && words[0].equals(MAGIC) && words[1].equals(VERSION)) {
      return UUID.fromString(words[2]);
    }
    throw new StoreException.Corrupted(
        "the format marker %s at %s says '%s', this version reads '%s %s' only; give another"
                .formatted(
                    connection.layout().format(),
                    connection.addresses(),
                    marker.strip(),
                    MAGIC,
                    VERSION)
            + " zookeeper.root, or the version of Metasrv that wrote it",
        new IllegalArgumentException(marker.strip()));
  }
}
