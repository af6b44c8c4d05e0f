package io.metasrv.client;

import io.metasrv.domain.RegionId;

/**
 * The statistics of one region as its datanode last reported them (sheet 04 §10.2). Sizes in bytes;
 * all numbers unsigned.
 *
 * @param role {@code Leader}, {@code Follower}, {@code StagingLeader} or {@code DowngradingLeader}
 * @param manifest {@code Mito} or {@code Metric} with its versions, as JSON text
 */
public record RegionStatistics(
    RegionId region,
    long datanodeId,
    String engine,
    String role,
    long approximateBytes,
    long rows,
    long memtableBytes,
    long manifestBytes,
    long sstBytes,
    long sstCount,
    long indexBytes,
    long writtenBytes,
    String manifest) {}
