package io.metasrv.application.heartbeat;

import io.metasrv.application.discovery.KnownNode;
import io.metasrv.application.discovery.NodeDiscovery;
import io.metasrv.application.options.HumanDuration;
import io.metasrv.application.options.StatsPersistenceOptions;
import io.metasrv.application.port.FrontendClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.RegionStatRows;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.time.MonotonicTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the statistics of each datanode's leader regions to the history table through a frontend,
 * at most once an interval (sheet 04 §11). The write runs on a task of its own: the datanode does
 * not wait for it. After a failure the next heartbeat tries again.
 */
final class PersistStatsHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(PersistStatsHandler.class);

  private final ConcurrentHashMap<Long, Node> nodes = new ConcurrentHashMap<>();
  private final StatsPersistenceOptions options;
  private final FrontendClient frontends;
  private final NodeDiscovery discovery;
  private final Runtime runtime;

  PersistStatsHandler(HeartbeatParts parts, FrontendClient frontends) {
    this.options = parts.options().statsPersistence();
    this.frontends = frontends;
    this.runtime = parts.context().runtime();
    this.discovery = new NodeDiscovery(parts.memory()::range, parts.options().times(), runtime);
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    exchange.stat().filter(stat -> stat.leaderCount() > 0).ifPresent(this::persistIfDue);
    return Outcome.CONTINUE;
  }

  private void persistIfDue(DatanodeStat stat) {
    Node node = nodes.computeIfAbsent(stat.id(), id -> new Node());
    if (!node.begin(runtime.monotonic(), options)) {
      return;
    }
    runtime.start("persist-stats-" + Long.toUnsignedString(stat.id()), () -> persist(stat, node));
  }

  private void persist(DatanodeStat stat, Node node) throws InterruptedException {
    boolean written = false;
    try {
      write(stat, node);
      written = true;
    } catch (MetasrvException e) {
      LOG.warn(
          "The statistics of datanode {} could not be written to the history",
          Long.toUnsignedString(stat.id()),
          e);
    } finally {
      node.finish(written, stat);
    }
  }

  private void write(DatanodeStat stat, Node node) throws InterruptedException {
    long interval = options.interval().toMillis();
    long rounded = Math.floorDiv(stat.timestampMillis(), interval) * interval;
    LinkedHashMap<String, String> hints = new LinkedHashMap<>();
    hints.put("ttl", HumanDuration.format(options.ttl()));
    hints.put("append_mode", "true");
    hints.put("compaction.twcs.time_window", "1day");
    frontends.handle(frontend(), RegionStatRows.insert(stat, rounded, node::delta), hints);
  }

  private Peer frontend() {
    List<KnownNode> alive = discovery.alive(NodeRole.FRONTEND);
    if (alive.isEmpty()) {
      throw ServiceException.illegalState("No available frontend");
    }
    return alive.get(runtime.random().nextInt(alive.size())).peer();
  }

  /** What was written of one datanode. */
  private static final class Node {
    private final ReentrantLock lock = new ReentrantLock();
    private boolean busy;
    private MonotonicTime begun = new MonotonicTime(0);
    private @Nullable MonotonicTime last;
    private Map<RegionId, Long> writtenBytes = Map.of();

    boolean begin(MonotonicTime now, StatsPersistenceOptions options) {
      lock.lock();
      try {
        boolean due = last == null || now.since(last).compareTo(options.interval()) >= 0;
        if (!due || busy) {
          return false;
        }
        busy = true;
        begun = now;
        return true;
      } finally {
        lock.unlock();
      }
    }

    void finish(boolean written, DatanodeStat stat) {
      lock.lock();
      try {
        busy = false;
        if (written) {
          last = begun;
          Map<RegionId, Long> bytes = new LinkedHashMap<>(writtenBytes);
          for (RegionStat region : stat.regions()) {
            bytes.put(region.id(), region.statistic().writtenBytes());
          }
          writtenBytes = bytes;
        }
      } finally {
        lock.unlock();
      }
    }

    /** Bytes written since the last row; 0 for the first row and if the counter went back. */
    long delta(RegionStat region) {
      lock.lock();
      try {
        Long before = writtenBytes.get(region.id());
        long now = region.statistic().writtenBytes();
        return before == null || Long.compareUnsigned(now, before) < 0 ? 0 : now - before;
      } finally {
        lock.unlock();
      }
    }
  }
}
