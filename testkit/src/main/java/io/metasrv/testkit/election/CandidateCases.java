package io.metasrv.testkit.election;

import static io.metasrv.testkit.election.ElectionCases.candidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Announcing oneself as alive, and seeing who is. */
interface CandidateCases extends ElectionCases {

  /** A real backend's candidate lease of ten minutes is longer than a test may take. */
  Duration LONGEST_WAIT_FOR_EXPIRY = Duration.ofSeconds(15);

  @Test
  default void whoIsAnnouncedIsSeenByAllWithEveryDetail() throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    assertThat(a.candidates()).isEmpty();

    b.announce(candidate("b:3002"));
    a.announce(candidate("a:3002"));

    assertThat(a.candidates()).containsExactly(candidate("a:3002"), candidate("b:3002"));
    assertThat(b.candidates()).isEqualTo(a.candidates());
    assertThat(a.leader()).as("a candidate is no leader").isEmpty();
  }

  @Test
  default void aRenewedAnnouncementReplacesTheOldOne() throws InterruptedException {
    Election a = fixture().join();
    a.announce(candidate("a:3002"));
    Candidate busier =
        new Candidate("a:3002", "1.1.4", "abc1234", 1_732_350_000_000L, 4000, 1, 3999, 1, "h");

    a.announce(busier);

    assertThat(a.candidates()).containsExactly(busier);
  }

  @Test
  default void whoWithdrawsIsGoneAtOnceAndOthersStay() throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    a.announce(candidate("a:3002"));
    b.announce(candidate("b:3002"));

    a.withdraw();
    a.withdraw();

    assertThat(b.candidates()).containsExactly(candidate("b:3002"));
    a.announce(candidate("a:3002"));
    assertThat(b.candidates()).containsExactly(candidate("a:3002"), candidate("b:3002"));
    a.withdraw();
    b.withdraw();
    assertThat(fixture().rawKeys()).isEmpty();
  }

  @Test
  default void withdrawingWithoutAnAnnouncementDoesNothing() throws InterruptedException {
    Election a = fixture().join();
    fixture().join().announce(candidate("b:3002"));

    a.withdraw();

    assertThat(a.candidates()).containsExactly(candidate("b:3002"));
  }

  @Test
  default void anAnnouncementThatIsNotRenewedExpires() throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    Duration lease = a.candidateLease();
    assumeTrue(
        lease.compareTo(LONGEST_WAIT_FOR_EXPIRY) <= 0,
        "candidate lease of " + lease + " is too long to wait for");
    a.announce(candidate("a:3002"));
    b.announce(candidate("b:3002"));
    fixture().crash(b);

    Duration passed = Duration.ZERO;
    Duration step = lease.dividedBy(4);
    while (passed.compareTo(lease.plus(fixture().slack())) < 0) {
      a.announce(candidate("a:3002"));
      fixture().elapse(step);
      passed = passed.plus(step);
    }

    assertThat(a.candidates()).containsExactly(candidate("a:3002"));
  }
}
