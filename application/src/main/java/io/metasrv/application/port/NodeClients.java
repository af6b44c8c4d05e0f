package io.metasrv.application.port;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;

/**
 * Calls to the nodes of the cluster.
 *
 * @param datanodes region requests
 * @param flownodes flow requests
 */
public record NodeClients(DatanodeClient datanodes, FlownodeClient flownodes) {

  /** Reaches nobody: for a metasrv that runs no procedures. */
  public static final NodeClients NOBODY =
      new NodeClients(
          (datanode, request) -> {
            throw unreachable(datanode);
          },
          (flownode, request) -> {
            throw unreachable(flownode);
          });

  private static MetasrvException unreachable(Peer node) {
    return new ServiceException(
        StatusCode.INTERNAL,
        "Cannot call %s: this metasrv was put together without clients of nodes".formatted(node));
  }
}
