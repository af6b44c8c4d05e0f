package io.metasrv.application.options;

import io.metasrv.domain.time.Humantime;
import java.time.Duration;

/** Durations of the configuration, as {@link Humantime} reads and prints them. */
public final class HumanDuration {

  private HumanDuration() {}

  /**
   * Reads one or more numbers with units; their sum counts.
   *
   * @throws IllegalArgumentException with what was expected, if the text is no duration
   */
  public static Duration parse(String text) {
    return Humantime.parse(text);
  }

  /**
   * Prints as the reference does: {@code 3s}, {@code 1m 30s}, {@code 2months 29days 2h 52m 48s}.
   */
  public static String format(Duration duration) {
    return Humantime.format(duration);
  }
}
