package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.LocalElection;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The election of a process that is alone. */
final class LocalElectionTest {

  private static final Bytes KEY = Bytes.utf8("key");

  private final InMemoryStore store = new InMemoryStore();
  private final LocalElection election = new LocalElection(store);

  private boolean mayWrite(LeaderLease lease) {
    try {
      store.fencedBy(lease.fence()).put(KEY, Bytes.EMPTY, Previous.DISCARD);
      return true;
    } catch (StoreException.FencedOut refused) {
      return false;
    }
  }

  @Test
  @DisplayName("sheet 02 case 31: a node that is alone leads at once")
  void aNodeThatIsAloneLeadsAtOnce() throws InterruptedException {
    assertThat(election.leader()).isEmpty();

    LeaderLease lease = election.campaign("me:3002");

    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    assertThat(election.leader()).contains("me:3002");
    assertThat(mayWrite(lease)).isTrue();
    assertThat(lease.fence().describe()).contains("me:3002");
  }

  @Test
  void aNewTermEndsTheOldOne() throws InterruptedException {
    LeaderLease first = election.campaign("me:3002");
    LeaderLease second = election.campaign("me:3002");

    assertThat(first.renew()).isEqualTo(Renewal.LOST);
    assertThat(mayWrite(first)).isFalse();
    first.resign();
    assertThat(second.renew()).isEqualTo(Renewal.RENEWED);
    assertThat(mayWrite(second)).isTrue();
  }

  @Test
  void whoResignedMayNotWriteAndIsNotNamed() throws InterruptedException {
    LeaderLease lease = election.campaign("me:3002");

    lease.resign();
    lease.resign();

    assertThat(lease.renew()).isEqualTo(Renewal.LOST);
    assertThat(mayWrite(lease)).isFalse();
    assertThat(election.leader()).isEmpty();
  }

  @Test
  void aCancelledNodeDoesNotWin() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> election.campaign("me:3002"));

    assertThat(election.leader()).isEmpty();
  }

  @Test
  void theLeaseOutlastsEveryPauseAndRenewalsAreRare() {
    assertThat(election.leaseDuration()).isGreaterThan(java.time.Duration.ofDays(365));
    assertThat(election.renewalInterval().plus(election.renewalTimeout()))
        .isLessThan(election.leaseDuration());
  }

  @Test
  void itsOwnAnnouncementIsListedUntilWithdrawn() {
    Candidate me = new Candidate("me:3002", "1.1.4", "abc", 1, 2, 3, 4, 5, "host");
    election.announce(me);
    assertThat(election.candidates()).containsExactly(me);

    election.withdraw();

    assertThat(election.candidates()).isEmpty();
  }
}
