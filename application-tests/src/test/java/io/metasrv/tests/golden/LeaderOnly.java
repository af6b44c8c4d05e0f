package io.metasrv.tests.golden;

import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.Peer;

/** Stands in for the heartbeat service while there is none: knows the leader, takes no streams. */
record LeaderOnly(Leadership leadership) implements HeartbeatService {

  @Override
  public void serve(NodeStream stream) {
    stream.end(new StreamEnd.ShuttingDown(leadership.serverAddress()));
  }

  @Override
  public AskLeaderResponse askLeader(AskLeaderRequest request) {
    String leader =
        leadership
            .leaderAddress()
            .orElseThrow(() -> ServiceException.unexpected("no leader is known"));
    return AskLeaderResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .setLeader(Peer.newBuilder().setAddr(leader))
        .build();
  }
}
