package io.metasrv.doubles;

import io.metasrv.application.service.ClusterService;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;

/** Doubles do not ask about the cluster. */
record NoCluster() implements ClusterService {

  @Override
  public RangeResponse range(RangeRequest request) {
    throw ServiceException.unsupported("no cluster here");
  }

  @Override
  public BatchGetResponse batchGet(BatchGetRequest request) {
    throw ServiceException.unsupported("no cluster here");
  }

  @Override
  public MetasrvPeersResponse metasrvPeers(MetasrvPeersRequest request) {
    throw ServiceException.unsupported("no cluster here");
  }
}
