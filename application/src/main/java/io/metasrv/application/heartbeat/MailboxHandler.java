package io.metasrv.application.heartbeat;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.domain.heartbeat.NodeRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a reply to whoever waits for it, and ends the chain. A reply nobody waits for any more is
 * dropped; in the reference it ends the node's stream (sheet 04 §25 no. 4).
 */
final class MailboxHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxHandler.class);

  private final Metrics.Counter lateReplies;

  MailboxHandler(Metrics metrics) {
    this.lateReplies = metrics.counter(MetricNames.MAILBOX_LATE_REPLIES);
  }

  @Override
  public boolean accepts(NodeRole role) {
    return true;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (!exchange.request().hasMailboxMessage()) {
      return Outcome.CONTINUE;
    }
    if (!exchange.pusher().deliver(exchange.request().getMailboxMessage())) {
      lateReplies.increment();
      LOG.warn(
          "Reply {} of {} to \"{}\" arrived when nobody waited for it",
          Long.toUnsignedString(exchange.request().getMailboxMessage().getId()),
          exchange.pusher(),
          exchange.request().getMailboxMessage().getSubject());
    }
    return Outcome.DONE;
  }
}
