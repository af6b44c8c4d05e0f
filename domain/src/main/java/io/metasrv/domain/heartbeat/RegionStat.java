package io.metasrv.domain.heartbeat;

import io.metasrv.domain.RegionId;

/**
 * One region in the statistics of a datanode (sheet 04 §10.2).
 *
 * @param id the region
 * @param rcus read capacity units; real datanodes send 0
 * @param wcus write capacity units; real datanodes send 0
 * @param approximateBytes size on disk, unsigned
 * @param engine engine name, for example {@code mito}
 * @param role how the datanode says it holds the region
 * @param statistic the rest
 */
public record RegionStat(
    RegionId id,
    long rcus,
    long wcus,
    long approximateBytes,
    String engine,
    RegionRole role,
    RegionStatistic statistic) {}
