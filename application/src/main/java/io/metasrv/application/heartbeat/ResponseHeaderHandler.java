package io.metasrv.application.heartbeat;

import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.heartbeat.NodeRole;

/** Gives every response its header. */
final class ResponseHeaderHandler implements HeartbeatHandler {

  @Override
  public boolean accepts(NodeRole role) {
    return true;
  }

  @Override
  public boolean isEssential() {
    return true;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange.header(ResponseHeaders.success());
    return Outcome.CONTINUE;
  }
}
