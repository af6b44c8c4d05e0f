package io.metasrv.adapters.zookeeper;

import io.metasrv.application.port.Fence;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * One term on ZooKeeper: the ephemeral znode that won the election. It is there as long as the
 * session that made it, and no later znode has its path.
 *
 * @param store the store whose election issued it
 * @param node path of the znode
 * @param address the node whose term it is
 * @param doubt whether the connection that keeps the session was lost at any time since
 */
record ZooKeeperFence(UUID store, String node, String address, BooleanSupplier doubt)
    implements Fence {

  @Override
  public boolean isSuspended() {
    return doubt.getAsBoolean();
  }

  @Override
  public String describe() {
    return "term of %s on ZooKeeper, znode '%s'".formatted(address, node);
  }
}
