package io.metasrv.nodes.region;

/**
 * How far a region's data got. Unsigned numbers.
 *
 * @param manifestVersion grows with each flush and each change of schema
 * @param lastEntryId the last WAL entry written
 * @param flushedEntryId the last WAL entry that is in files
 * @param rows rows written and not truncated
 * @param memtableBytes bytes not yet flushed
 * @param fileBytes bytes in files
 * @param fileCount files
 * @param writtenBytes bytes written since the region was created
 */
public record Progress(
    long manifestVersion,
    long lastEntryId,
    long flushedEntryId,
    long rows,
    long memtableBytes,
    long fileBytes,
    long fileCount,
    long writtenBytes) {

  static Progress created() {
    return new Progress(0, 0, 0, 0, 0, 0, 0, 0);
  }

  Progress written(long moreRows, long bytes) {
    return new Progress(
        manifestVersion,
        lastEntryId + 1,
        flushedEntryId,
        rows + moreRows,
        memtableBytes + bytes,
        fileBytes,
        fileCount,
        writtenBytes + bytes);
  }

  /** Nothing to flush changes nothing, as in the engine. */
  Progress flushed() {
    if (memtableBytes == 0) {
      return this;
    }
    return new Progress(
        manifestVersion + 1,
        lastEntryId,
        lastEntryId,
        rows,
        0,
        fileBytes + memtableBytes,
        fileCount + 1,
        writtenBytes);
  }

  Progress truncated() {
    return new Progress(manifestVersion + 1, lastEntryId, lastEntryId, 0, 0, 0, 0, writtenBytes);
  }

  Progress manifestChanged() {
    return new Progress(
        manifestVersion + 1,
        lastEntryId,
        flushedEntryId,
        rows,
        memtableBytes,
        fileBytes,
        fileCount,
        writtenBytes);
  }
}
