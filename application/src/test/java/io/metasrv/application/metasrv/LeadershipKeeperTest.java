package io.metasrv.application.metasrv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.TermStore;
import io.metasrv.application.support.JumpingRuntime;
import io.metasrv.application.support.ScriptedElection;
import io.metasrv.application.support.TracedComponent;
import io.metasrv.application.support.TracedComponent.Fault;
import io.metasrv.application.support.WatchedEvents;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeadershipKeeperTest {

  private static final String ADDRESS = "10.0.0.1:3002";
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes VALUE = Bytes.utf8("v");

  private final JumpingRuntime runtime = new JumpingRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedElection election = new ScriptedElection(store);
  private final WatchedEvents events = new WatchedEvents();
  private final List<String> trace = new CopyOnWriteArrayList<>();
  private final List<LeadershipKeeper> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws InterruptedException {
    for (LeadershipKeeper keeper : started) {
      keeper.stop();
    }
  }

  @Test
  void givenAWonElectionWhenTheComponentsHaveStartedThenTheNodeLeads() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));

    assertThat(keeper.awaitReady(Duration.ofSeconds(20))).isTrue();

    assertThat(keeper.currentTerm()).isPresent();
    assertThat(keeper.leaderAddress()).contains(ADDRESS);
    assertThat(keeper.state())
        .isInstanceOfSatisfying(
            LeadershipState.Leader.class, leader -> assertThat(leader.missing()).isEmpty());
    assertThat(events.types()).containsExactly("leadership.elected", "leadership.ready");
  }

  @Test
  @DisplayName("sheet 02 case 28: components start in order, stop in order, follower first")
  void givenAnOrderOfComponentsWhenTheTermComesAndGoesThenTheyFollowIt() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper =
        started(
            component("cache", Fault.NONE),
            component("procedures", Fault.NONE),
            component("ticker", Fault.NONE));
    events.await("leadership.ready", 1);

    election.loseNextRenewal();
    events.await("leadership.stepped_down", 1);
    keeper.stop();

    assertThat(trace)
        .containsExactly(
            "start cache",
            "start procedures",
            "start ticker",
            "stop cache",
            "stop procedures",
            "stop ticker");
    assertThat(keeper.state()).isInstanceOf(LeadershipState.Stopped.class);
  }

  @Test
  @DisplayName("sheet 02 case 30: an optional component that fails is left out, the rest start")
  void givenAnOptionalComponentThatFailsWhenElectedThenTheNodeLeadsWithoutIt() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper =
        started(
            component("first", Fault.NONE),
            context -> new TracedComponent("weak", false, Fault.FAILS_TO_START, context, trace),
            component("last", Fault.NONE));

    events.await("leadership.ready", 1);

    assertThat(trace).containsExactly("start first", "start weak", "start last");
    assertThat(keeper.state())
        .isInstanceOfSatisfying(
            LeadershipState.Leader.class,
            leader -> assertThat(leader.missing()).containsExactly("weak"));
    assertThat(events.await("leadership.component_failed", 1).attributes())
        .containsEntry("component", "weak")
        .containsEntry("error", "weak is broken");
  }

  @Test
  void givenARequiredComponentThatFailsWhenElectedThenTheTermIsHandedOver() throws Exception {
    election.winning(2);
    started(component("first", Fault.NONE), component("broken", Fault.FAILS_TO_START));

    assertThat(events.await("leadership.stepped_down", 1).attributes().get("reason"))
        .contains("'broken'", "broken is broken");
    events.await("leadership.stepped_down", 2);

    assertThat(trace)
        .startsWith("start first", "start broken", "stop first", "stop broken", "start first");
    assertThat(events.types()).doesNotContain("leadership.ready");
    assertThat(election.count("resign")).isPositive();
  }

  @Test
  void givenAComponentThatDoesNotStopWhenTheTermEndsThenTheOthersStop() throws Exception {
    election.winning(2);
    started(component("stubborn", Fault.FAILS_TO_STOP), component("good", Fault.NONE));
    events.await("leadership.ready", 1);

    election.loseNextRenewal();
    events.await("leadership.ready", 2);

    assertThat(trace)
        .containsExactly(
            "start stubborn",
            "start good",
            "stop stubborn",
            "stop good",
            "start stubborn",
            "start good");
  }

  @Test
  @DisplayName("sheet 10 §1.1: a second term equals a fresh start, nothing of the first survives")
  void givenALostTermWhenElectedAgainThenEverythingIsNew() throws Exception {
    election.winning(2);
    List<TermComponent> made = new CopyOnWriteArrayList<>();
    LeadershipKeeper keeper =
        started(
            context -> {
              TracedComponent memory =
                  new TracedComponent("memory", true, Fault.NONE, context, trace);
              made.add(memory);
              return memory;
            });
    events.await("leadership.ready", 1);
    Term first = keeper.currentTerm().orElseThrow();
    TermContext firstContext = keeper.currentContext().orElseThrow();

    election.loseNextRenewal();
    events.await("leadership.ready", 2);

    Term second = keeper.currentTerm().orElseThrow();
    assertThat(first.isHeld()).isFalse();
    assertThat(made).hasSize(2).doesNotHaveDuplicates();
    assertThat(trace).containsExactly("start memory", "stop memory", "start memory");
    assertThat(second.number()).isEqualTo(2);
    assertThatThrownBy(() -> firstContext.store().put(KEY, VALUE, Previous.DISCARD))
        .isInstanceOf(NotLeaderException.class);
    keeper.currentContext().orElseThrow().store().put(KEY, VALUE, Previous.DISCARD);
    assertThat(store.get(KEY)).contains(VALUE);
  }

  @Test
  void givenANodeThatHasWonButIsNotReadyThenOnlyTheLeaderAddressShowsIt() throws Exception {
    election.winning(1);
    CountDownLatch startBegun = new CountDownLatch(1);
    LeadershipKeeper keeper = started(slowComponent(startBegun));
    startBegun.await();

    assertThat(keeper.leaderAddress()).contains(ADDRESS);
    assertThat(keeper.currentTerm()).isEmpty();
    assertThat(keeper.currentContext()).isEmpty();
    assertThat(keeper.state()).isInstanceOf(LeadershipState.Elected.class);

    keeper.stop();
    assertThat(trace).contains("stop slow");
    assertThat(keeper.leaderAddress()).isEmpty();
  }

  @Test
  void givenAComponentThatIsStillStartingWhenTheLeaseIsLostThenItIsCalledOff() throws Exception {
    election.winning(1);
    CountDownLatch startBegun = new CountDownLatch(1);
    started(slowComponent(startBegun));
    startBegun.await();

    election.loseNextRenewal();
    events.await("leadership.stepped_down", 1);
    started.getFirst().stop();

    assertThat(trace).containsExactly("start slow", "interrupted slow", "stop slow");
  }

  @Test
  void givenARenewalWithoutAnswerWhenTheNextOneSucceedsThenTheTermGoesOn() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);

    election.failNextRenewals(2);
    election.calls.clear();
    for (int i = 0; i < 5; i++) {
      assertThat(election.calls.poll(20, TimeUnit.SECONDS)).isEqualTo("renew");
    }

    assertThat(keeper.currentTerm()).isPresent();
  }

  @Test
  @DisplayName(
      "sheet 02 case 21: cut off from the store the leader steps down before its lease ends")
  void givenALeaderThatIsCutOffWhenNoRenewalSucceedsThenItStepsDownInTime() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);
    Term term = keeper.currentTerm().orElseThrow();

    election.failAllRenewals();
    events.await("leadership.stepped_down", 1);

    Duration sinceLastSuccess = runtime.monotonic().since(term.window().sentAt());
    assertThat(sinceLastSuccess).isLessThan(election.leaseDuration());
    assertThat(term.window().length())
        .isEqualTo(election.renewalInterval().plus(election.renewalTimeout()));
    assertThat(keeper.currentTerm()).isEmpty();
  }

  @Test
  @DisplayName("sheet 02 case 26: a paused leader is none the moment it wakes up, its writes fail")
  void givenAPausedLeaderWhenItWakesUpThenItDoesNotLead() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);
    Term term = keeper.currentTerm().orElseThrow();
    KeyValueStore written = keeper.currentContext().orElseThrow().store();

    runtime.pauseFor(Duration.ofSeconds(10));

    assertThat(term.isHeld()).isFalse();
    assertThat(keeper.currentTerm()).isEmpty();
    assertThatThrownBy(() -> written.put(KEY, VALUE, Previous.DISCARD))
        .isInstanceOf(NotLeaderException.class);
    assertThat(store.get(KEY)).isEmpty();
    assertThat(events.await("leadership.stepped_down", 1).attributes().get("reason"))
        .contains("ran out");
  }

  @Test
  void givenASuspendedMachineWhenItsWallClockHasRunOnThenTheNodeDoesNotLead() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);

    runtime.suspendFor(Duration.ofSeconds(10));

    assertThat(keeper.currentTerm()).isEmpty();
  }

  @Test
  void givenAWriteThatTheStoreRefusesThenTheTermEndsAtOnce() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);
    KeyValueStore written = keeper.currentContext().orElseThrow().store();

    store.openTerm("10.0.0.2:3002");
    assertThatThrownBy(() -> written.put(KEY, VALUE, Previous.DISCARD))
        .isInstanceOf(StoreException.FencedOut.class);

    assertThat(keeper.currentTerm()).isEmpty();
    assertThat(events.await("leadership.stepped_down", 1).attributes().get("reason"))
        .contains("refused");
  }

  @Test
  void givenFailingCampaignsThenTheNodeTriesAgainUntilItWins() throws Exception {
    election.winning(1).failNextCampaigns(3);

    LeadershipKeeper keeper = started(component("a", Fault.NONE));

    assertThat(keeper.awaitReady(Duration.ofSeconds(20))).isTrue();
    assertThat(election.count("campaign")).isEqualTo(4);
  }

  @Test
  void givenALeaderWhenItIsStoppedThenItResignsAfterItsComponentsHaveStopped() throws Exception {
    election.winning(1);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);

    keeper.stop();
    keeper.stop();

    assertThat(trace).containsExactly("start a", "stop a");
    assertThat(election.count("resign")).isEqualTo(1);
    assertThat(events.await("leadership.stepped_down", 1).attributes().get("reason"))
        .isEqualTo("the node is being stopped");
  }

  @Test
  void givenACampaignThatIsNotWonWhenStoppedThenItIsCalledOff() throws Exception {
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    assertThat(election.calls.take()).isEqualTo("campaign");

    keeper.stop();

    assertThat(keeper.state()).isInstanceOf(LeadershipState.Stopped.class);
    assertThat(trace).isEmpty();
  }

  @Test
  void givenAStoppedNodeWhenItIsStartedAgainThenItLeadsAgain() throws Exception {
    election.winning(2);
    LeadershipKeeper keeper = started(component("a", Fault.NONE));
    events.await("leadership.ready", 1);
    keeper.stop();

    keeper.start();

    assertThat(keeper.awaitReady(Duration.ofSeconds(20))).isTrue();
    assertThat(keeper.currentTerm().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void givenAFollowerThenItNamesThePublishedLeaderButNeverItself() throws Exception {
    LeadershipKeeper keeper = started(component("a", Fault.NONE));

    election.publish(Optional.of("10.0.0.2:3002"));
    assertThat(keeper.leaderAddress()).contains("10.0.0.2:3002");

    election.publish(Optional.of(ADDRESS));
    assertThat(keeper.leaderAddress()).isEmpty();
  }

  private TermComponentFactory slowComponent(CountDownLatch startBegun) {
    return context -> {
      TracedComponent slow = new TracedComponent("slow", true, Fault.NEVER_READY, context, trace);
      slow.whenStarted(startBegun::countDown);
      return slow;
    };
  }

  private TermComponentFactory component(String name, Fault fault) {
    return context -> new TracedComponent(name, true, fault, context, trace);
  }

  private LeadershipKeeper started(TermComponentFactory... components) {
    LeadershipKeeper keeper =
        new LeadershipKeeper(
            election,
            ADDRESS,
            runtime,
            new NoMetrics(),
            events,
            this::context,
            List.of(components));
    started.add(keeper);
    keeper.start();
    return keeper;
  }

  private TermContext context(Term term) {
    TermStore fenced = new TermStore(term, store);
    return new TermContext(term, fenced, fenced, runtime, new NoMetrics(), events, ADDRESS);
  }
}
