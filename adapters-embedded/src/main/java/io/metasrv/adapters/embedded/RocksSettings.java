package io.metasrv.adapters.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.BuiltinComparator;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;

/**
 * RocksDB's options for a metadata store: small, one writer, every commit synced, checked wherever
 * checking is cheap beside a sync. Owns native objects; to be closed after the database.
 */
final class RocksSettings implements AutoCloseable {

  /** What the metadata pairs live in: RocksDB's own default family. */
  static final byte[] DATA_FAMILY = RocksDB.DEFAULT_COLUMN_FAMILY;

  /** What the store knows of itself lives in. */
  static final String INTERNAL_FAMILY = "metasrv-internal";

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  private final Deque<RocksObject> owned = new ArrayDeque<>();
  private final EmbeddedOptions options;
  private final DBOptions database;
  private final List<ColumnFamilyDescriptor> families;

  RocksSettings(EmbeddedOptions options, Consumer<DBOptions> tuning) {
    this.options = options;
    this.database = databaseOptions();
    tuning.accept(database);
    ColumnFamilyOptions family = familyOptions();
    this.families =
        List.of(
            new ColumnFamilyDescriptor(DATA_FAMILY, family),
            new ColumnFamilyDescriptor(INTERNAL_FAMILY.getBytes(StandardCharsets.UTF_8), family));
  }

  DBOptions database() {
    return database;
  }

  /** Data first, internal second. */
  List<ColumnFamilyDescriptor> families() {
    return families;
  }

  private DBOptions databaseOptions() {
    return own(new DBOptions())
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        .setWalRecoveryMode(recoveryMode(options.damagedLog()))
        // Both families in one flush: the term number, written once a leadership, would otherwise
        // keep every log since alive.
        .setAtomicFlush(true)
        .setMaxTotalWalSize(4 * options.writeBufferBytes())
        // One writer thread: nothing to insert concurrently, nobody to wait for in a spin.
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setMaxBackgroundJobs(2)
        // Every file is opened, and thereby its footer and size checked, at the start.
        .setMaxOpenFiles(-1)
        .setMaxFileOpeningThreads(1)
        .setSkipStatsUpdateOnDbOpen(true)
        .setManifestPreallocationSize(64 * KIB)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(4 * MIB)
        .setKeepLogFileNum(4);
  }

  /**
   * How the log is read at a start. RocksDB's four modes differ in what they take for damage:
   *
   * <ul>
   *   <li>{@code kAbsoluteConsistency} refuses a record cut short at the end, too. Every crash in
   *       the middle of a write leaves one, so the store would not start after most of them.
   *   <li>{@code kPointInTimeRecovery}, RocksDB's default, takes a wrong checksum anywhere for the
   *       end of the log. One bad sector in the middle would silently lose every acknowledged write
   *       after it.
   *   <li>{@code kTolerateCorruptedTailRecords} drops a record cut short at the end, which was
   *       never acknowledged because its sync never returned, and refuses a wrong checksum. That is
   *       the promise of this store, so it is what {@link DamagedLog#REFUSE} means.
   * </ul>
   *
   * Point in time remains for the operator who has decided to lose the rest.
   */
  private static WALRecoveryMode recoveryMode(DamagedLog choice) {
    return switch (choice) {
      case REFUSE -> WALRecoveryMode.TolerateCorruptedTailRecords;
      case CUT -> WALRecoveryMode.PointInTimeRecovery;
    };
  }

  private ColumnFamilyOptions familyOptions() {
    BlockBasedTableConfig tables =
        new BlockBasedTableConfig()
            .setBlockCache(own(new LRUCache(options.blockCacheBytes())))
            // Most compares ask for keys that are not there.
            .setFilterPolicy(own(new BloomFilter(10)))
            .setVerifyCompression(true);
    return own(new ColumnFamilyOptions())
        // Unsigned bytes: the order of the port.
        .setComparator(BuiltinComparator.BYTEWISE_COMPARATOR)
        .setTableFormatConfig(tables)
        .setWriteBufferSize(options.writeBufferBytes())
        .setArenaBlockSize(256 * KIB)
        .setMaxWriteBufferNumber(3)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        // Each file is read back and compared after it was written.
        .setParanoidFileChecks(true);
  }

  private <T extends RocksObject> T own(T created) {
    owned.push(created);
    return created;
  }

  /** Last created, first closed. */
  @Override
  public void close() {
    owned.forEach(RocksObject::close);
    owned.clear();
  }
}
