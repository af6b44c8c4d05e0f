package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of an embedded store, claimed for this process until closed. What makes a directory
 * unfit is found here, before RocksDB touches it, so that the message can say what to do.
 */
final class StoreDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "metasrv.lock";

  /** RocksDB's pointer to the current state: a directory without it holds no store (yet). */
  static final String CURRENT_FILE = "CURRENT";

  /**
   * What a crash during the very first start may leave, and what is harmless beside it. Anything
   * else without {@link #CURRENT_FILE} is somebody's data, perhaps a store that lost that file:
   * creating a new one over it would remove them.
   */
  private static final List<String> LEFT_BY_A_FIRST_START =
      List.of(
          LOCK_FILE,
          "LOCK",
          "LOG",
          "LOG.old.*",
          "IDENTITY",
          "MANIFEST-000001",
          "*.dbtmp",
          "lost+found");

  private final Path path;
  private final FileChannel channel;

  private StoreDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the directory where needed and claims it.
   *
   * @throws StoreException.Unavailable if it cannot be written, is in use, or holds something else
   * @throws StoreException.Corrupted if it holds files of a store but not all that it takes
   */
  static StoreDirectory claim(Path wanted) {
    Path path = wanted.toAbsolutePath().normalize();
    try {
      createDurably(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        lock(path, channel);
        requireStoreOrNothing(path);
        return new StoreDirectory(path, channel);
      } catch (StoreException | IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "The directory %s of the embedded store cannot be used: %s. It has to be a directory that"
                  .formatted(path, reason(e))
              + " this user may write, on a writable disk with space left; correct that or name"
              + " another one",
          e);
    }
  }

  /** Absolute. */
  Path path() {
    return path;
  }

  /** Gives the directory up. The lock file stays: removing it would race with the next claim. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "Giving up the directory %s of the embedded store failed: %s".formatted(path, reason(e)),
          e);
    }
  }

  /**
   * Creates a directory and what is missing above it. A new directory is only durable once its
   * parent is synced; without that a power failure could take the whole store, acknowledged writes
   * and all.
   */
  static void createDurably(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      createDurably(parent);
    }
    Files.createDirectory(path);
    if (parent != null) {
      sync(parent);
    }
  }

  /** Makes the names in a directory durable: what was created in it or moved into it. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void lock(Path path, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(path, "this process", e);
    }
    if (lock == null) {
      throw inUse(path, "process " + read(channel), new IOException("the lock is taken"));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)),
        0);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    return pid.isEmpty() ? "(unknown)" : pid;
  }

  private static StoreException.Unavailable inUse(Path path, String holder, Exception cause) {
    return new StoreException.Unavailable(
        "The directory %s of the embedded store is in use by %s. An embedded store belongs to one"
                .formatted(path, holder)
            + " process: stop that one, or give this server a directory of its own (several servers"
            + " need a shared backend)",
        cause);
  }

  private static void requireStoreOrNothing(Path path) throws IOException {
    if (Files.exists(path.resolve(CURRENT_FILE))) {
      return;
    }
    List<String> others;
    try (Stream<Path> files = Files.list(path)) {
      others =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> LEFT_BY_A_FIRST_START.stream().noneMatch(left -> matches(left, name)))
              .sorted()
              .toList();
    }
    if (others.isEmpty()) {
      return;
    }
    IOException cause = new IOException("found " + others);
    if (others.stream().anyMatch(name -> name.startsWith("MANIFEST-") || name.endsWith(".sst"))) {
      throw new StoreException.Corrupted(
          "The directory %s holds files of an embedded store (%s) but not its file %s. Nothing was"
                  .formatted(path, others.getFirst(), CURRENT_FILE)
              + " changed. Restore the missing file or a checkpoint",
          cause);
    }
    throw new StoreException.Unavailable(
        "The directory %s is not empty and holds no embedded store (found %s). Name an empty or new"
                .formatted(path, others.getFirst())
            + " directory; nothing was changed",
        cause);
  }

  private static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    return star < 0
        ? name.equals(pattern)
        : name.startsWith(pattern.substring(0, star)) && name.endsWith(pattern.substring(star + 1));
  }

  /** What the operating system had to say. */
  static String reason(IOException e) {
    if (e instanceof FileSystemException failed && failed.getReason() == null) {
      // The message of these is only the file name; the kind of the failure is in the class.
      return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }
    return String.valueOf(e.getMessage());
  }
}
