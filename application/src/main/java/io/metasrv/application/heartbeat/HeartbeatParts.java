package io.metasrv.application.heartbeat;

import io.metasrv.application.cache.CacheInvalidator;
import io.metasrv.application.mailbox.Mailbox;
import io.metasrv.application.mailbox.Pushers;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.pubsub.HeartbeatPublisher;

/**
 * What the leader builds for heartbeats in one term, and throws away with it.
 *
 * @param context the term, its stores and the runtime
 * @param options what can be set
 * @param memory the leader's memory, which service Cluster serves: leases, statistics, node infos
 * @param pushers connected nodes
 * @param mailbox messages to them
 * @param caches broadcasts of what changed
 * @param addresses persistent node addresses
 * @param leaderRegions who leads each region and how far it has come
 * @param topicStats growth of remote-log topics
 * @param operatingRegions regions under operation
 * @param regionLeases decides leases
 * @param regionCounts regions of each datanode
 * @param publisher hands heartbeats to subscribers
 */
public record HeartbeatParts(
    TermContext context,
    HeartbeatOptions options,
    KeyValueStore memory,
    Pushers pushers,
    Mailbox mailbox,
    CacheInvalidator caches,
    NodeAddresses addresses,
    LeaderRegions leaderRegions,
    TopicStats topicStats,
    OperatingRegions operatingRegions,
    RegionLeases regionLeases,
    RegionCounts regionCounts,
    HeartbeatPublisher publisher) {}
