package io.metasrv.domain.heartbeat;

/**
 * What a datanode says of one region in the extension {@code __region_statistic} (sheet 04 §10.2).
 * All numbers are unsigned 64 bits; sizes are bytes. The size of the log is read and dropped, as
 * the reference does.
 *
 * @param rows number of rows
 * @param memtableSize size of what is not flushed
 * @param manifestSize size of the manifest
 * @param sstSize size of the data files
 * @param sstCount number of data files
 * @param indexSize size of the index files
 * @param manifest where the manifest stands
 * @param writtenBytes bytes written since the region was opened
 * @param dataTopicLatestEntryId last entry of the data topic, with a remote log
 * @param metadataTopicLatestEntryId last entry of the metadata topic, with a remote log
 */
public record RegionStatistic(
    long rows,
    long memtableSize,
    long manifestSize,
    long sstSize,
    long sstCount,
    long indexSize,
    RegionManifest manifest,
    long writtenBytes,
    long dataTopicLatestEntryId,
    long metadataTopicLatestEntryId) {

  /** What counts for a region that reports nothing readable: zeros. */
  public static final RegionStatistic NONE =
      new RegionStatistic(0, 0, 0, 0, 0, 0, RegionManifest.NONE, 0, 0, 0);
}
