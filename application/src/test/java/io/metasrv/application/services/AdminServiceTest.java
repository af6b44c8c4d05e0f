package io.metasrv.application.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.admin.AdminServiceHandler;
import io.metasrv.application.cluster.ClusterServiceHandler;
import io.metasrv.application.cluster.LeaderMemory;
import io.metasrv.application.cluster.LeaderMemoryReader;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Previous;
import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.AdminService.Switch;
import io.metasrv.application.storeservice.LeaderWrites;
import io.metasrv.application.storeservice.StoreServiceHandler;
import io.metasrv.application.support.DirectPeers;
import io.metasrv.application.support.FixedLeadership;
import io.metasrv.application.support.JumpingRuntime;
import io.metasrv.application.support.ScriptedElection;
import io.metasrv.application.support.WatchedEvents;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.DatanodeLeaseKey;
import io.metasrv.domain.key.DatanodeStatKey;
import io.metasrv.domain.key.SwitchKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdminServiceTest {

  private static final String LEADER = "10.0.0.1:3002";
  private static final String FOLLOWER = "10.0.0.2:3002";
  private static final String LEASE =
      "{\"timestamp_millis\":1784906927120,\"node_addr\":\"dn-1:3001\",\"workloads\":{\"Datanode\":{\"types\":[0]}}}";

  private final JumpingRuntime runtime = new JumpingRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryStore memory = new InMemoryStore();
  private final DirectPeers peers = new DirectPeers();
  private final WatchedEvents events = new WatchedEvents();
  private final FixedLeadership lead = FixedLeadership.leading(LEADER, store, runtime);
  private final FixedLeadership follow = FixedLeadership.following(FOLLOWER, Optional.of(LEADER));
  private final AdminServiceHandler onLeader = admin(lead, () -> Optional.of(memory));
  private final AdminServiceHandler onFollower = admin(follow, Optional::empty);

  @BeforeEach
  void connect() {
    runtime.sleepInNoTime();
    peers.add(
        LEADER,
        new StoreServiceHandler(
            store, new LeaderWrites(lead, peers, new NoMetrics()), runtime, new NoMetrics()),
        cluster(lead, () -> Optional.of(memory)));
  }

  @Test
  @DisplayName("sheet 09 case 4: a switch is a key with an empty value, from any node")
  void givenACleanStoreWhenMaintenanceIsSwitchedOnThenEveryNodeSeesIt() {
    for (AdminService node : List.of(onLeader, onFollower)) {
      assertThat(onLeader.isOn(Switch.MAINTENANCE)).isFalse();

      node.set(Switch.MAINTENANCE, true);
      node.set(Switch.MAINTENANCE, true);
      assertThat(store.get(SwitchKeys.MAINTENANCE)).contains(Bytes.EMPTY);
      assertThat(onLeader.isOn(Switch.MAINTENANCE)).isTrue();
      assertThat(onFollower.isOn(Switch.MAINTENANCE)).isTrue();

      node.set(Switch.MAINTENANCE, false);
      node.set(Switch.MAINTENANCE, false);
      assertThat(onFollower.isOn(Switch.MAINTENANCE)).isFalse();
    }
    assertThat(events.types()).hasSize(8).allMatch("admin.switch"::equals);
  }

  @Test
  @DisplayName("sheet 09 case 5: the legacy maintenance key counts, and goes with the other")
  void givenTheLegacyKeyThenMaintenanceIsOnUntilItIsSwitchedOff() {
    store.put(SwitchKeys.LEGACY_MAINTENANCE, Bytes.EMPTY, Previous.DISCARD);
    assertThat(onLeader.isOn(Switch.MAINTENANCE)).isTrue();

    onLeader.set(Switch.MAINTENANCE, true);
    onLeader.set(Switch.MAINTENANCE, false);

    assertThat(store.get(SwitchKeys.LEGACY_MAINTENANCE)).isEmpty();
    assertThat(store.get(SwitchKeys.MAINTENANCE)).isEmpty();
  }

  @Test
  void givenTheOtherSwitchesThenEachHasItsOwnKey() {
    onLeader.set(Switch.PAUSE_PROCEDURE, true);
    onLeader.set(Switch.RECOVERY, true);

    assertThat(store.get(Bytes.utf8("__switches/pause_procedure"))).isPresent();
    assertThat(store.get(Bytes.utf8("__switches/recovery"))).isPresent();
    assertThat(onLeader.isOn(Switch.MAINTENANCE)).isFalse();
  }

  @Test
  @DisplayName("sheet 09 cases 14-16: the table id sequence moves forward in recovery mode only")
  void givenTheTableIdSequenceThenItIsReadAlwaysAndMovedInRecoveryModeOnly() {
    assertThat(onFollower.nextTableId()).isEqualTo(1024);
    assertUnexpected(
        () -> onFollower.setNextTableId(2048),
        "Unexpected, violated: Setting next table id is only allowed in recovery mode");

    onFollower.set(Switch.RECOVERY, true);
    assertUnexpected(
        () -> onFollower.setNextTableId(0),
        "The next value 0 is not greater than the current next value 1024");
    assertThat(onFollower.setNextTableId(2048)).isEqualTo(2048);
    assertUnexpected(
        () -> onLeader.setNextTableId(2048),
        "The next value 2048 is not greater than the current next value 2048");

    assertThat(onLeader.nextTableId()).isEqualTo(2048);
    assertThat(store.get(Bytes.utf8("__meta_seq-table_id")))
        .contains(Bytes.hex("0008000000000000"));
  }

  @Test
  @DisplayName("sheet 09 case 18: the leader from any node, none without an election")
  void givenALeaderThenEveryNodeNamesItUnlessThereIsNoElection() {
    assertThat(onLeader.leader()).contains(LEADER);
    assertThat(onFollower.leader()).contains(LEADER);
    AdminServiceHandler alone =
        new AdminServiceHandler(
            lead,
            false,
            store,
            new LeaderWrites(lead, peers, new NoMetrics()),
            reader(lead, Optional::empty),
            events,
            runtime);

    assertThat(alone.leader()).isEmpty();
    assertThat(alone.hasElection()).isFalse();
  }

  @Test
  @DisplayName("sheet 09 case 20, §3.1: node leases, the same on leader and follower")
  void givenALeaseThenEveryNodeShowsItInTheReferencesForm() {
    memory.put(new DatanodeLeaseKey(1).toBytes(), Bytes.utf8(LEASE), Previous.DISCARD);

    assertThat(onLeader.nodeLeasesJson())
        .isEqualTo(
            "[{\"name\":{\"node_id\":1},\"human_time\":\"2026-07-24 15:28:47.120\",\"lease\":"
                + LEASE
                + "}]");
    assertThat(onFollower.nodeLeasesJson()).isEqualTo(onLeader.nodeLeasesJson());
  }

  @Test
  @DisplayName("sheet 09 case 19, §3.2: statistics by address")
  void givenStatisticsThenTheyAreShownAsTheyAreAndFilteredByAddress() {
    String one = "[{\"id\":1,\"addr\":\"dn-1:3001\"},{\"id\":1,\"addr\":\"dn-1:3009\"}]";
    String two = "[{\"id\":2,\"addr\":\"dn-2:3001\"}]";
    memory.put(new DatanodeStatKey(1).toBytes(), Bytes.utf8(one), Previous.DISCARD);
    memory.put(new DatanodeStatKey(2).toBytes(), Bytes.utf8(two), Previous.DISCARD);

    assertThat(onFollower.heartbeatsJson(Optional.empty())).isEqualTo("[" + one + "," + two + "]");
    assertThat(onFollower.heartbeatsJson(Optional.of("dn-1:3009"))).isEqualTo("[" + one + "]");
    assertThat(onFollower.heartbeatsJson(Optional.of("unknown"))).isEqualTo("[]");
  }

  @Test
  @DisplayName("sheet 02 case 41: a follower asks the leader three times, a second apart")
  void givenALeaderThatCannotBeReachedThenAFollowerGivesUpAfterThreeTries() {
    peers.remove(LEADER);

    assertThatThrownBy(onFollower::nodeLeasesJson)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("The number of retries")
        .hasMessageContaining("3");
    assertThat(peers.calls()).isEqualTo(3);
    assertThat(runtime.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void givenALeaderThatIsNotReadyThenAFollowerAsksAgain() {
    peers.add(
        LEADER,
        new StoreServiceHandler(
            store, new LeaderWrites(lead, peers, new NoMetrics()), runtime, new NoMetrics()),
        cluster(lead, Optional::empty));

    assertThatThrownBy(onFollower::nodeLeasesJson).isInstanceOf(ServiceException.class);
    assertThat(peers.calls()).isEqualTo(3);
  }

  @Test
  void givenALeaderAndAFollowerThenBothAreReadyInTheirRoles() {
    assertThat(onLeader.readiness().ready()).isTrue();
    assertThat(onLeader.readiness().role()).isEqualTo("leader");
    assertThat(onLeader.readiness().term()).hasValue(1);
    assertThat(onFollower.readiness().ready()).isTrue();
    assertThat(onFollower.readiness().role()).isEqualTo("follower");
    assertThat(onFollower.readiness().leader()).contains(LEADER);
  }

  @Test
  void givenNoLeaderThenAFollowerIsNotReadyAndSaysWhy() {
    follow.publish(Optional.empty());

    assertThat(onFollower.readiness().ready()).isFalse();
    assertThat(onFollower.readiness().reasons()).containsExactly("no metasrv leads at the moment");
  }

  private static void assertUnexpected(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> assertThat(refused.code()).isEqualTo(StatusCode.UNEXPECTED))
        .hasMessageContaining(message);
  }

  private AdminServiceHandler admin(Leadership leadership, LeaderMemory own) {
    return new AdminServiceHandler(
        leadership,
        true,
        store,
        new LeaderWrites(leadership, peers, new NoMetrics()),
        reader(leadership, own),
        events,
        runtime);
  }

  private LeaderMemoryReader reader(Leadership leadership, LeaderMemory own) {
    return new LeaderMemoryReader(own, leadership, peers, runtime);
  }

  private ClusterServiceHandler cluster(Leadership leadership, LeaderMemory own) {
    return new ClusterServiceHandler(
        own,
        leadership,
        new ScriptedElection(store),
        () -> new Candidate(LEADER, "1", "c", 0, 0, 0, 0, 0, "h"));
  }
}
