package io.metasrv.nodes.instruction;

import io.metasrv.nodes.json.JsonFormatException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 1m 58s}, {@code 59s 996ms 91us 15ns}. */
final class HumanTime {

  private static final Pattern PART = Pattern.compile("\\s*(\\d+)\\s*([A-Za-zµ]+)\\s*");

  private HumanTime() {}

  /**
   * @throws JsonFormatException if the text is empty or has an unknown unit
   */
  static Duration parse(String place, String text) {
    Matcher matcher = PART.matcher(text);
    Duration total = Duration.ZERO;
    int end = 0;
    try {
      while (end < text.length() && matcher.find(end) && matcher.start() == end) {
        total = total.plus(unit(place, matcher.group(2)).multipliedBy(number(matcher)));
        end = matcher.end();
      }
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw new JsonFormatException(place + ": duration out of range: " + text, tooLarge);
    }
    if (end == 0 || end < text.length()) {
      throw new JsonFormatException(place + ": not a duration such as \"1m 58s\": " + text);
    }
    return total;
  }

  private static long number(Matcher matcher) {
    return Long.parseLong(matcher.group(1));
  }

  private static Duration unit(String place, String name) {
    return switch (name) {
      case "ns", "nsec", "nanos" -> Duration.ofNanos(1);
      case "us", "µs", "usec" -> Duration.ofNanos(1_000);
      case "ms", "msec", "millis" -> Duration.ofMillis(1);
      case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
      case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
      case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
      case "d", "day", "days" -> Duration.ofDays(1);
      case "w", "week", "weeks" -> Duration.ofDays(7);
      // The lengths humantime gives a month (30.44 days) and a year (365.25 days).
      case "M", "month", "months" -> Duration.ofSeconds(2_630_016);
      case "y", "year", "years" -> Duration.ofSeconds(31_557_600);
      default -> throw new JsonFormatException(place + ": unknown unit of time " + name);
    };
  }
}
