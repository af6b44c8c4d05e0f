package io.metasrv.adapters.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a store that is not open: copied, looked at, damaged. */
final class StoreFiles {

  private StoreFiles() {}

  static List<Path> list(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      return files.sorted().toList();
    }
  }

  static List<Path> endingWith(Path store, String suffix) throws IOException {
    return list(store).stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  /** The one write-ahead log. */
  static Path log(Path store) throws IOException {
    return endingWith(store, ".log").getFirst();
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (Path file : list(from)) {
      Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
    }
  }

  /** Inverts one byte. */
  static void damage(Path file, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) ~one.get(0)).rewind();
      channel.write(one, position);
    }
  }

  static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /**
   * Every file that holds data, with its content: without RocksDB's own log for people and the
   * locks.
   */
  static SortedMap<String, ByteBuffer> data(Path store) throws IOException {
    SortedMap<String, ByteBuffer> content = new TreeMap<>();
    for (Path file : list(store)) {
      if (holdsData(file)) {
        content.put(String.valueOf(file.getFileName()), read(file));
      }
    }
    return content;
  }

  static boolean holdsData(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith("LOG") && !name.equals("LOCK") && !name.equals("metasrv.lock");
  }

  private static ByteBuffer read(Path file) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
