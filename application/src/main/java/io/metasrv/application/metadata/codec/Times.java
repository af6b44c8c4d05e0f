package io.metasrv.application.metadata.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Points in time as JSON (sheet 03 §5.2): RFC 3339 in UTC, the fraction in 0, 3, 6 or 9 digits; any
 * offset is read.
 */
final class Times {

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
          .toFormatter(java.util.Locale.ROOT);

  private Times() {}

  static Instant read(JsonValue json) {
    String text = json.asText();
    try {
      return OffsetDateTime.parse(text, FORMAT).toInstant();
    } catch (DateTimeException e) {
      throw new JsonFormatException("expected a time as in RFC 3339, found \"" + text + "\"", e);
    }
  }

  static String text(Instant time) {
    return DateTimeFormatter.ISO_INSTANT.format(time);
  }
}
