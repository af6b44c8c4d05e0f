package io.metasrv.benchmarks.backends;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.Transaction;
import org.rocksdb.TransactionDB;
import org.rocksdb.TransactionDBOptions;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB with its own pessimistic transactions; every write synced. */
final class RocksBaseline implements Baseline {

  private final Options options = new Options().setCreateIfMissing(true);
  private final TransactionDBOptions transactionOptions = new TransactionDBOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final ReadOptions reads = new ReadOptions();

  /** Without transactions: they would make plain writes dearer. */
  private final RocksDB plain;

  private final TransactionDB transactional;

  RocksBaseline(Path directory) throws RocksDBException {
    plain = RocksDB.open(options, directory.resolve("plain").toString());
    transactional =
        TransactionDB.open(
            options, transactionOptions, directory.resolve("transactional").toString());
  }

  @Override
  public void put(byte[] key, byte[] value) throws RocksDBException {
    plain.put(synced, key, value);
  }

  @Override
  public byte[] get(byte[] key) throws RocksDBException {
    return Objects.requireNonNull(plain.get(key), "the baseline lost a key");
  }

  @Override
  public void putAll(List<Pair> pairs) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Pair pair : pairs) {
        batch.put(pair.key(), pair.value());
      }
      plain.write(synced, batch);
    }
  }

  @Override
  public int getAll(List<byte[]> keys) throws RocksDBException {
    return (int) plain.multiGetAsList(keys).stream().filter(Objects::nonNull).count();
  }

  @Override
  public byte[] replace(byte[] key, byte[] expected, byte[] value) throws RocksDBException {
    try (Transaction transaction = transactional.beginTransaction(synced)) {
      byte[] current = transaction.getForUpdate(reads, key, true);
      if (current == null) {
        // The first use of the key.
        transaction.put(key, value);
        transaction.commit();
        return expected;
      }
      if (Arrays.equals(current, expected)) {
        transaction.put(key, value);
        transaction.commit();
      } else {
        transaction.rollback();
      }
      return current;
    }
  }

  @Override
  public int range(byte[] from, byte[] to) {
    List<Pair> found = new ArrayList<>();
    Snapshot snapshot = plain.getSnapshot();
    try (ReadOptions atOneMoment = new ReadOptions().setSnapshot(snapshot);
        RocksIterator iterator = plain.newIterator(atOneMoment)) {
      iterator.seek(from);
      while (iterator.isValid() && Arrays.compareUnsigned(iterator.key(), to) < 0) {
        found.add(new Pair(iterator.key(), iterator.value()));
        iterator.next();
      }
    } finally {
      plain.releaseSnapshot(snapshot);
    }
    return found.size();
  }

  @Override
  public boolean replaceAll(List<byte[]> keys, byte[] expected, byte[] value)
      throws RocksDBException {
    try (Transaction transaction = transactional.beginTransaction(synced)) {
      for (byte[] key : keys) {
        byte[] current = transaction.getForUpdate(reads, key, true);
        if (current != null && !Arrays.equals(current, expected)) {
          transaction.rollback();
          return false;
        }
      }
      for (byte[] key : keys) {
        transaction.put(key, value);
      }
      transaction.commit();
      return true;
    }
  }

  @Override
  public void close() {
    transactional.close();
    plain.close();
    reads.close();
    synced.close();
    transactionOptions.close();
    options.close();
  }
}
