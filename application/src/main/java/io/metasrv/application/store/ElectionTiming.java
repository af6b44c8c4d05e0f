package io.metasrv.application.store;

import java.time.Duration;

/**
 * The durations of an election (sheet 02 §11, §23). A holder that cannot renew has given up before
 * its lease runs out, because {@code renewalInterval + renewalTimeout < lease}.
 *
 * @param lease how long a term outlives its last renewal
 * @param renewalInterval from one renewal to the next
 * @param renewalTimeout the longest that one renewal waits
 * @param candidateLease how long an announcement lasts
 */
public record ElectionTiming(
    Duration lease, Duration renewalInterval, Duration renewalTimeout, Duration candidateLease) {

  /** The reference's constants: 5 s, renewed every 2 s, 2 s to answer; announcements 600 s. */
  public static final ElectionTiming REFERENCE =
      new ElectionTiming(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(600));

  public ElectionTiming {
    if (renewalInterval.plus(renewalTimeout).compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "renewal interval %s plus renewal timeout %s must be below the lease %s"
              .formatted(renewalInterval, renewalTimeout, lease));
    }
    if (candidateLease.isNegative() || candidateLease.isZero()) {
      throw new IllegalArgumentException("candidate lease must be positive: " + candidateLease);
    }
  }

  /** The same with another lease; renewals scale with it as in the reference (two fifths each). */
  public static ElectionTiming withLease(Duration lease) {
    Duration step = lease.multipliedBy(2).dividedBy(5);
    return new ElectionTiming(lease, step, step, REFERENCE.candidateLease());
  }
}
