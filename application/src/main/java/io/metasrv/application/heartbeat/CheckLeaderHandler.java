package io.metasrv.application.heartbeat;

import io.metasrv.application.metasrv.Term;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.heartbeat.NodeRole;

/** Ends the chain with "not leader" once the term is over: no lease, no statistics. */
final class CheckLeaderHandler implements HeartbeatHandler {

  private final Term term;

  CheckLeaderHandler(Term term) {
    this.term = term;
  }

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
    if (term.isHeld()) {
      return Outcome.CONTINUE;
    }
    exchange.header(ResponseHeaders.notLeader());
    return Outcome.DONE;
  }
}
