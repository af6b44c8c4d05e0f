package io.metasrv.application.service;

import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;

/**
 * Service {@code Cluster} (sheet 01 §7): the leader's volatile memory. A follower answers in band.
 * Thread-safe.
 */
public interface ClusterService {
  /** Reads a range of the leader's memory. */
  RangeResponse range(RangeRequest request);

  /** Reads several keys of the leader's memory. */
  BatchGetResponse batchGet(BatchGetRequest request);

  /** The leader and the other metasrvs. */
  MetasrvPeersResponse metasrvPeers(MetasrvPeersRequest request);
}
