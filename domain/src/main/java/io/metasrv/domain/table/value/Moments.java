package io.metasrv.domain.table.value;

import io.metasrv.domain.table.TimeUnit;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Days and points in time as text and in other units; texts without an offset are UTC. */
final class Moments {

  private static final DateTimeFormatter LOCAL =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("[ ]['T']HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(LOCAL)
          .appendPattern("[ ][XXX][XX]")
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter PRINTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Moments() {}

  /** Units in a second. */
  static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> 1_000_000_000;
    };
  }

  /** A count in another unit, rounded down; empty if it does not fit. */
  static Optional<Long> convert(long count, TimeUnit from, TimeUnit to) {
    long fromRate = perSecond(from);
    long toRate = perSecond(to);
    if (toRate <= fromRate) {
      return Optional.of(Math.floorDiv(count, fromRate / toRate));
    }
    return exact(BigInteger.valueOf(count).multiply(BigInteger.valueOf(toRate / fromRate)));
  }

  /** The count of a point in time, rounded down; empty if it does not fit. */
  static Optional<Long> count(Instant moment, TimeUnit unit) {
    BigInteger nanos =
        BigInteger.valueOf(moment.getEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000_000))
            .add(BigInteger.valueOf(moment.getNano()));
    BigInteger size = BigInteger.valueOf(1_000_000_000 / perSecond(unit));
    return exact(nanos.subtract(nanos.mod(size)).divide(size));
  }

  private static Optional<Long> exact(BigInteger number) {
    return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
  }

  /** Reads a date, a date with time, either with an offset or without; empty if it is none. */
  static Optional<Instant> parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.length() == "2000-01-01".length()) {
        return Optional.of(LocalDate.parse(trimmed).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      try {
        return Optional.of(LocalDateTime.parse(trimmed, LOCAL).toInstant(ZoneOffset.UTC));
      } catch (DateTimeParseException hasOffset) {
        return Optional.of(OffsetDateTime.parse(trimmed, WITH_OFFSET).toInstant());
      }
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /** The text of a point in time: {@code 2026-01-02 03:04:05.678+0000}. */
  static String text(long count, TimeUnit unit) {
    long rate = perSecond(unit);
    long second = Math.floorDiv(count, rate);
    long nano = Math.floorMod(count, rate) * (1_000_000_000 / rate);
    try {
      return PRINTED.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC))
          + fraction(nano)
          + "+0000";
    } catch (DateTimeException outOfRange) {
      return count + unit.text();
    }
  }

  /** The text of a time of the day: {@code 03:04:05.678}. */
  static String timeText(long count, TimeUnit unit) {
    long rate = perSecond(unit);
    long second = Math.floorMod(Math.floorDiv(count, rate), 86_400L);
    long nano = Math.floorMod(count, rate) * (1_000_000_000 / rate);
    return String.format(
            Locale.ROOT, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60)
        + fraction(nano);
  }

  private static String fraction(long nano) {
    if (nano == 0) {
      return "";
    }
    if (nano % 1_000_000 == 0) {
      return String.format(Locale.ROOT, ".%03d", nano / 1_000_000);
    }
    return nano % 1_000 == 0
        ? String.format(Locale.ROOT, ".%06d", nano / 1_000)
        : String.format(Locale.ROOT, ".%09d", nano);
  }
}
