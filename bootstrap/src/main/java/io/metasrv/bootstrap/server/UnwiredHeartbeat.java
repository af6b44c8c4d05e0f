package io.metasrv.bootstrap.server;

import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;

/** Stands in until the heartbeat service lands; to be deleted. */
final class UnwiredHeartbeat implements HeartbeatService {

  @Override
  public void serve(NodeStream stream) {
    stream.end(new StreamEnd.ShuttingDown("unwired"));
  }

  @Override
  public AskLeaderResponse askLeader(AskLeaderRequest request) {
    throw ServiceException.unsupported("heartbeats are not wired yet");
  }
}
