package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.leadership.LeaseWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Winning, keeping, losing and giving up a term. */
interface LeadershipCases extends ElectionCases {

  @Test
  default void thereIsNoLeaderUntilSomebodyWins() throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    assertThat(a.leader()).isEmpty();

    LeaderLease lease = lead(a, "a:3002");

    assertThat(a.leader()).contains("a:3002");
    assertThat(b.leader()).contains("a:3002");
    assertThat(lease.fence().describe()).contains("a:3002");
    lease.resign();
    assertThat(b.leader()).isEmpty();
  }

  @Test
  default void theDurationsLeaveTimeToNoticeThatALeaseIsLost() {
    Election election = fixture().join();

    assertThat(election.renewalInterval().plus(election.renewalTimeout()))
        .isLessThan(election.leaseDuration());
  }

  @Test
  default void asLongAsTheLeaderRenewsNobodyElseWins() throws InterruptedException {
    Election a = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    Campaign rival = campaign(fixture().join(), "b:3002");
    Duration passed = Duration.ZERO;

    while (passed.compareTo(a.leaseDuration().multipliedBy(2)) < 0) {
      fixture().elapse(a.renewalInterval());
      passed = passed.plus(a.renewalInterval());
      renew(a, lease);
      assertThat(rival.isOver()).as("b won after %s although a renewed", passed).isFalse();
      assertThat(mayWrite(lease.fence(), "a after " + passed)).isTrue();
    }
    lease.resign();
    assertThat(rival.won().lease().renew()).isEqualTo(Renewal.RENEWED);
    assertThat(a.leader()).contains("b:3002");
  }

  @Test
  default void whenTheLeaderFallsSilentAnotherWinsAfterTheLeaseAndNotWithinTheWindow()
      throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    LeaderLease old = lead(a, "a:3002");
    LeaseWindow window = renew(a, old);
    Campaign rival = campaign(b, "b:3002");
    fixture().crash(a);

    Campaign.Win win = wonAfterExpiry(rival, a.leaseDuration());

    assertThat(win.at().since(window.sentAt()))
        .as("from the last renewal to the next winner")
        .isGreaterThanOrEqualTo(window.length())
        .isLessThanOrEqualTo(a.leaseDuration().plus(fixture().slack()));
    assertThat(win.lease().renew()).isEqualTo(Renewal.RENEWED);
    assertThat(b.leader()).contains("b:3002");
  }

  @Test
  default void ofTwoFencesOnlyTheLaterLetsWritesThrough() throws InterruptedException {
    Election a = fixture().join();
    LeaderLease old = lead(a, "a:3002");
    assertThat(mayWrite(old.fence(), "by a")).isTrue();
    Campaign rival = campaign(fixture().join(), "b:3002");
    fixture().crash(a);
    LeaderLease current = wonAfterExpiry(rival, a.leaseDuration()).lease();
    assertThat(current.renew()).isEqualTo(Renewal.RENEWED);

    assertFencedOut(old.fence());
    assertThat(mayWrite(current.fence(), "by b")).isTrue();
    assertFencedOut(old.fence());
    assertThat(fixture().store().get(KEY)).contains(Bytes.utf8("by b"));
  }

  @Test
  default void aLostTermNeverComesBack() throws InterruptedException {
    Election a = fixture().join();
    LeaderLease old = lead(a, "a:3002");
    Campaign rival = campaign(fixture().join(), "b:3002");
    LeaderLease current = wonAfterExpiry(rival, a.leaseDuration()).lease();
    assertThat(current.renew()).isEqualTo(Renewal.RENEWED);

    assertThat(old.renew()).isEqualTo(Renewal.LOST);
    current.resign();

    assertThat(old.renew()).as("not even once nobody else leads").isEqualTo(Renewal.LOST);
    assertFencedOut(old.fence());
    old.resign();
  }

  @Test
  default void aLeaderWhoseLeaseRanOutIsNotNamedAnyMore() throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    fixture().crash(a);

    Duration left = b.leaseDuration().plus(fixture().slack());
    while (b.leader().isPresent() && left.isPositive()) {
      fixture().elapse(b.leaseDuration().dividedBy(10));
      left = left.minus(b.leaseDuration().dividedBy(10));
    }

    assertThat(b.leader()).isEmpty();
    lease.resign();
  }

  @Test
  default void resigningHandsOverAtOnce() throws InterruptedException {
    Election a = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    Campaign rival = campaign(fixture().join(), "b:3002");
    fixture().elapse(a.renewalInterval());
    renew(a, lease);

    var resignedAt = fixture().runtime().monotonic();
    lease.resign();
    Campaign.Win win = rival.won();

    assertThat(win.at().since(resignedAt))
        .as("without waiting for the lease to run out")
        .isLessThan(a.leaseDuration().dividedBy(2));
    assertThat(win.lease().renew()).isEqualTo(Renewal.RENEWED);
  }

  @Test
  default void whoResignedHasNothingLeft() throws InterruptedException {
    Election a = fixture().join();
    LeaderLease lease = lead(a, "a:3002");

    lease.resign();
    lease.resign();

    assertThat(lease.renew()).isEqualTo(Renewal.LOST);
    assertThat(a.leader()).isEmpty();
    assertFencedOut(lease.fence());
    LeaderLease again = lead(a, "a:3002");
    assertThat(mayWrite(again.fence(), "second term")).isTrue();
    assertFencedOut(lease.fence());
    lease.resign();
    assertThat(again.renew()).as("an old resignation harms no new term").isEqualTo(Renewal.RENEWED);
  }

  @Test
  default void anInterruptedCampaignLeavesNothingBehind() throws InterruptedException {
    Election a = fixture().join();
    Election b = fixture().join();
    Election c = fixture().join();
    LeaderLease lease = lead(a, "a:3002");
    List<Bytes> before = fixture().rawKeys();
    Campaign calledOff = campaign(b, "b:3002");
    fixture().elapse(a.renewalInterval());
    renew(a, lease);

    assertThat(calledOff.cancel())
        .hasValueSatisfying(end -> assertThat(end).isInstanceOf(InterruptedException.class));

    assertThat(fixture().rawKeys()).isEqualTo(before);
    var resignedAt = fixture().runtime().monotonic();
    lease.resign();
    Campaign.Win win = campaign(c, "c:3002").won();
    assertThat(win.at().since(resignedAt))
        .as("nobody queues in front of c")
        .isLessThan(a.leaseDuration().dividedBy(2));
    win.lease().resign();
    assertThat(lead(b, "b:3002").renew()).as("b may try again").isEqualTo(Renewal.RENEWED);
  }

  @Test
  default void ofManyThatTakeTurnsOneAtATimeLeads() throws InterruptedException {
    AtomicReference<@Nullable String> leader = new AtomicReference<>();
    List<Thread> nodes = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      String address = "node-" + i + ":3002";
      Election election = fixture().join();
      nodes.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int turn = 0; turn < 5; turn++) {
                        leadForAMoment(election, address, leader);
                      }
                    } catch (Throwable failure) {
                      failures.add(failure);
                    }
                  }));
    }
    for (Thread node : nodes) {
      node.join(Campaign.PATIENCE);
    }

    assertThat(failures).isEmpty();
    assertThat(nodes).noneMatch(Thread::isAlive);
    assertThat(fixture().join().leader()).isEmpty();
  }

  private void leadForAMoment(
      Election election, String address, AtomicReference<@Nullable String> leader)
      throws InterruptedException {
    LeaderLease lease = election.campaign(address);
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    assertThat(leader.compareAndSet(null, address)).as("%s leads with another", address).isTrue();
    assertThat(mayWrite(lease.fence(), address + " " + System.nanoTime())).isTrue();
    assertThat(leader.compareAndSet(address, null)).isTrue();
    lease.resign();
  }

  @Test
  default void aHundredTermsLeaveNoKeyAndNoThreadBehind() throws InterruptedException {
    Election election = fixture().join();
    runTerms(election, 10);
    int before = fixture().openResources();

    runTerms(election, 100);

    assertThat(fixture().rawKeys()).isEmpty();
    assertThat(fixture().openResources())
        .as("threads and the like after a hundred terms")
        .isLessThan(before + 10);
  }

  private static void runTerms(Election election, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      LeaderLease lease = election.campaign("a:3002");
      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      election.announce(ElectionCases.candidate("a:3002"));
      election.withdraw();
      lease.resign();
    }
  }
}
