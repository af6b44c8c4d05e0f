package io.metasrv.bootstrap.ctl;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times for people. */
final class Ages {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final long now;

  Ages(Clock clock) {
    this.now = clock.millis();
  }

  static Ages ofNow() {
    return new Ages(Clock.systemUTC());
  }

  /** The time since; clocks may differ, and nothing is younger than now. */
  String since(long epochMillis) {
    return text(Duration.ofMillis(Math.max(0, now - epochMillis)));
  }

  /** {@code 2026-11-23 18:32:50 UTC (3m 5s ago)}. */
  String at(long epochMillis) {
    return "%s UTC (%s ago)"
        .formatted(TIME.format(Instant.ofEpochMilli(epochMillis)), since(epochMillis));
  }

  /** {@code 18:32:50.123}, in UTC. */
  static String moment(long epochMillis) {
    return MOMENT.format(Instant.ofEpochMilli(epochMillis));
  }

  /**
   * The two largest units: {@code 120ms}, {@code 3s}, {@code 5m 12s}, {@code 2h 3m}, {@code 4d 7h}.
   */
  static String text(Duration time) {
    if (time.toSeconds() < 1) {
      return time.toMillis() + "ms";
    }
    if (time.toMinutes() < 1) {
      return time.toSeconds() + "s";
    }
    if (time.toHours() < 1) {
      return two(time.toMinutes(), "m", time.toSecondsPart(), "s");
    }
    return time.toDays() < 1
        ? two(time.toHours(), "h", time.toMinutesPart(), "m")
        : two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
  }
}
