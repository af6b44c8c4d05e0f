package io.metasrv.application.heartbeat;

import com.google.protobuf.ByteString;
import io.metasrv.application.heartbeat.codec.GcStatCodec;
import io.metasrv.application.heartbeat.codec.RegionStatisticReader;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.wire.HeartbeatMessages;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.GcStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.heartbeat.RegionStatistic;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a datanode's statistics out of its request (sheet 04 §10.1–10.2). An extension that cannot
 * be read costs that extension and nothing else: a region has zeros then, the garbage collection is
 * unknown; in the reference a bad {@code __gc_stat} costs the lease (sheet 01 §18 no. 19).
 */
final class ExtractStatHandler implements HeartbeatHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ExtractStatHandler.class);

  /** What one region takes in memory, roughly: the records and the numbers in them. */
  private static final int BYTES_OF_REGION = 200;

  private static final int BYTES_OF_STAT = 200;

  private final Runtime runtime;
  private final Metrics.Counter rate;
  private final Metrics.Histogram memorySize;
  private final Metrics.Counter badGcStats;
  private final Metrics.Counter badRegionStatistics;

  ExtractStatHandler(HeartbeatParts parts) {
    Metrics metrics = parts.context().metrics();
    this.runtime = parts.context().runtime();
    this.rate = metrics.counter(MetricNames.HEARTBEAT_RATE);
    this.memorySize = metrics.histogram(MetricNames.HEARTBEAT_STAT_MEMORY_SIZE);
    this.badGcStats = metrics.counter(MetricNames.HEARTBEAT_BAD_INPUT, GcStatCodec.EXTENSION);
    this.badRegionStatistics =
        metrics.counter(MetricNames.HEARTBEAT_BAD_INPUT, RegionStatisticReader.EXTENSION);
  }

  @Override
  public boolean accepts(NodeRole role) {
    return role == NodeRole.DATANODE;
  }

  @Override
  public Outcome handle(HeartbeatExchange exchange) {
    if (exchange.request().hasMailboxMessage()) {
      return Outcome.CONTINUE;
    }
    Optional<Peer> peer = exchange.peer();
    if (peer.isEmpty()) {
      LOG.info("New handshake of {}", exchange.pusher());
      return Outcome.CONTINUE;
    }
    DatanodeStat stat = extract(exchange.request(), peer.get());
    rate.increment();
    memorySize.observe(BYTES_OF_STAT + (double) BYTES_OF_REGION * stat.regionCount());
    exchange.stat(stat);
    return Outcome.CONTINUE;
  }

  private DatanodeStat extract(HeartbeatRequest request, Peer peer) {
    List<RegionStat> regions = regions(request, peer);
    long rcus = 0;
    long wcus = 0;
    for (RegionStat region : regions) {
      rcus += region.rcus();
      wcus += region.wcus();
    }
    return new DatanodeStat(
        runtime.wallClock().toEpochMilli(),
        peer.id(),
        peer.address(),
        rcus,
        wcus,
        regions,
        HeartbeatMessages.topics(request),
        request.getNodeEpoch(),
        HeartbeatMessages.workloads(NodeRole.DATANODE, request),
        gcStat(request, peer));
  }

  private List<RegionStat> regions(HeartbeatRequest request, Peer peer) {
    RegionStatisticReader reader = new RegionStatisticReader();
    List<RegionStat> regions = new ArrayList<>(request.getRegionStatsCount());
    for (io.metasrv.protocol.v1.meta.RegionStat region : request.getRegionStatsList()) {
      regions.add(
          new RegionStat(
              new RegionId(region.getRegionId()),
              region.getRcus(),
              region.getWcus(),
              region.getApproximateBytes(),
              region.getEngine(),
              HeartbeatMessages.role(region.getRole()),
              statistic(region, reader, peer)));
    }
    return regions;
  }

  private RegionStatistic statistic(
      io.metasrv.protocol.v1.meta.RegionStat region, RegionStatisticReader reader, Peer peer) {
    ByteString json =
        region.getExtensionsOrDefault(RegionStatisticReader.EXTENSION, ByteString.EMPTY);
    if (json.isEmpty()) {
      return RegionStatistic.NONE;
    }
    try {
      return reader.read(json);
    } catch (JsonFormatException e) {
      badRegionStatistics.increment();
      LOG.debug(
          "{} sent statistics of region {} that cannot be read; they count as zero",
          peer,
          new RegionId(region.getRegionId()),
          e);
      return RegionStatistic.NONE;
    }
  }

  private Optional<GcStat> gcStat(HeartbeatRequest request, Peer peer) {
    ByteString json = request.getExtensionsOrDefault(GcStatCodec.EXTENSION, ByteString.EMPTY);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(GcStatCodec.decode(json));
    } catch (MetasrvException e) {
      badGcStats.increment();
      LOG.warn("{} sent a {} that cannot be read and is left out", peer, GcStatCodec.EXTENSION, e);
      return Optional.empty();
    }
  }
}
