package io.metasrv.nodes;

import static io.metasrv.nodes.TestDatanode.OTHER_REGION;
import static io.metasrv.nodes.TestDatanode.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.region.LeaseMode;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.meta.GrantedRegion;
import io.metasrv.protocol.v1.meta.RegionLease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("sheet 04 §13.1: the countdown of a region's role")
class RegionLeaseTest {

  private static final Duration TICK = Duration.ofMillis(1);

  @Test
  void givenAFreshRegion_whenNoLeaseComes_thenItIsWritableForFourIntervals() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);

    datanode.pass(Duration.ofSeconds(12).minus(TICK));
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isTrue();

    datanode.pass(TICK);
    datanode.node.wake(datanode.now());
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
    assertThat(datanode.isOpen(REGION)).isTrue();
    assertThat(datanode.node.regions().find(REGION).orElseThrow().deadline()).isEmpty();
  }

  @Test
  void givenARegionCreatedBeforeTheFirstConnection_whenTimePasses_thenItsCountdownHasNotBegun() {
    TestDatanode datanode = TestDatanode.faithful();
    datanode.create(REGION);

    datanode.pass(Duration.ofHours(1));
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isTrue();

    datanode.connect();
    datanode.pass(Duration.ofSeconds(12));
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isFalse();
  }

  @Test
  void givenAReconnectWithAnotherInterval_whenARegionIsCreated_thenItsCountdownFollowsIt() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.node.responsesEnded(datanode.now());
    datanode.node.sendFailed(datanode.now());
    datanode.node.connected(TestDatanode.handshakeAnswer(1_000, 1_000), datanode.now());
    datanode.create(REGION);

    datanode.pass(Duration.ofSeconds(4));
    datanode.node.wake(datanode.now());

    assertThat(datanode.isWritable(REGION)).isFalse();
  }

  @Test
  void givenALease_whenItArrivesLate_thenItCountsFromTheBuildingOfTheHeartbeat() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    datanode.pass(Duration.ofSeconds(7));
    datanode.lease(Duration.ofSeconds(1), 10, REGION, RegionRole.LEADER);

    datanode.pass(Duration.ofSeconds(4).minus(TICK));
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isTrue();

    datanode.pass(TICK);
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isFalse();
  }

  @Test
  void givenARestartedDatanode_whenOnlyALeaseGrantsLeader_thenTheRegionBecomesWritable() {
    RegionStorage storage = new RegionStorage();
    TestDatanode before = new TestDatanode(DatanodeOptions.faithful(), storage, 1);
    before.create(REGION);
    Datanode after =
        new Datanode(
            NodeProfile.of(1, "127.0.0.1:4001", before.now().wall()),
            DatanodeOptions.faithful(),
            storage,
            List.of(new RegionsOnRecord("mito", "greptime/refdb", List.of(REGION))),
            NodeObserver.NOBODY,
            before.now());
    after.connected(TestDatanode.handshakeAnswer(3_000, 3_000), before.now());
    assertThat(after.regions().isWritable(REGION, before.now().monotonic())).isFalse();

    after.received(
        TestDatanode.instruction("{\"InvalidateCaches\":[]}").toBuilder()
            .setRegionLease(grant(REGION, RegionRole.LEADER, 0, 10))
            .build(),
        before.now());

    assertThat(after.regions().isWritable(REGION, before.now().monotonic())).isTrue();
  }

  @Test
  void givenAnExpiredRegion_whenALeaseGrantsLeaderAgain_thenItIsWritableAgain() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    datanode.pass(Duration.ofSeconds(20));
    datanode.node.wake(datanode.now());

    datanode.lease(Duration.ofSeconds(19), 10, REGION, RegionRole.LEADER);

    assertThat(datanode.isWritable(REGION)).isTrue();
  }

  /** The real datanode applies the role first and looks at the countdown afterwards. */
  @Test
  void givenALeaseThatHasEnded_whenItArrives_thenTheReferenceIsWritableForAnInstant() {
    TestDatanode datanode = expiredFollower(LeaseMode.REFERENCE);

    datanode.lease(Duration.ofSeconds(5), 10, REGION, RegionRole.LEADER);

    assertThat(datanode.isWritable(REGION)).isTrue();
    assertThat(datanode.node.nextWake())
        .hasValueSatisfying(
            wake -> assertThat(wake).isLessThanOrEqualTo(datanode.now().monotonic()));
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isFalse();
  }

  @Test
  void givenALeaseThatHasEnded_whenItArrivesAtAStrictOne_thenItChangesNothing() {
    TestDatanode datanode = expiredFollower(LeaseMode.STRICT);

    datanode.lease(Duration.ofSeconds(5), 10, REGION, RegionRole.LEADER);

    assertThat(datanode.isWritable(REGION)).isFalse();
    assertThat(datanode.role(REGION)).isEqualTo(RegionRole.FOLLOWER);
  }

  private static TestDatanode expiredFollower(LeaseMode mode) {
    TestDatanode datanode = new TestDatanode(DatanodeOptions.faithful().withLeaseMode(mode));
    datanode.connect();
    datanode.create(REGION);
    datanode.pass(Duration.ofSeconds(15));
    datanode.node.wake(datanode.now());
    assertThat(datanode.isWritable(REGION)).isFalse();
    return datanode;
  }

  /** The reference's gap: after an expiry, an upgrade makes writable without any countdown. */
  @ParameterizedTest
  @CsvSource({"REFERENCE, true", "STRICT, false"})
  void givenAnExpiredRegion_whenUpgradedAndCutOff_thenOnlyTheReferenceStaysWritable(
      LeaseMode mode, boolean staysWritable) {
    TestDatanode datanode = expiredFollower(mode);
    datanode.instruct(
        "{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"replay_timeout\":\"1s\"}]}");
    assertThat(datanode.isWritable(REGION)).isTrue();

    datanode.pass(Duration.ofHours(1));
    datanode.node.wake(datanode.now());

    assertThat(datanode.isWritable(REGION)).isEqualTo(staysWritable);
  }

  @Test
  void givenCloseableRegions_whenTheLeaseArrives_thenTheyAreClosedAtOnceAndOthersStay() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    datanode.create(OTHER_REGION);

    datanode.lease(
        RegionLease.newBuilder()
            .setLeaseSeconds(10)
            .addRegions(granted(REGION, RegionRole.LEADER))
            .addCloseableRegionIds(OTHER_REGION.value())
            .addCloseableRegionIds(77)
            .build());

    assertThat(datanode.isOpen(OTHER_REGION)).isFalse();
    assertThat(datanode.isOpen(REGION)).isTrue();
    // Closed, not dropped: the files stay.
    assertThat(datanode.storage.find(OTHER_REGION)).isPresent();
  }

  @Test
  void givenALeaseForARegionNotHere_whenItArrives_thenItIsIgnored() {
    TestDatanode datanode = TestDatanode.connected();

    datanode.lease(Duration.ZERO, 10, REGION, RegionRole.LEADER);

    assertThat(datanode.isOpen(REGION)).isFalse();
    assertThat(datanode.problems).isEmpty();
  }

  @Test
  void givenAnUnknownRoleNumber_whenGranted_thenTheRegionKeepsRoleAndCountdown() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);

    datanode.lease(
        RegionLease.newBuilder()
            .setLeaseSeconds(1_000)
            .addRegions(GrantedRegion.newBuilder().setRegionId(REGION.value()).setRoleValue(9))
            .build());
    datanode.pass(Duration.ofSeconds(12));
    datanode.node.wake(datanode.now());

    assertThat(datanode.isWritable(REGION)).isFalse();
  }

  @DisplayName("sheet 04 §8: what a granted role does to the engine")
  @ParameterizedTest
  @CsvSource({
    "LEADER, LEADER, LEADER",
    "LEADER, FOLLOWER, FOLLOWER",
    "LEADER, DOWNGRADING_LEADER, DOWNGRADING_LEADER",
    "LEADER, STAGING_LEADER, LEADER",
    "FOLLOWER, LEADER, LEADER",
    "FOLLOWER, DOWNGRADING_LEADER, FOLLOWER",
    "FOLLOWER, STAGING_LEADER, FOLLOWER",
    "DOWNGRADING_LEADER, LEADER, LEADER",
    "DOWNGRADING_LEADER, FOLLOWER, FOLLOWER",
    "DOWNGRADING_LEADER, STAGING_LEADER, DOWNGRADING_LEADER",
    "STAGING_LEADER, LEADER, LEADER",
    "STAGING_LEADER, FOLLOWER, FOLLOWER",
    "STAGING_LEADER, DOWNGRADING_LEADER, DOWNGRADING_LEADER",
    "STAGING_LEADER, STAGING_LEADER, STAGING_LEADER"
  })
  void givenARole_whenAnotherIsGranted_thenTheEngineDecides(
      RegionRole before, RegionRole granted, RegionRole after) {
    assertThat(before.afterGrant(granted)).isEqualTo(after);
  }

  @Test
  void givenADurationBeyondMeasure_whenLeased_thenTheCountdownIsFarAwayAndNotInThePast() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);

    datanode.lease(
        RegionLease.newBuilder()
            .setDurationSinceEpoch(-1)
            .setLeaseSeconds(-1)
            .addRegions(granted(REGION, RegionRole.LEADER))
            .build());
    datanode.pass(Duration.ofDays(365));
    datanode.node.wake(datanode.now());

    assertThat(datanode.isWritable(REGION)).isTrue();
  }

  private static RegionLease grant(
      RegionId region, RegionRole role, long sinceEpochMillis, long seconds) {
    return RegionLease.newBuilder()
        .setDurationSinceEpoch(sinceEpochMillis)
        .setLeaseSeconds(seconds)
        .addRegions(granted(region, role))
        .build();
  }

  private static GrantedRegion granted(RegionId region, RegionRole role) {
    return GrantedRegion.newBuilder().setRegionId(region.value()).setRole(role.wire()).build();
  }
}
