package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Looks at the column families of a RocksDB database before it is opened, because opening another
 * system's database with our options would change it.
 */
final class RocksFamilies {

  private RocksFamilies() {}

  /**
   * @throws StoreException.Corrupted if the directory holds a database with content that is not
   *     ours
   */
  static void requireOurs(Path directory) throws RocksDBException {
    if (!Files.exists(directory.resolve(StoreDirectory.CURRENT_FILE))) {
      return;
    }
    List<String> families;
    try (Options options = new Options()) {
      families =
          RocksDB.listColumnFamilies(options, directory.toString()).stream()
              .map(name -> new String(name, StandardCharsets.UTF_8))
              .sorted()
              .toList();
    }
    // A first start that was killed may have got as far as a database without our family; nothing
    // was ever written to that one.
    if (families.contains(RocksSettings.INTERNAL_FAMILY) || !hasContent(directory)) {
      return;
    }
    throw new StoreException.Corrupted(
        "The directory %s holds a RocksDB database of another system (its column families: %s)."
                .formatted(directory, families)
            + " Nothing was changed; name another directory",
        new IOException("no column family " + RocksSettings.INTERNAL_FAMILY));
  }

  private static boolean hasContent(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(
          file ->
              file.toString().endsWith(".sst")
                  || (file.toString().endsWith(".log") && file.toFile().length() > 0));
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "The directory %s of the embedded store cannot be listed: %s"
              .formatted(directory, StoreDirectory.reason(e)),
          e);
    }
  }
}
