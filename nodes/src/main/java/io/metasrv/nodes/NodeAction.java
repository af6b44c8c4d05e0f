package io.metasrv.nodes;

import io.metasrv.protocol.v1.meta.HeartbeatRequest;

/** What a node wants from whoever drives it. Actions are carried out in the order given. */
public sealed interface NodeAction {

  /**
   * Drop the stream there is, if any, ask for the leader, open a stream to it, send {@link
   * ClusterNode#handshake()} and wait for the first response; then report {@link
   * ClusterNode#connected} or {@link ClusterNode#connectFailed}.
   */
  record Connect() implements NodeAction {}

  /** Send on the current stream; report {@link ClusterNode#sendFailed} if that fails. */
  record Send(HeartbeatRequest request) implements NodeAction {}
}
