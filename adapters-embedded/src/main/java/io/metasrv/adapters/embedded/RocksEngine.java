package io.metasrv.adapters.embedded;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The native database and everything that belongs to it. A native object that is used after it was
 * freed takes the whole process down; therefore every use goes through {@link #use}, and {@link
 * #close} waits for those under way and turns later ones away. Thread-safe.
 */
final class RocksEngine implements AutoCloseable {

  private final RocksSettings settings;
  private final RocksDB database;
  private final ColumnFamilyHandle data;
  private final ColumnFamilyHandle internal;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final ReadOptions anyTier = new ReadOptions();
  private final ReadOptions memoryTier = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final Failures failures;

  /** Shared by those who use the database, exclusive (and never given back) for who closes it. */
  private final StampedLock uses = new StampedLock();

  private final AtomicBoolean closing = new AtomicBoolean();

  private RocksEngine(
      RocksSettings settings,
      RocksDB database,
      List<ColumnFamilyHandle> families,
      Failures failures) {
    this.settings = settings;
    this.database = database;
    this.data = families.get(0);
    this.internal = families.get(1);
    this.failures = failures;
  }

  /**
   * Opens or creates the database.
   *
   * @param tuning last word on the options, for tests
   */
  static RocksEngine open(Path directory, EmbeddedOptions options, Consumer<DBOptions> tuning) {
    RocksLibrary.load();
    Failures failures = new Failures(directory);
    RocksSettings settings = new RocksSettings(options, tuning);
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      RocksFamilies.requireOurs(directory);
      RocksDB database =
          RocksDB.open(settings.database(), directory.toString(), settings.families(), families);
      return new RocksEngine(settings, database, families, failures);
    } catch (RocksDBException e) {
      settings.close();
      throw failures.ofOpening(e);
    } catch (RuntimeException | Error e) {
      settings.close();
      throw e;
    }
  }

  Failures failures() {
    return failures;
  }

  /**
   * Runs something that calls native code.
   *
   * @throws StoreException.Unavailable once the engine is closed or closing
   */
  <T> T use(Supplier<T> body) {
    long stamp = uses.tryReadLock();
    if (stamp == 0) {
      throw failures.closed();
    }
    try {
      return body.get();
    } finally {
      uses.unlockRead(stamp);
    }
  }

  /** The committed pairs, each call at a moment of its own. Only within {@link #use}. */
  RocksContent latest() {
    return content(anyTier);
  }

  /** Runs on the committed pairs of one moment. */
  <T> T readAtOneMoment(boolean fromMemoryOnly, Function<RocksContent, T> read) {
    return use(
        () -> {
          Snapshot snapshot = database.getSnapshot();
          try (ReadOptions frozen = new ReadOptions(fromMemoryOnly ? memoryTier : anyTier)) {
            return read.apply(content(frozen.setSnapshot(snapshot)));
          } finally {
            database.releaseSnapshot(snapshot);
          }
        });
  }

  /** Runs a read of one native call, which has one moment anyway. */
  <T> T readOnce(boolean fromMemoryOnly, Function<RocksContent, T> read) {
    return use(() -> read.apply(content(fromMemoryOnly ? memoryTier : anyTier)));
  }

  private RocksContent content(ReadOptions options) {
    return new RocksContent(database, data, options, failures);
  }

  /** What the store knows of itself under the name. */
  Optional<String> internal(String name) {
    return use(
        () -> {
          try {
            byte[] text = database.get(internal, anyTier, name.getBytes(StandardCharsets.UTF_8));
            return text == null
                ? Optional.empty()
                : Optional.of(new String(text, StandardCharsets.UTF_8));
          } catch (RocksDBException e) {
            throw failures.of("Reading '" + name + "' of the embedded store", e);
          }
        });
  }

  /** Writes everything as one atomic step, and returns once it is synced. */
  void commit(PendingWrites writes, Map<String, String> internals) {
    use(
        () -> {
          try (WriteBatch batch = new WriteBatch()) {
            fill(batch, writes, internals);
            database.write(synced, batch);
            return true;
          } catch (RocksDBException e) {
            throw failures.of("Writing to the embedded store", e);
          }
        });
  }

  private void fill(WriteBatch batch, PendingWrites writes, Map<String, String> internals)
      throws RocksDBException {
    for (Map.Entry<Bytes, Optional<Bytes>> write : writes.pairs().entrySet()) {
      byte[] key = write.getKey().toByteArray();
      if (write.getValue().isPresent()) {
        batch.put(data, key, ValueFormat.encode(write.getValue().get()));
      } else {
        batch.delete(data, key);
      }
    }
    for (Map.Entry<String, String> entry : internals.entrySet()) {
      batch.put(
          internal,
          entry.getKey().getBytes(StandardCharsets.UTF_8),
          entry.getValue().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes a copy of the database as of now into a new directory. */
  void checkpoint(Path target) {
    use(
        () -> {
          try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
            return true;
          } catch (RocksDBException e) {
            throw failures.of("Writing a checkpoint to " + target + " of the embedded store", e);
          }
        });
  }

  /** Reads every block of every file and compares its checksum. */
  void verifyChecksums() {
    use(
        () -> {
          try {
            database.verifyChecksum();
            return true;
          } catch (RocksDBException e) {
            throw failures.of("Verifying the checksums of the embedded store", e);
          }
        });
  }

  /**
   * Moves what is only in the log into files. Not needed for safety; it leaves an empty log behind,
   * so that the next start has nothing to replay and damage to the log nothing to hit.
   */
  void flush() {
    use(
        () -> {
          try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            database.flush(waiting, List.of(data, internal));
            return true;
          } catch (RocksDBException e) {
            throw failures.of("Flushing the embedded store", e);
          }
        });
  }

  /** Idempotent. What was acknowledged is in the log already, so nothing can get lost here. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    uses.writeLock();
    data.close();
    internal.close();
    synced.close();
    anyTier.close();
    memoryTier.close();
    try {
      database.closeE();
    } catch (RocksDBException e) {
      throw failures.of("Closing the embedded store", e);
    } finally {
      settings.close();
    }
  }
}
