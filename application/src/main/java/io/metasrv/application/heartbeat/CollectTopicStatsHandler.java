package io.metasrv.application.heartbeat;

import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers how fast remote-log topics grow. */
final class CollectTopicStatsHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CollectTopicStatsHandler.class);

  private final TopicStats topics;

  CollectTopicStatsHandler(TopicStats topics) {
    this.topics = topics;
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange.stat().ifPresent(stat -> collect(exchange, stat));
    return Outcome.CONTINUE;
  }

  private void collect(HeartbeatExchange exchange, DatanodeStat stat) {
    int ignored = topics.add(stat);
    if (ignored > 0) {
      LOG.warn(
          "{} topics of {} are ignored: a report that is not older is known already",
          ignored,
          exchange.pusher());
    }
  }
}
