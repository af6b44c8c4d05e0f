package io.metasrv.benchmarks;

import io.metasrv.adapters.embedded.EmbeddedStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/**
 * The embedded store against bare RocksDB, both acknowledging only what is synced to disk. RocksDB
 * is called by platform threads: it holds the thread that calls it, and its own group commit has
 * only as many writes to join as there are threads inside.
 */
final class EmbeddedBenchmark {

  private static final byte[] VALUE = new byte[300];

  private EmbeddedBenchmark() {}

  static List<PairedRun.Result> run(int rounds) throws Exception {
    Path bare = Files.createTempDirectory("metasrv-bench-rocksdb");
    Path ours = Files.createTempDirectory("metasrv-bench-embedded");
    List<PairedRun.Result> results = new ArrayList<>();
    try (EmbeddedStore store = EmbeddedStore.open(ours.resolve("store"));
        Options options = new Options().setCreateIfMissing(true);
        WriteOptions synced = new WriteOptions().setSync(true);
        RocksDB rocks = RocksDB.open(options, bare.toString())) {
      for (int writers : new int[] {1, 8, 64}) {
        int calls = writers == 1 ? 1_000 : 200 * writers;
        results.add(
            PairedRun.compare(
                "embedded: synced put",
                writers,
                rounds,
                calls,
                PairedRun.Callers.PLATFORM,
                (caller, i) -> rocks.put(synced, key(i).toByteArray(), VALUE),
                (caller, i) -> store.put(key(i), Bytes.wrap(VALUE), Previous.DISCARD)));
      }
      results.add(
          PairedRun.compare(
              "embedded: get",
              1,
              rounds,
              20_000,
              PairedRun.Callers.PLATFORM,
              (caller, i) -> Consumed.by(rocks.get(key(i % 300).toByteArray())),
              (caller, i) -> Consumed.by(store.get(key(i % 300)))));
    } finally {
      delete(bare);
      delete(ours);
    }
    return results;
  }

  private static Bytes key(int i) {
    return Bytes.utf8("__bench/%08d".formatted(i));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
