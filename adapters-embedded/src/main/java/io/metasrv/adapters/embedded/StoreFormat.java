package io.metasrv.adapters.embedded;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an embedded store writes down about itself, as text, in the internal column family: that it
 * is one and in which format, when it was created, and the number of the last term.
 */
final class StoreFormat {

  /** Changes when an older version could no longer read the store. */
  static final int VERSION = 1;

  static final String TERM = "term";

  private static final String FORMAT = "format";
  private static final String CREATED_AT = "created_at";
  private static final String PRODUCT = "metasrv-embedded/";

  private StoreFormat() {}

  /**
   * Marks a fresh store, or checks the marks of an old one.
   *
   * @return number of the last term, 0 if there was none
   */
  static long verifyOrMark(RocksEngine engine, Path directory, Instant now) {
    Optional<String> format = engine.internal(FORMAT);
    if (format.isEmpty()) {
      mark(engine, directory, now);
      return 0;
    }
    verify(format.get(), directory);
    return engine.internal(TERM).map(text -> number(TERM, text, directory)).orElse(0L);
  }

  /** What a commit of these writes has to write down beside them. */
  static Map<String, String> internalsOf(PendingWrites writes) {
    return writes.term().isPresent()
        ? Map.of(TERM, Long.toString(writes.term().getAsLong()))
        : Map.of();
  }

  private static void mark(RocksEngine engine, Path directory, Instant now) {
    boolean empty =
        engine
            .readOnce(
                false, content -> content.page(KeyRange.all(), RangeOptions.limit(1).onlyKeys()))
            .kvs()
            .isEmpty();
    if (!empty) {
      throw damaged(
          "The RocksDB database in %s has content but no format mark: it is not an embedded store of"
                  .formatted(directory)
              + " this system, or its mark was lost. Its content was not changed; name another"
              + " directory or restore a checkpoint",
          "no format mark");
    }
    engine.commit(
        new PendingWrites(engine.latest()),
        Map.of(FORMAT, PRODUCT + VERSION, CREATED_AT, now.toString()));
  }

  private static void verify(String format, Path directory) {
    if (!format.startsWith(PRODUCT)) {
      throw damaged(
          "The embedded store in %s has the format mark '%s', expected '%s%d'. Its content was not changed;"
                  .formatted(directory, format, PRODUCT, VERSION)
              + " name another directory or restore a checkpoint",
          format);
    }
    long version = number(FORMAT, format.substring(PRODUCT.length()), directory);
    if (version != VERSION) {
      throw damaged(
          "The embedded store in %s has format %d, this version reads format %d. Its content was not changed;"
                  .formatted(directory, version, VERSION)
              + " start it with the version that wrote it",
          format);
    }
  }

  private static long number(String name, String text, Path directory) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new StoreException.Corrupted(
          "The embedded store in %s has the %s '%s', which is no number. Its content was not changed; restore"
                  .formatted(directory, name, text)
              + " a checkpoint",
          e);
    }
  }

  private static StoreException.Corrupted damaged(String message, String found) {
    return new StoreException.Corrupted(message, new IOException("found: " + found));
  }
}
