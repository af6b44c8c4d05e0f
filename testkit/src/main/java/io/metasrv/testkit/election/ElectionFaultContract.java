package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy.Direction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an election on a real server must do when the network between a node and the server fails:
 * renewals end in time, another node wins only when the first can no longer believe to lead, and
 * the first stays out. A backend is held to it by a subclass that makes an {@link
 * ElectionFaultFixture}.
 */
@Timeout(180)
public abstract class ElectionFaultContract implements ElectionCases {

  /** On top of the election's own limit: scheduling on a busy machine. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private @Nullable ElectionFaultFixture fixture;

  /** Makes a backend without leader and candidates, reached through a good network. */
  protected abstract ElectionFaultFixture newFixture() throws Exception;

  /** The fixture of the running test. */
  @Override
  public final ElectionFaultFixture fixture() {
    ElectionFaultFixture open = fixture;
    if (open == null) {
      throw new IllegalStateException("no test is running");
    }
    return open;
  }

  @BeforeEach
  final void openFixture() throws Exception {
    fixture = newFixture();
  }

  @AfterEach
  final void closeFixture() throws Exception {
    ElectionFaultFixture open = fixture;
    fixture = null;
    if (open != null) {
      open.proxy().restore();
      open.close();
    }
  }

  @Test
  @DisplayName("sheet 02 case 21: the cut-off leader is out before another node wins")
  void theCutOffLeaderIsOutBeforeAnotherNodeWins() throws InterruptedException {
    assertTheSilencedLeaderIsOut(() -> fixture().proxy().cut());
  }

  @Test
  void theLeaderBehindAHalfOpenConnectionIsOutBeforeAnotherNodeWins() throws InterruptedException {
    assertTheSilencedLeaderIsOut(
        () -> fixture().proxy().swallow(Direction.REQUESTS, Direction.RESPONSES));
  }

  private void assertTheSilencedLeaderIsOut(Runnable fault) throws InterruptedException {
    Election a = fixture().join();
    LeaderLease old = lead(a, "a:3002");
    Campaign rival = campaign(fixture().joinDirectly(), "b:3002");
    LeaseWindow window = renew(a, old);
    fault.run();

    assertRenewalFailsInTime(a, old);
    Campaign.Win win = wonAfterExpiry(rival, a.leaseDuration());

    assertThat(win.at().since(window.sentAt()))
        .as("from the last good renewal of a to the win of b")
        .isGreaterThanOrEqualTo(window.length());
    assertThat(win.lease().renew()).isEqualTo(Renewal.RENEWED);
    assertThat(mayWrite(win.lease().fence(), "by b")).isTrue();
    assertFencedOut(old.fence());

    fixture().proxy().restore();
    Eventually.holds("a learns that its term is over", RECOVERY, () -> old.renew() == Renewal.LOST);
    assertThat(win.lease().renew()).isEqualTo(Renewal.RENEWED);
    old.resign();
    assertThat(win.lease().renew()).isEqualTo(Renewal.RENEWED);
  }

  private void assertRenewalFailsInTime(Election election, LeaderLease lease) {
    long start = System.nanoTime();
    assertThatExceptionOfType(ElectionException.class).isThrownBy(lease::renew);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(election.renewalTimeout().plus(MARGIN));
  }

  @Test
  void resigningWithoutANetworkEndsInTimeAndThrowsNothing() throws InterruptedException {
    Election a = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    fixture().proxy().swallow(Direction.REQUESTS, Direction.RESPONSES);
    long start = System.nanoTime();

    lease.resign();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(a.renewalTimeout().plus(MARGIN));
  }

  @Test
  void withoutANetworkTheLeaderIsUnknownAndNoneIsMadeUp() {
    Election a = fixture().join();
    assertThat(a.leader()).isEmpty();
    fixture().proxy().cut();

    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(a::leader);
    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(a::candidates);
    assertThatExceptionOfType(ElectionException.class)
        .isThrownBy(() -> a.announce(ElectionCases.candidate("a:3002")));
    a.withdraw();
  }

  @Test
  void afterTheNetworkIsBackTheNodeCanWinAgain() throws InterruptedException {
    Election a = fixture().join();
    lead(a, "a:3002").resign();
    fixture().proxy().cut();
    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(a::leader);
    fixture().proxy().restore();

    LeaderLease again =
        Eventually.present(
            "a wins again",
            RECOVERY,
            () -> {
              LeaderLease lease = a.campaign("a:3002");
              return lease.renew() == Renewal.RENEWED
                  ? java.util.Optional.of(lease)
                  : java.util.Optional.empty();
            });

    assertThat(mayWrite(again.fence(), "by a")).isTrue();
  }
}
