package io.metasrv.domain.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.heartbeat.RegionRole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegionRouteTest {

  private static final TableId TABLE = new TableId(1024);
  private static final Optional<LeaderState> DOWNGRADING = Optional.of(LeaderState.DOWNGRADING);

  private static Peer peer(long id) {
    return new Peer(id, "a:" + Long.toUnsignedString(id));
  }

  private static RegionRoute route(int number, long leader, long... followers) {
    return RegionRoute.of(Region.of(RegionId.of(TABLE, number), ""), peer(leader))
        .withFollowers(java.util.Arrays.stream(followers).mapToObj(RegionRouteTest::peer).toList());
  }

  @Test
  void givenLeaderStatesThenTheTimeIsSetOnceAndRemovedWithTheState() {
    RegionRoute leading = route(0, 1);
    RegionRoute downgrading = leading.withLeaderState(DOWNGRADING, 5);
    assertThat(downgrading.leaderDownSince()).hasValue(5);
    assertThat(downgrading.withLeaderState(DOWNGRADING, 9)).isEqualTo(downgrading);
    assertThat(downgrading.withLeaderState(Optional.empty(), 9)).isEqualTo(leading);
    assertThat(downgrading.staging().leaderDownSince()).isEmpty();
    assertThat(leading.staging().withLeaderState(DOWNGRADING, 7).leaderDownSince()).hasValue(7);
    assertThat(downgrading.notStaging()).isEqualTo(downgrading);
    assertThat(leading.staging().notStaging()).isEqualTo(leading);
  }

  @Test
  void givenLeaderStatesThenTheRoleFollows() {
    assertThat(route(0, 1).leaderRole()).contains(RegionRole.LEADER);
    assertThat(route(0, 1).staging().leaderRole()).contains(RegionRole.STAGING_LEADER);
    assertThat(route(0, 1).withLeaderState(DOWNGRADING, 1).leaderRole())
        .contains(RegionRole.DOWNGRADING_LEADER);
    assertThat(route(0, 1).staging().withLeader(Optional.empty()).leaderRole()).isEmpty();
  }

  @Test
  void givenRoutesThenEachNodeIsListedWithItsRegionsInUnsignedOrder() {
    RegionDistribution distribution =
        RegionDistribution.of(
            List.of(
                route(2, -1),
                route(1, 7, 3),
                route(0, 7, -1, 3),
                route(3, 1, 7).withLeader(Optional.empty())));

    assertThat(distribution.byNode().keySet()).containsExactly(3L, 7L, -1L);
    assertThat(distribution.byNode().get(3L))
        .isEqualTo(new RegionRoles(List.of(), List.of(0L, 1L)));
    assertThat(distribution.byNode().get(7L))
        .isEqualTo(new RegionRoles(List.of(0L, 1L), List.of(3L)));
    assertThat(distribution.byNode().get(-1L)).isEqualTo(new RegionRoles(List.of(2L), List.of(0L)));
    assertThat(RegionDistribution.of(List.of()).isEmpty()).isTrue();
  }
}
