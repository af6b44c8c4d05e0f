package io.metasrv.bootstrap.config;

import io.metasrv.application.options.GcOptions;
import java.time.Duration;
import java.util.List;

/** Collection of files no region needs. */
final class GcSettings {

  static final Setting<Boolean> GC_ENABLE =
      Setting.of(
          "gc.enable",
          ValueType.BOOL,
          o -> o.gc().enable(),
          "whether unused files are collected; must equal the datanodes' setting");

  static final Setting<Integer> GC_MAX_CONCURRENT_TABLES =
      Setting.of(
          "gc.max_concurrent_tables",
          ValueType.COUNT,
          o -> o.gc().maxConcurrentTables(),
          "tables worked on at one time");

  static final Setting<Integer> GC_MAX_RETRIES_PER_REGION =
      Setting.of(
          "gc.max_retries_per_region",
          ValueType.COUNT,
          o -> o.gc().maxRetriesPerRegion(),
          "attempts on one region");

  static final Setting<Integer> GC_REGION_GC_CONCURRENCY =
      Setting.of(
          "gc.region_gc_concurrency",
          ValueType.COUNT,
          o -> o.gc().regionGcConcurrency(),
          "regions worked on at one time");

  static final Setting<Duration> GC_RETRY_BACKOFF_DURATION =
      Setting.of(
          "gc.retry_backoff_duration",
          ValueType.DURATION,
          o -> o.gc().retryBackoff(),
          "pause between attempts");

  static final Setting<Long> GC_MIN_REGION_SIZE_THRESHOLD =
      Setting.of(
          "gc.min_region_size_threshold",
          ValueType.UNSIGNED,
          o -> o.gc().minRegionSizeThreshold(),
          "bytes below which a region is left alone");

  static final Setting<Double> GC_SST_COUNT_WEIGHT =
      Setting.of(
          "gc.sst_count_weight",
          ValueType.NUMBER,
          o -> o.gc().sstCountWeight(),
          "weight of the number of files");

  static final Setting<Double> GC_FILE_REMOVED_COUNT_WEIGHT =
      Setting.of(
          "gc.file_removed_count_weight",
          ValueType.NUMBER,
          o -> o.gc().fileRemovedCountWeight(),
          "weight of the number of removed files");

  static final Setting<Duration> GC_GC_COOLDOWN_PERIOD =
      Setting.of(
          "gc.gc_cooldown_period",
          ValueType.DURATION,
          o -> o.gc().cooldownPeriod(),
          "rest of a region after its collection");

  static final Setting<Integer> GC_REGIONS_PER_TABLE_THRESHOLD =
      Setting.of(
          "gc.regions_per_table_threshold",
          ValueType.COUNT,
          o -> o.gc().regionsPerTableThreshold(),
          "most regions of a table in one round");

  static final Setting<Duration> GC_MAILBOX_TIMEOUT =
      Setting.of(
          "gc.mailbox_timeout",
          ValueType.DURATION,
          o -> o.gc().mailboxTimeout(),
          "most time a datanode may take to answer");

  static final Setting<Duration> GC_FULL_FILE_LISTING_INTERVAL =
      Setting.of(
          "gc.full_file_listing_interval",
          ValueType.DURATION,
          o -> o.gc().fullFileListingInterval(),
          "how often the object store is listed as a whole");

  static final Setting<Duration> GC_TRACKER_CLEANUP_INTERVAL =
      Setting.of(
          "gc.tracker_cleanup_interval",
          ValueType.DURATION,
          o -> o.gc().trackerCleanupInterval(),
          "how often bookkeeping of lost regions is dropped");

  private GcSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        GC_ENABLE,
        GC_MAX_CONCURRENT_TABLES,
        GC_MAX_RETRIES_PER_REGION,
        GC_REGION_GC_CONCURRENCY,
        GC_RETRY_BACKOFF_DURATION,
        GC_MIN_REGION_SIZE_THRESHOLD,
        GC_SST_COUNT_WEIGHT,
        GC_FILE_REMOVED_COUNT_WEIGHT,
        GC_GC_COOLDOWN_PERIOD,
        GC_REGIONS_PER_TABLE_THRESHOLD,
        GC_MAILBOX_TIMEOUT,
        GC_FULL_FILE_LISTING_INTERVAL,
        GC_TRACKER_CLEANUP_INTERVAL);
  }

  static GcOptions build(Values v) {
    return new GcOptions(
        v.get(GC_ENABLE),
        v.get(GC_MAX_CONCURRENT_TABLES),
        v.get(GC_MAX_RETRIES_PER_REGION),
        v.get(GC_REGION_GC_CONCURRENCY),
        v.get(GC_RETRY_BACKOFF_DURATION),
        v.get(GC_MIN_REGION_SIZE_THRESHOLD),
        v.get(GC_SST_COUNT_WEIGHT),
        v.get(GC_FILE_REMOVED_COUNT_WEIGHT),
        v.get(GC_GC_COOLDOWN_PERIOD),
        v.get(GC_REGIONS_PER_TABLE_THRESHOLD),
        v.get(GC_MAILBOX_TIMEOUT),
        v.get(GC_FULL_FILE_LISTING_INTERVAL),
        v.get(GC_TRACKER_CLEANUP_INTERVAL));
  }
}
