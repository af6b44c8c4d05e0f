package io.metasrv.domain.heartbeat;

/**
 * Where the manifest of a region stands, as its engine reports it (sheet 04 §10.2). All numbers are
 * unsigned 64 bits.
 */
public sealed interface RegionManifest {

  /** What counts for a region that reports nothing: an empty Mito manifest. */
  RegionManifest NONE = new Mito(0, 0, 0);

  /**
   * A region of the Mito engine.
   *
   * @param manifestVersion version of the manifest
   * @param flushedEntryId last log entry that is in a file
   * @param fileRemovedCount files removed so far
   */
  record Mito(long manifestVersion, long flushedEntryId, long fileRemovedCount)
      implements RegionManifest {}

  /**
   * A physical region of the metric engine: a data and a metadata region in one.
   *
   * @param dataManifestVersion version of the data region's manifest
   * @param dataFlushedEntryId last log entry of the data region that is in a file
   * @param metadataManifestVersion version of the metadata region's manifest
   * @param metadataFlushedEntryId last log entry of the metadata region that is in a file
   */
  record Metric(
      long dataManifestVersion,
      long dataFlushedEntryId,
      long metadataManifestVersion,
      long metadataFlushedEntryId)
      implements RegionManifest {}
}
