package io.metasrv.adapters.embedded;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;

/**
 * The pairs on disk, as of the moment that the read options name: a snapshot, or each call's own
 * moment. Calls go straight into native code, and are only allowed while the engine is in use (see
 * {@link RocksEngine#use}).
 */
final class RocksContent implements Content {

  private final RocksDB database;
  private final ColumnFamilyHandle family;
  private final ReadOptions options;
  private final Failures failures;

  RocksContent(
      RocksDB database, ColumnFamilyHandle family, ReadOptions options, Failures failures) {
    this.database = database;
    this.family = family;
    this.options = options;
    this.failures = failures;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    byte[] name = key.toByteArray();
    byte[] stored;
    try {
      stored = database.get(family, options, name);
    } catch (RocksDBException e) {
      throw failed("Reading key '" + key + "'", e);
    }
    return stored == null ? Optional.empty() : Optional.of(ValueFormat.decode(name, stored));
  }

  @Override
  public boolean contains(Bytes key) {
    try {
      // The value is cut to the array's length, so it is not copied.
      return database.get(family, options, key.toByteArray(), new byte[1]) != RocksDB.NOT_FOUND;
    } catch (RocksDBException e) {
      throw failed("Looking for key '" + key + "'", e);
    }
  }

  @Override
  public List<KeyValue> scan(KeyRange range, boolean keysOnly) {
    return page(range, new RangeOptions(0, keysOnly)).kvs();
  }

  /** One page of a range, at one moment. */
  RangeResult page(KeyRange range, RangeOptions wanted) {
    if (range.isEmpty()) {
      return new RangeResult(List.of(), false);
    }
    try (ReadOptions bounded = new ReadOptions(options);
        Slice bound = upperBound(range, bounded);
        RocksIterator iterator = database.newIterator(family, bounded)) {
      return page(iterator, range, wanted);
    }
  }

  /** Without the bound a scan would also walk the traces of deleted keys behind its end. */
  private static Slice upperBound(KeyRange range, ReadOptions bounded) {
    Slice bound = new Slice(range.end().orElse(Bytes.EMPTY).toByteArray());
    if (range.end().isPresent()) {
      bounded.setIterateUpperBound(bound);
    }
    return bound;
  }

  private RangeResult page(RocksIterator iterator, KeyRange range, RangeOptions wanted) {
    List<KeyValue> found = new ArrayList<>();
    iterator.seek(range.start().toByteArray());
    while (iterator.isValid() && (wanted.limit() == 0 || found.size() < wanted.limit())) {
      byte[] key = iterator.key();
      Bytes value = wanted.keysOnly() ? Bytes.EMPTY : ValueFormat.decode(key, iterator.value());
      found.add(new KeyValue(Bytes.wrap(key), value));
      iterator.next();
    }
    boolean more = iterator.isValid();
    try {
      // An iterator also stops being valid when it fails.
      iterator.status();
    } catch (RocksDBException e) {
      throw failed("Reading the range from '" + range.start() + "'", e);
    }
    return new RangeResult(found, more);
  }

  private RuntimeException failed(String attempted, RocksDBException e) {
    Status status = e.getStatus();
    return status != null && status.getCode() == Status.Code.Incomplete
        ? NotInMemory.INSTANCE
        : failures.of(attempted, e);
  }

  /** A read that was to touch memory only would have had to touch the disk. */
  static final class NotInMemory extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final NotInMemory INSTANCE = new NotInMemory();

    private NotInMemory() {
      super("not in memory", null, false, false);
    }
  }
}
