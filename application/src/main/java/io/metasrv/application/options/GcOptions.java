package io.metasrv.application.options;

import java.time.Duration;

/**
 * {@code [gc]}: collection of files no region needs (sheet 09 §7.4).
 *
 * @param enable must equal the datanodes' setting
 * @param maxConcurrentTables tables worked on at one time
 * @param maxRetriesPerRegion attempts on one region
 * @param regionGcConcurrency regions worked on at one time
 * @param retryBackoff pause between attempts
 * @param minRegionSizeThreshold bytes below which a region is left alone
 * @param sstCountWeight weight of the number of files
 * @param fileRemovedCountWeight weight of the number of removed files
 * @param cooldownPeriod rest of a region after its collection
 * @param regionsPerTableThreshold most regions of a table in one round
 * @param mailboxTimeout most time a datanode may take to answer
 * @param fullFileListingInterval how often the object store is listed as a whole
 * @param trackerCleanupInterval how often bookkeeping of lost regions is dropped
 */
public record GcOptions(
    boolean enable,
    int maxConcurrentTables,
    int maxRetriesPerRegion,
    int regionGcConcurrency,
    Duration retryBackoff,
    long minRegionSizeThreshold,
    double sstCountWeight,
    double fileRemovedCountWeight,
    Duration cooldownPeriod,
    int regionsPerTableThreshold,
    Duration mailboxTimeout,
    Duration fullFileListingInterval,
    Duration trackerCleanupInterval) {

  /** The reference's defaults: off. */
  public static GcOptions defaults() {
    return new GcOptions(
        false,
        10,
        3,
        16,
        Duration.ofSeconds(5),
        104_857_600,
        0.5,
        1.0,
        Duration.ofMinutes(5),
        20,
        Duration.ofSeconds(60),
        Duration.ofHours(24),
        Duration.ofHours(6));
  }
}
