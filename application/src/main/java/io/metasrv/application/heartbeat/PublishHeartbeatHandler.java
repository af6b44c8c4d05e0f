package io.metasrv.application.heartbeat;

import io.metasrv.application.pubsub.HeartbeatPublisher;
import io.metasrv.domain.heartbeat.NodeRole;

/** Hands heartbeats of datanodes to subscribers. */
final class PublishHeartbeatHandler implements HeartbeatHandler {

  private final HeartbeatPublisher publisher;

  PublishHeartbeatHandler(HeartbeatPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    publisher.publish(exchange.request());
    return Outcome.CONTINUE;
  }
}
