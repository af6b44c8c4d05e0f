package io.metasrv.domain.time;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 1h 30m}, {@code 24hours}, {@code 90d}
 * (sheet 02 §18.1). Units and the printed form are those of the reference, where a month is 30.44
 * days and a year 365.25 days. A number without a unit is refused, except {@code 0}.
 */
public final class Humantime {

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final long MONTH = 2_630_016 * SECOND;
  private static final long YEAR = 31_557_600 * SECOND;

  private static final Pattern PART = Pattern.compile("\\s*([0-9]+)\\s*([A-Za-zµ]+)");

  private static final Map<String, Long> NANOS_OF_UNIT =
      Map.ofEntries(
          Map.entry("nanos", 1L),
          Map.entry("nsec", 1L),
          Map.entry("ns", 1L),
          Map.entry("usec", 1_000L),
          Map.entry("us", 1_000L),
          Map.entry("µs", 1_000L),
          Map.entry("millis", 1_000_000L),
          Map.entry("msec", 1_000_000L),
          Map.entry("ms", 1_000_000L),
          Map.entry("seconds", SECOND),
          Map.entry("second", SECOND),
          Map.entry("secs", SECOND),
          Map.entry("sec", SECOND),
          Map.entry("s", SECOND),
          Map.entry("minutes", MINUTE),
          Map.entry("minute", MINUTE),
          Map.entry("mins", MINUTE),
          Map.entry("min", MINUTE),
          Map.entry("m", MINUTE),
          Map.entry("hours", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("hrs", HOUR),
          Map.entry("hr", HOUR),
          Map.entry("h", HOUR),
          Map.entry("days", DAY),
          Map.entry("day", DAY),
          Map.entry("d", DAY),
          Map.entry("weeks", WEEK),
          Map.entry("week", WEEK),
          Map.entry("wks", WEEK),
          Map.entry("wk", WEEK),
          Map.entry("w", WEEK),
          Map.entry("months", MONTH),
          Map.entry("month", MONTH),
          Map.entry("M", MONTH),
          Map.entry("years", YEAR),
          Map.entry("year", YEAR),
          Map.entry("yrs", YEAR),
          Map.entry("yr", YEAR),
          Map.entry("y", YEAR));

  private Humantime() {}

  /**
   * Reads one or more numbers with units; their sum counts.
   *
   * @throws IllegalArgumentException with what was expected, if the text is no duration
   */
  public static Duration parse(String text) {
    if (text.strip().equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      sum = sum.plus(part(matcher, text));
      end = matcher.end();
    }
    if (end == 0 || !text.substring(end).isBlank()) {
      throw notADuration(text);
    }
    return sum;
  }

  private static Duration part(Matcher matcher, String text) {
    Long nanos = NANOS_OF_UNIT.get(matcher.group(2));
    if (nanos == null) {
      throw notADuration(text);
    }
    try {
      return Duration.ofNanos(nanos).multipliedBy(Long.parseLong(matcher.group(1)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" is longer than any duration can be", e);
    }
  }

  private static IllegalArgumentException notADuration(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a duration; expected one like \"500ms\", \"10s\" or \"1h 30m\"");
  }

  /**
   * Prints as the reference does: {@code 3s}, {@code 1m 30s}, {@code 2months 29days 2h 52m 48s}.
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a configured duration cannot be negative: " + duration);
    }
    if (duration.isZero()) {
      return "0s";
    }
    long seconds = duration.getSeconds();
    StringBuilder out = new StringBuilder();
    long years = seconds / (YEAR / SECOND);
    long afterYears = seconds % (YEAR / SECOND);
    long months = afterYears / (MONTH / SECOND);
    long afterMonths = afterYears % (MONTH / SECOND);
    appendWord(out, years, "year");
    appendWord(out, months, "month");
    appendWord(out, afterMonths / 86_400, "day");
    append(out, afterMonths % 86_400 / 3_600, "h");
    append(out, afterMonths % 3_600 / 60, "m");
    append(out, afterMonths % 60, "s");
    int nanos = duration.getNano();
    append(out, nanos / 1_000_000, "ms");
    append(out, nanos / 1_000 % 1_000, "us");
    append(out, nanos % 1_000, "ns");
    return out.toString();
  }

  private static void appendWord(StringBuilder out, long count, String unit) {
    append(out, count, count == 1 ? unit : unit + "s");
  }

  private static void append(StringBuilder out, long count, String unit) {
    if (count > 0) {
      out.append(out.isEmpty() ? "" : " ").append(count).append(unit);
    }
  }
}
