package io.metasrv.adapters.jdbc;

import io.metasrv.domain.Bytes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * A value with a lease, in the reference's form (sheet 02 §13, §14): {@code
 * VALUE||__metadata_lease_sep||YYYY-MM-DD hh:mm:ss.ffffff}. The time is the database's own, in its
 * session's time zone; it is compared with nothing else than that database's current time in the
 * same form.
 *
 * @param value the leader's address or a candidate's JSON
 * @param expiry when the lease runs out
 */
record LeaseText(String value, LocalDateTime expiry) {

  private static final String SEPARATOR = "||__metadata_lease_sep||";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd[ ]['T']HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  /**
   * @throws IllegalArgumentException if it is not of that form
   */
  static LeaseText parse(Bytes stored) {
    String text = stored.toUtf8();
    int separator = text.indexOf(SEPARATOR);
    if (separator < 0 || separator != text.lastIndexOf(SEPARATOR)) {
      throw new IllegalArgumentException(
          "'%s' is not a value, one '%s' and a time".formatted(text, SEPARATOR));
    }
    return new LeaseText(
        text.substring(0, separator), parseTime(text.substring(separator + SEPARATOR.length())));
  }

  /** A time as the databases print it, or with an offset, which is then taken off. */
  static LocalDateTime parseTime(String text) {
    try {
      return LocalDateTime.parse(text, TIME);
    } catch (DateTimeException notNaive) {
      try {
        return OffsetDateTime.parse(text.replace(' ', 'T'))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("'%s' is not a time of a lease".formatted(text), e);
      }
    }
  }

  /**
   * A lease from now on.
   *
   * @param now the database's time
   */
  static LeaseText from(String value, LocalDateTime now, Duration lease) {
    return new LeaseText(value, now.plus(lease));
  }

  boolean isValidAt(LocalDateTime now) {
    return expiry.isAfter(now);
  }

  /**
   * @param fractionDigits as many as the reference writes on this database
   */
  Bytes toBytes(int fractionDigits) {
    DateTimeFormatter form =
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, fractionDigits, fractionDigits, true)
            .toFormatter();
    return Bytes.utf8(value + SEPARATOR + form.format(expiry));
  }
}
