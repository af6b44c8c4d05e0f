package io.metasrv.adapters.etcd;

import io.metasrv.application.port.Fence;
import io.metasrv.domain.Bytes;

/**
 * One term on etcd: the election key that won it, as it was created. The key is attached to the
 * lease, so it vanishes with it, and a key created later has another revision.
 *
 * @param clusterId the cluster that issued it
 * @param electionKey {@code <prefix>__metasrv_election/<lease id in hex>}
 * @param createRevision revision at which the key was created
 * @param address the node whose term it is
 */
record EtcdFence(long clusterId, Bytes electionKey, long createRevision, String address)
    implements Fence {

  @Override
  public String describe() {
    return "term of %s on etcd, key '%s' created at revision %d"
        .formatted(address, electionKey, createRevision);
  }
}
