package io.metasrv.application.heartbeat;

import io.metasrv.application.cache.CacheInvalidator;
import io.metasrv.application.heartbeat.NodeEpochs.Arrival;
import io.metasrv.application.heartbeat.codec.DatanodeStatCodec;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.key.DatanodeStatKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the statistics of each datanode and writes them to memory: at once for the first
 * heartbeat of a start, then those of every {@code flush_stats_factor} heartbeats together (sheet
 * 04 §4). A new start also saves the node's address and announces it; if that fails the next
 * heartbeat tries again.
 */
final class CollectStatsHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CollectStatsHandler.class);

  private final NodeEpochs<List<DatanodeStat>> gathered = new NodeEpochs<>(ArrayList::new);
  private final int flushFactor;
  private final KeyValueStore memory;
  private final NodeAddresses addresses;
  private final CacheInvalidator caches;
  private final RegionCounts counts;

  CollectStatsHandler(HeartbeatParts parts) {
    this.flushFactor = parts.options().flushStatsFactor();
    this.memory = parts.memory();
    this.addresses = parts.addresses();
    this.caches = parts.caches();
    this.counts = parts.regionCounts();
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange
        .takeStat()
        .ifPresent(
            stat ->
                gathered.visit(
                    stat.id(),
                    stat.nodeEpoch(),
                    (arrival, announce, stats) -> collect(stat, arrival, announce, stats)));
    return Outcome.CONTINUE;
  }

  private boolean collect(
      DatanodeStat stat, Arrival arrival, boolean announce, List<DatanodeStat> stats) {
    if (arrival == Arrival.OLD_START) {
      LOG.warn(
          "Datanode {} sent a heartbeat of epoch {}, which is over; it is ignored",
          Long.toUnsignedString(stat.id()),
          Long.toUnsignedString(stat.nodeEpoch()));
      return false;
    }
    if (arrival == Arrival.NEW_START) {
      stats.clear();
    }
    stats.add(stat);
    boolean announced = announce && announce(stat);
    if (arrival == Arrival.NEW_START || stats.size() >= flushFactor) {
      flush(stat, stats);
    }
    return announced;
  }

  private void flush(DatanodeStat latest, List<DatanodeStat> stats) {
    memory.put(
        new DatanodeStatKey(latest.id()).toBytes(),
        DatanodeStatCodec.encode(stats),
        Previous.DISCARD);
    counts.written(latest.id(), latest.regionCount());
    stats.clear();
  }

  private boolean announce(DatanodeStat stat) {
    Peer peer = new Peer(stat.id(), stat.address());
    try {
      addresses.save(NodeRole.DATANODE, peer);
      caches.invalidate(tables(stat));
      return true;
    } catch (MetasrvException e) {
      LOG.warn(
          "The address of datanode {} could not be saved or announced; its next heartbeat will"
              + " try again",
          peer,
          e);
      return false;
    }
  }

  private static List<CacheIdent> tables(DatanodeStat stat) {
    TreeSet<TableId> tables = new TreeSet<>();
    for (RegionStat region : stat.regions()) {
      tables.add(region.id().table());
    }
    return tables.stream().<CacheIdent>map(CacheIdent.OfTableId::new).toList();
  }
}
