package io.metasrv.domain.table;

import io.metasrv.domain.time.Humantime;
import java.time.Duration;
import java.util.Locale;

/** How long rows are kept (sheet 03 §5.7). */
public sealed interface TimeToLive {

  /** Rows are gone as soon as they were seen. Not for schemas. */
  record Instant() implements TimeToLive {}

  /** For ever. */
  record Forever() implements TimeToLive {}

  /**
   * For a time.
   *
   * @param length a stored zero stays zero
   */
  record For(Duration length) implements TimeToLive {}

  /** The word for {@link Instant}. */
  String INSTANT = "instant";

  /** The word for {@link Forever}. */
  String FOREVER = "forever";

  /**
   * Reads what is stored: the two words in lower case, or a duration.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static TimeToLive ofStored(String text) {
    return switch (text) {
      case INSTANT -> new Instant();
      case FOREVER -> new Forever();
      default -> new For(Humantime.parse(text));
    };
  }

  /**
   * Reads what a user wrote: the words in any case, nothing at all and a zero duration for "for
   * ever".
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static TimeToLive ofUser(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case INSTANT -> new Instant();
      case FOREVER, "" -> new Forever();
      default -> ofDuration(text);
    };
  }

  /**
   * Reads a duration and nothing else; zero means for ever.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TimeToLive ofDuration(String text) {
    Duration length = Humantime.parse(text);
    return length.isZero() ? new Forever() : new For(length);
  }

  /** The stored and printed text. */
  default String text() {
    return switch (this) {
      case Instant ignored -> INSTANT;
      case Forever ignored -> FOREVER;
      case For(Duration length) -> Humantime.format(length);
    };
  }
}
