package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file system of its own with little room, which a test can fill to the last byte. Needs the
 * right to mount; where a test has none it is skipped, and says so, because no package that could
 * be installed would help. For one thread.
 */
public final class SmallDisk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
  private static final int LARGE_BLOCK = 1 << 16;

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one in memory; the test is skipped where that is not allowed. */
  public static SmallDisk mount(int megabytes) {
    try {
      Path directory = Files.createTempDirectory("metasrv-small-disk-");
      Process mount =
          new ProcessBuilder(
                  List.of(
                      "mount",
                      "-t",
                      "tmpfs",
                      "-o",
                      "mode=755,size=" + megabytes + "m",
                      "tmpfs",
                      directory.toString()))
              .inheritIO()
              .start();
      if (mount.waitFor() != 0) {
        Files.delete(directory);
        String message = "TESTS ON A FULL DISK DID NOT RUN: this machine lets tests mount nothing";
        LOG.warn("{}", message);
        return Assumptions.abort(message);
      }
      return new SmallDisk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot mount a small disk", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while mounting a small disk", e);
    }
  }

  /** Where it is mounted. */
  public Path directory() {
    return directory;
  }

  /** Takes all the room there is. */
  public void fill() {
    for (int block = LARGE_BLOCK; block > 0; block /= LARGE_BLOCK) {
      fillWith(block);
    }
  }

  private void fillWith(int block) {
    byte[] content = new byte[block];
    try (OutputStream out = Files.newOutputStream(directory.resolve("filler-" + block))) {
      while (true) {
        out.write(content);
      }
    } catch (IOException full) {
      LOG.info("{} is full: {}", directory, full.getMessage());
    }
  }

  /** Gives back what {@link #fill()} took. */
  public void free() {
    try (var files = Files.newDirectoryStream(directory, "filler-*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot free " + directory, e);
    }
  }

  /** Unmounts it; whoever uses it has to be gone. */
  @Override
  public void close() {
    ProgramRun.succeed(List.of("umount", directory.toString()));
    EtcdServer.deleteTree(directory);
  }
}
