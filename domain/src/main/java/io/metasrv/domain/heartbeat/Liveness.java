package io.metasrv.domain.heartbeat;

import java.time.Duration;

/** Who counts as alive by the time of the last heartbeat (sheet 04 §17.3). */
public final class Liveness {

  private Liveness() {}

  /**
   * The age of an activity. One that lies in the future (the clock was set back since) has age
   * zero; the reference takes such a node for dead (sheet 04 §25 no. 12).
   *
   * @param lastActivityMillis wall clock at the activity
   * @param nowMillis wall clock now, read <em>after</em> the activity was (sheet 10 §1.3)
   */
  public static Duration age(long lastActivityMillis, long nowMillis) {
    return Duration.ofMillis(Math.max(0, nowMillis - lastActivityMillis));
  }

  /** Whether the age is below the window. */
  public static boolean isAlive(long lastActivityMillis, long nowMillis, Duration window) {
    return age(lastActivityMillis, nowMillis).compareTo(window) < 0;
  }
}
