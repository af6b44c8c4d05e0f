package io.metasrv.domain.heartbeat;

import java.util.OptionalLong;

/**
 * What the leader remembers of a region's leader copy (sheet 04 §10.6). Numbers are unsigned 64
 * bits.
 *
 * @param datanodeId the datanode that leads the region
 * @param manifest flushed and latest entries
 */
public record LeaderRegion(long datanodeId, Progress manifest) {

  /** From a region's statistics. */
  public static LeaderRegion of(long datanodeId, RegionStatistic statistic) {
    return new LeaderRegion(
        datanodeId,
        switch (statistic.manifest()) {
          case RegionManifest.Mito mito ->
              new Mito(
                  mito.manifestVersion(),
                  mito.flushedEntryId(),
                  statistic.dataTopicLatestEntryId());
          case RegionManifest.Metric metric ->
              new Metric(
                  new Mito(
                      metric.dataManifestVersion(),
                      metric.dataFlushedEntryId(),
                      statistic.dataTopicLatestEntryId()),
                  new Mito(
                      metric.metadataManifestVersion(),
                      metric.metadataFlushedEntryId(),
                      statistic.metadataTopicLatestEntryId()));
        });
  }

  /** Whether this is older than the other by its (data) manifest version. */
  public boolean isOlderThan(LeaderRegion other) {
    return Long.compareUnsigned(manifest.manifestVersion(), other.manifest.manifestVersion()) < 0;
  }

  /** How far flushes and the log have come. */
  public sealed interface Progress {
    /** Version of the (data) manifest. */
    long manifestVersion();

    /** Log entries up to this one are not needed any more. */
    long prunableEntryId();

    /** The (data) log is replayed from behind this entry. */
    long replayEntryId();

    /** The metadata log is replayed from behind this entry; empty for Mito. */
    OptionalLong metadataReplayEntryId();

    /** Whether the topic has moved on since the last flush. */
    boolean isInactive();
  }

  /**
   * A Mito region, or one half of a metric region.
   *
   * @param manifestVersion version of the manifest
   * @param flushedEntryId last flushed entry
   * @param topicLatestEntryId last entry of the topic
   */
  public record Mito(long manifestVersion, long flushedEntryId, long topicLatestEntryId)
      implements Progress {
    @Override
    public long prunableEntryId() {
      return replayEntryId();
    }

    @Override
    public long replayEntryId() {
      return larger(flushedEntryId, topicLatestEntryId);
    }

    @Override
    public OptionalLong metadataReplayEntryId() {
      return OptionalLong.empty();
    }

    @Override
    public boolean isInactive() {
      return Long.compareUnsigned(flushedEntryId, topicLatestEntryId) < 0;
    }
  }

  /**
   * A physical region of the metric engine.
   *
   * @param data its data region
   * @param metadata its metadata region
   */
  public record Metric(Mito data, Mito metadata) implements Progress {
    @Override
    public long manifestVersion() {
      return data.manifestVersion();
    }

    @Override
    public long prunableEntryId() {
      return smaller(data.replayEntryId(), metadata.replayEntryId());
    }

    @Override
    public long replayEntryId() {
      return data.replayEntryId();
    }

    @Override
    public OptionalLong metadataReplayEntryId() {
      return OptionalLong.of(metadata.replayEntryId());
    }

    @Override
    public boolean isInactive() {
      return data.isInactive() || metadata.isInactive();
    }
  }

  private static long larger(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private static long smaller(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }
}
