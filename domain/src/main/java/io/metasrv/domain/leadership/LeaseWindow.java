package io.metasrv.domain.leadership;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the holder of a leader lease may believe in it (sheet 02 §28). The window is measured
 * from the moment <em>before</em> the renewal was sent, less a margin for clocks that run at
 * different rates, on two clocks: the monotonic one, which may stand still while the machine is
 * suspended, and the wall clock, which does not. Whichever reaches the end first closes it; a wall
 * clock that was set back changes nothing.
 *
 * @param sentAt monotonic reading before the last successful renewal was sent
 * @param sentAtWall wall clock at the same moment
 * @param length lease duration less the margin
 */
public record LeaseWindow(MonotonicTime sentAt, Instant sentAtWall, Duration length) {

  /** The share of a lease given away for clocks that run apart: a tenth. */
  private static final int MARGIN_DIVISOR = 10;

  /** The window opened by a renewal of a lease of the given duration. */
  public static LeaseWindow opened(
      MonotonicTime sentAt, Instant sentAtWall, Duration leaseDuration) {
    return new LeaseWindow(
        sentAt, sentAtWall, leaseDuration.minus(leaseDuration.dividedBy(MARGIN_DIVISOR)));
  }

  /** Whether the lease may be relied on at the moment with these two readings. */
  public boolean isOpen(MonotonicTime now, Instant wallNow) {
    return now.since(sentAt).compareTo(length) < 0
        && Duration.between(sentAtWall, wallNow).compareTo(length) < 0;
  }

  /** How long until the window closes by the monotonic clock; zero or negative once it has. */
  public Duration remaining(MonotonicTime now) {
    return length.minus(now.since(sentAt));
  }

  /** The same window, but no longer than this from when the renewal was sent. */
  public LeaseWindow atMost(Duration longest) {
    return length.compareTo(longest) <= 0 ? this : new LeaseWindow(sentAt, sentAtWall, longest);
  }
}
