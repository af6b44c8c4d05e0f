package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.leadership.LeaseWindow;
import java.time.Duration;

/** What all groups of cases share. */
interface ElectionCases {

  Bytes KEY = Bytes.utf8("written under a fence");

  /** The fixture of the running test. */
  ElectionFixture fixture();

  /** Campaigns in the background. */
  default Campaign campaign(Election election, String address) {
    return Campaign.start(election, address, fixture().runtime());
  }

  /** Campaigns, where nobody else leads, and renews once: this participant leads now. */
  default LeaderLease lead(Election election, String address) throws InterruptedException {
    LeaderLease lease = campaign(election, address).won().lease();
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    return lease;
  }

  /** Renews and says how long the holder may rely on it. */
  default LeaseWindow renew(Election election, LeaderLease lease) throws InterruptedException {
    Runtime runtime = fixture().runtime();
    var sentAt = runtime.monotonic();
    var sentAtWall = runtime.wallClock();
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    return LeaseWindow.opened(sentAt, sentAtWall, election.leaseDuration());
  }

  /**
   * Lets time pass in small steps until the campaign is won, at most the lease and the slack.
   *
   * @return the win; the test fails if there is none
   */
  default Campaign.Win wonAfterExpiry(Campaign campaign, Duration lease)
      throws InterruptedException {
    Duration step = lease.dividedBy(20);
    Duration left = lease.plus(fixture().slack());
    while (!campaign.isOver() && left.isPositive()) {
      fixture().elapse(step);
      left = left.minus(step);
      if (left.compareTo(fixture().slack()) < 0) {
        // The lease is over: the winner's thread gets real time to say so before the clock runs on.
        campaign.awaitOver(Duration.ofMillis(500));
      }
    }
    return campaign.won();
  }

  /** Whether a write under the fence takes effect. */
  default boolean mayWrite(Fence fence, String value) {
    try {
      fixture().store().fencedBy(fence).put(KEY, Bytes.utf8(value), Previous.DISCARD);
      assertThat(fixture().store().get(KEY)).contains(Bytes.utf8(value));
      return true;
    } catch (StoreException.FencedOut refused) {
      assertThat(fixture().store().get(KEY)).isNotEqualTo(java.util.Optional.of(Bytes.utf8(value)));
      return false;
    }
  }

  /** Asserts that a write under the fence is refused. */
  default void assertFencedOut(Fence fence) {
    assertThatExceptionOfType(StoreException.FencedOut.class)
        .isThrownBy(
            () ->
                fixture().store().fencedBy(fence).put(KEY, Bytes.utf8("never"), Previous.DISCARD));
  }

  /** A candidate with every field set. */
  static Candidate candidate(String address) {
    return new Candidate(
        address,
        "1.1.4",
        "abc1234",
        1_732_350_000_000L,
        4000,
        8_589_934_592L,
        120,
        524_288_000L,
        "host-of-" + address);
  }
}
