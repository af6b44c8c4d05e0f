package io.metasrv.application.heartbeat.codec;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonScanner;
import io.metasrv.domain.heartbeat.RegionManifest;
import io.metasrv.domain.heartbeat.RegionStatistic;

/**
 * Reads the extension {@code __region_statistic} of a region (sheet 04 §10.2). A datanode sends one
 * for each of its regions with every heartbeat, so this reads straight from the text into the
 * value, and one reader is used for all regions of a heartbeat. Not thread-safe.
 */
public final class RegionStatisticReader {

  /** Name of the extension. */
  public static final String EXTENSION = "__region_statistic";

  private static final int MEMTABLE_SIZE = 1;
  private static final int WAL_SIZE = 1 << 1;
  private static final int MANIFEST_SIZE = 1 << 2;
  private static final int SST_SIZE = 1 << 3;
  private static final int SST_COUNT = 1 << 4;
  private static final int REQUIRED =
      MEMTABLE_SIZE | WAL_SIZE | MANIFEST_SIZE | SST_SIZE | SST_COUNT;

  private final JsonScanner.Members members = this::member;
  private final JsonScanner.Members manifestMembers = this::manifestMember;
  private byte[] scratch = new byte[1024];

  private int seen;
  private long rows;
  private long memtableSize;
  private long manifestSize;
  private long sstSize;
  private long sstCount;
  private long indexSize;
  private RegionManifest manifest = RegionManifest.NONE;
  private long writtenBytes;
  private long dataTopicLatestEntryId;
  private long metadataTopicLatestEntryId;

  /**
   * Reads the extension.
   *
   * @throws JsonFormatException if it is not readable
   */
  public RegionStatistic read(ByteString json) {
    int size = json.size();
    if (scratch.length < size) {
      scratch = new byte[Math.max(size, scratch.length * 2)];
    }
    json.copyTo(scratch, 0);
    reset();
    try (JsonScanner in = JsonScanner.of(scratch, size)) {
      in.object(members);
      in.end();
    }
    if (seen != REQUIRED) {
      throw JsonScanner.missing("memtable_size, wal_size, manifest_size, sst_size or sst_num");
    }
    return new RegionStatistic(
        rows,
        memtableSize,
        manifestSize,
        sstSize,
        sstCount,
        indexSize,
        manifest,
        writtenBytes,
        dataTopicLatestEntryId,
        metadataTopicLatestEntryId);
  }

  private void reset() {
    seen = 0;
    rows = 0;
    indexSize = 0;
    manifest = RegionManifest.NONE;
    writtenBytes = 0;
    dataTopicLatestEntryId = 0;
    metadataTopicLatestEntryId = 0;
  }

  private void member(JsonScanner in, String name) {
    switch (name) {
      case "num_rows" -> rows = in.unsigned();
      case "memtable_size" -> memtableSize = required(in, MEMTABLE_SIZE);
      case "wal_size" -> required(in, WAL_SIZE);
      case "manifest_size" -> manifestSize = required(in, MANIFEST_SIZE);
      case "sst_size" -> sstSize = required(in, SST_SIZE);
      case "sst_num" -> sstCount = required(in, SST_COUNT);
      case "index_size" -> indexSize = in.unsigned();
      case "manifest" -> in.object(manifestMembers);
      case "written_bytes" -> writtenBytes = in.unsigned();
      case "data_topic_latest_entry_id" -> dataTopicLatestEntryId = in.unsigned();
      case "metadata_topic_latest_entry_id" -> metadataTopicLatestEntryId = in.unsigned();
      default -> in.skip();
    }
  }

  private long required(JsonScanner in, int field) {
    seen |= field;
    return in.unsigned();
  }

  private void manifestMember(JsonScanner in, String engine) {
    switch (engine) {
      case "Mito" -> manifest = mito(in);
      case "Metric" -> manifest = metric(in);
      default -> throw JsonScanner.missing("Mito or Metric");
    }
  }

  private static RegionManifest mito(JsonScanner in) {
    ManifestNumbers numbers = new ManifestNumbers();
    in.object(numbers);
    numbers.require(ManifestNumbers.VERSION | ManifestNumbers.FLUSHED);
    return new RegionManifest.Mito(numbers.version, numbers.flushed, numbers.filesRemoved);
  }

  private static RegionManifest metric(JsonScanner in) {
    ManifestNumbers numbers = new ManifestNumbers();
    in.object(numbers);
    numbers.require(ManifestNumbers.METRIC);
    return new RegionManifest.Metric(
        numbers.version, numbers.flushed, numbers.metadataVersion, numbers.metadataFlushed);
  }

  /** The numbers of either kind of manifest. */
  private static final class ManifestNumbers implements JsonScanner.Members {
    private static final int VERSION = 1;
    private static final int FLUSHED = 1 << 1;
    private static final int METADATA_VERSION = 1 << 2;
    private static final int METADATA_FLUSHED = 1 << 3;
    private static final int METRIC = VERSION | FLUSHED | METADATA_VERSION | METADATA_FLUSHED;

    private int present;
    private long version;
    private long flushed;
    private long filesRemoved;
    private long metadataVersion;
    private long metadataFlushed;

    @Override
    public void member(JsonScanner in, String name) {
      switch (name) {
        case "manifest_version", "data_manifest_version" -> version = number(in, VERSION);
        case "flushed_entry_id", "data_flushed_entry_id" -> flushed = number(in, FLUSHED);
        case "file_removed_cnt" -> filesRemoved = in.unsigned();
        case "metadata_manifest_version" -> metadataVersion = number(in, METADATA_VERSION);
        case "metadata_flushed_entry_id" -> metadataFlushed = number(in, METADATA_FLUSHED);
        default -> in.skip();
      }
    }

    private long number(JsonScanner in, int field) {
      present |= field;
      return in.unsigned();
    }

    private void require(int fields) {
      if ((present & fields) != fields) {
        throw JsonScanner.missing("a version or an entry id of the manifest");
      }
    }
  }
}
