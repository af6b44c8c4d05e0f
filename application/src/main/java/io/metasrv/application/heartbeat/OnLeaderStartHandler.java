package io.metasrv.application.heartbeat;

import io.metasrv.application.metasrv.Term;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks the first heartbeat of a term. The reference clears its memory here, which costs the very
 * node that is first its lease (sheet 04 §25 no. 17); here memory and registries are made for the
 * term, so there is nothing to clear. The handler keeps its place for those that customise the
 * chain by name.
 */
final class OnLeaderStartHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(OnLeaderStartHandler.class);

  private final Term term;
  private final AtomicBoolean seen = new AtomicBoolean();

  OnLeaderStartHandler(Term term) {
    this.term = term;
  }

  @Override
  public boolean accepts(NodeRole role) {
    return true;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (!seen.get() && seen.compareAndSet(false, true)) {
      LOG.info("First heartbeat of {} comes from {}", term, exchange.pusher());
    }
    return Outcome.CONTINUE;
  }
}
