package io.metasrv.bootstrap.ctl;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.transfer.ContentDigest;
import io.metasrv.application.transfer.JsonLines;
import io.metasrv.application.transfer.PairSource;
import io.metasrv.application.transfer.Snapshot;
import io.metasrv.domain.Bytes;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;

/** A file that holds the content of a store, in one of two formats. */
final class StoreFile {

  /** How pairs are written. */
  enum Format {
    /** The reference's metadata snapshot. */
    snapshot,
    /** JSON lines. */
    jsonl
  }

  private StoreFile() {}

  /**
   * Writes a new file; it is there whole or not at all.
   *
   * @throws FileAlreadyExistsException if it is there already
   */
  static ContentDigest.Summary write(
      Path file, Format format, PairSource source, long createdMillis) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(
          "Export refused: the file " + file + " is there already; remove it or name another");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      ContentDigest.Summary summary =
          switch (format) {
            case snapshot -> writeSnapshot(out, source, createdMillis);
            case jsonl -> writeLines(out, source, createdMillis);
          };
      channel.force(true);
      Files.move(part, file);
      return summary;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static ContentDigest.Summary writeSnapshot(
      OutputStream out, PairSource source, long createdMillis) throws IOException {
    Snapshot snapshot = Snapshot.of(source, createdMillis);
    out.write(snapshot.write().toByteArray());
    return ContentDigest.of(snapshot.source(source.name()));
  }

  private static ContentDigest.Summary writeLines(
      OutputStream out, PairSource source, long createdMillis) throws IOException {
    BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    ContentDigest.Summary summary =
        JsonLines.write(
            source,
            createdMillis,
            line -> {
              try {
                writer.append(line).append('\n');
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.flush();
    return summary;
  }

  /** Opens a file of either format; the first byte tells which. */
  static PairSource read(Path file) throws IOException {
    String name = "file " + file;
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException("There is no " + name + " to read; check the path");
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() == '{') {
        return new Lines(name, file);
      }
    }
    return Snapshot.read(name, Bytes.wrap(Files.readAllBytes(file))).source(name);
  }

  /** Read line by line, as often as asked. */
  private record Lines(String name, Path file) implements PairSource {

    @Override
    public Cursor open() {
      try {
        BufferedReader reader = Files.newBufferedReader(file);
        try {
          Iterator<KeyValue> pairs = JsonLines.read(name, reader.lines().iterator());
          return Cursor.ascending(name, new FileCursor(pairs, reader));
        } catch (RuntimeException e) {
          reader.close();
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One pass over a file. */
  private record FileCursor(Iterator<KeyValue> pairs, BufferedReader reader)
      implements PairSource.Cursor {

    @Override
    public boolean hasNext() {
      return pairs.hasNext();
    }

    @Override
    public KeyValue next() {
      return pairs.next();
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
