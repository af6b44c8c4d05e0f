package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes of ours and of the reference on one store: they respect each other as leaders, and a leader
 * of ours that was replaced writes no more.
 */
@Timeout(180)
public abstract class ReferencePeerContract implements ElectionCases {

  /** The reference's lease, a round, and a busy machine. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(30);

  private @Nullable ElectionFixture fixture;

  /** Makes a backend without leader and candidates. */
  protected abstract ElectionFixture newFixture() throws Exception;

  /** A node of the reference on that backend. */
  protected abstract ReferencePeer joinAsReference(String address) throws Exception;

  /** The fixture of the running test. */
  @Override
  public final ElectionFixture fixture() {
    ElectionFixture open = fixture;
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
    ElectionFixture open = fixture;
    fixture = null;
    if (open != null) {
      open.close();
    }
  }

  @Test
  @DisplayName("sheet 02 case 20, on SQL: while we lead the reference follows and names us")
  void whileWeLeadTheReferenceFollows() throws Exception {
    try (ReferencePeer reference = joinAsReference("r:3002")) {
      Election a = fixture().join();
      LeaderLease lease = lead(a, "a:3002");

      for (int round = 0; round < 4; round++) {
        assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
        assertThat(reference.round()).as("the reference leads").isFalse();
        assertThat(reference.leader()).contains("a:3002");
        assertThat(mayWrite(lease.fence(), "a in round " + round)).isTrue();
        fixture().elapse(a.renewalInterval());
      }

      lease.resign();
      Eventually.holds("the reference wins", TAKE_OVER, reference::round);
      assertThat(a.leader()).contains("r:3002");
    }
  }

  @Test
  @DisplayName(
      "sheet 02 case 20, on SQL: while the reference leads we wait; once it is gone we win")
  void whileTheReferenceLeadsWeWait() throws Exception {
    Election a = fixture().join();
    ReferencePeer reference = joinAsReference("r:3002");
    Eventually.holds("the reference wins", TAKE_OVER, reference::round);
    Campaign campaign = campaign(a, "a:3002");

    for (int round = 0; round < 4; round++) {
      fixture().elapse(Duration.ofSeconds(2));
      assertThat(reference.round()).as("the reference still leads").isTrue();
      assertThat(campaign.isOver()).as("we won although the reference leads").isFalse();
      assertThat(a.leader()).contains("r:3002");
    }

    reference.close();
    LeaderLease lease = campaign.won().lease();
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    assertThat(mayWrite(lease.fence(), "by a")).isTrue();
  }

  @Test
  void whenTheReferenceTakesOverFromASilentLeaderOfOursItsWritesAreRefused() throws Exception {
    Election a = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    assertThat(mayWrite(lease.fence(), "by a")).isTrue();
    try (ReferencePeer reference = joinAsReference("r:3002")) {
      Eventually.holds("the reference wins", TAKE_OVER, reference::round);

      assertFencedOut(lease.fence());
      assertThat(lease.renew()).isEqualTo(Renewal.LOST);
      lease.resign();
      assertThat(reference.round()).as("our resignation harms no one").isTrue();
      assertThat(reference.leader()).contains("r:3002");
    }
  }

  @Test
  void aReferenceNodeUnderOurOwnAddressEndsOurTerm() throws Exception {
    Election a = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    try (ReferencePeer reference = joinAsReference("a:3002")) {
      Eventually.holds("the reference leads under our address", TAKE_OVER, reference::round);

      assertFencedOut(lease.fence());
      assertThat(lease.renew()).isEqualTo(Renewal.LOST);
      assertThat(reference.round()).isTrue();
    }
  }

  @Test
  void whoeverEntersOneLeadsAtATimeOverManyTerms() throws Exception {
    Election a = fixture().join();
    try (ReferencePeer reference = joinAsReference("r:3002")) {
      for (int term = 0; term < 3; term++) {
        LeaderLease lease = campaign(a, "a:3002").won().lease();
        assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
        assertThat(reference.round()).isFalse();
        lease.resign();
        Eventually.holds("the reference wins", TAKE_OVER, reference::round);
        assertThat(lease.renew()).isEqualTo(Renewal.LOST);
        Campaign campaign = campaign(a, "a:3002");
        assertThat(reference.round()).isTrue();
        // It misses its rounds; we win, and it notices.
        campaign.won();
        assertThat(reference.round()).isFalse();
        assertThat(a.leader()).contains("a:3002");
      }
    }
  }
}
