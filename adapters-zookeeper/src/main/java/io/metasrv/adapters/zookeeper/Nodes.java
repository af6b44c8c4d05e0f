package io.metasrv.adapters.zookeeper;

import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/** Parents of znodes: persistent, so that no server ever removes one that is empty for a while. */
final class Nodes {

  private Nodes() {}

  /** Makes the znode and the ones above it, as far as they are missing. */
  static void ensure(ZooKeeper session, String path, List<ACL> acl, Deadline deadline)
      throws ZooKeeperCallException {
    for (int slash = path.indexOf('/', 1); ; slash = path.indexOf('/', slash + 1)) {
      String each = slash < 0 ? path : path.substring(0, slash);
      if (!each.isEmpty()) {
        ensureOne(session, each, acl, deadline);
      }
      if (slash < 0) {
        return;
      }
    }
  }

  private static void ensureOne(ZooKeeper session, String path, List<ACL> acl, Deadline deadline)
      throws ZooKeeperCallException {
    if (Requests.await(Requests.exists(session, path), deadline)) {
      return;
    }
    Optional<Requests.Refusal> refusal =
        Requests.await(Requests.multi(session, List.of(create(path, acl))), deadline);
    if (refusal.isPresent() && refusal.get().code() != KeeperException.Code.NODEEXISTS) {
      throw new ZooKeeperCallException(KeeperException.create(refusal.get().code(), path));
    }
  }

  /** The op that makes an empty persistent znode. */
  static Op create(String path, List<ACL> acl) {
    return Op.create(path, new byte[0], acl, CreateMode.PERSISTENT);
  }
}
