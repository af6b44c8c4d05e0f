package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library once a process. A directory on {@code java.library.path} that
 * holds it is used as it is, which costs a fraction of the time: the distribution unpacks it there.
 * Otherwise it is unpacked from the jar into a private temporary directory that is removed as soon
 * as the library is mapped. RocksDB's own loader removes its copy on an orderly exit only; a server
 * that is killed would leave 17 MB behind each time.
 */
final class RocksLibrary {

  private static final String LIBRARY = "rocksdb";
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static boolean loaded;

  private RocksLibrary() {}

  /**
   * @throws StoreException.Unavailable if the library cannot be unpacked or does not suit the
   *     machine
   */
  static void load() {
    LOCK.lock();
    try {
      if (!loaded) {
        loadNow();
        loaded = true;
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static void loadNow() {
    try {
      if (isUnpacked()) {
        RocksDB.loadLibrary();
      } else {
        loadFromJar();
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new StoreException.Unavailable(
          "Loading RocksDB's native library (%s) for the embedded store failed: %s. Check that %s"
                  .formatted(fileName(), e, System.getProperty("java.io.tmpdir"))
              + " can be written and is not mounted noexec, or put the library into a directory"
              + " named by -Djava.library.path",
          e);
    }
  }

  private static boolean isUnpacked() {
    String path = System.getProperty("java.library.path", "");
    for (String directory : path.split(System.getProperty("path.separator", ":"), -1)) {
      if (!directory.isEmpty() && Files.isRegularFile(Path.of(directory, fileName()))) {
        return true;
      }
    }
    return false;
  }

  private static void loadFromJar() throws IOException {
    // Created readable and writable for this user only, so that nobody can swap the library.
    Path directory = Files.createTempDirectory("metasrv-rocksdb");
    // RocksDB adds its suffix to the name a second time where it is told the directory.
    Path library = directory.resolve(Environment.getJniLibraryFileName(LIBRARY + "jni"));
    try {
      try (InputStream packed = RocksDB.class.getResourceAsStream("/" + fileName())) {
        if (packed == null) {
          throw new IOException("rocksdbjni brings no library for this platform");
        }
        Files.copy(packed, library);
      }
      RocksDB.loadLibrary(List.of(directory.toString()));
    } finally {
      Files.deleteIfExists(library);
      Files.deleteIfExists(directory);
    }
  }

  private static String fileName() {
    return Environment.getJniLibraryFileName(LIBRARY);
  }
}
