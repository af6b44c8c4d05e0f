package io.metasrv.domain.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.RegionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatValuesTest {

  @ParameterizedTest
  @DisplayName("sheet 02 §19: ids of frontends")
  @CsvSource({
    "'',3476900567878811119",
    "127.0.0.1:8080,8944942164841021765",
    "127.0.0.1:4001,6217528761578684316",
  })
  void sipHash(String address, String id) {
    assertThat(Long.toUnsignedString(SipHash13.ofText(address))).isEqualTo(id);
  }

  @Test
  @DisplayName("sheet 04 §1.3: times that follow from the base interval")
  void times() {
    HeartbeatTimes times = HeartbeatTimes.DEFAULTS;

    assertThat(times.intervalOf(NodeRole.DATANODE)).isEqualTo(Duration.ofSeconds(3));
    assertThat(times.intervalOf(NodeRole.FLOWNODE)).isEqualTo(Duration.ofSeconds(3));
    assertThat(times.intervalOf(NodeRole.FRONTEND)).isEqualTo(Duration.ofSeconds(18));
    assertThat(times.regionLeaseSeconds()).isEqualTo(10);
    assertThat(times.aliveWindow(NodeRole.DATANODE)).isEqualTo(Duration.ofSeconds(10));
    assertThat(times.aliveWindow(NodeRole.FRONTEND))
        .as("a healthy frontend is never dead between two heartbeats")
        .isGreaterThan(times.intervalOf(NodeRole.FRONTEND));
    assertThatThrownBy(() -> new HeartbeatTimes(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("heartbeat_interval");
  }

  @Test
  void givenAnActivityInTheFuture_thenTheNodeIsAlive() {
    Duration window = Duration.ofSeconds(10);

    assertThat(Liveness.isAlive(1_000_000, 1_009_999, window)).isTrue();
    assertThat(Liveness.isAlive(1_000_000, 1_010_000, window)).isFalse();
    assertThat(Liveness.isAlive(1_000_000, 1_000, window)).isTrue();
    assertThat(Liveness.age(1_000_000, 1_000)).isZero();
  }

  @Test
  @DisplayName("sheet 04 case 27: workloads")
  void workloads() {
    assertThat(Workloads.ofDatanode(List.of(0, 100)).types()).containsExactly(0);
    assertThat(Workloads.ofDatanode(List.of(100)).acceptsIngest()).isFalse();
    assertThat(Workloads.defaultsOf(NodeRole.DATANODE).acceptsIngest()).isTrue();
    assertThat(Workloads.defaultsOf(NodeRole.FLOWNODE).acceptsIngest()).isTrue();
  }

  @Test
  void givenExcludedRegions_thenTheSumsFollow() {
    DatanodeStat stat =
        new DatanodeStat(
            1,
            2,
            "a",
            30,
            300,
            List.of(region(1, 10, 100), region(2, 20, 200)),
            List.of(),
            3,
            Workloads.defaultsOf(NodeRole.DATANODE),
            Optional.empty());

    DatanodeStat kept = stat.without(Set.of(new RegionId(1)));

    assertThat(kept.regionCount()).isEqualTo(1);
    assertThat(kept.rcus()).isEqualTo(20);
    assertThat(kept.wcus()).isEqualTo(200);
  }

  private static RegionStat region(long id, long rcus, long wcus) {
    return new RegionStat(
        new RegionId(id), rcus, wcus, 0, "mito", RegionRole.LEADER, RegionStatistic.NONE);
  }

  @Test
  @DisplayName("sheet 04 §10.6: what follows from a leader's progress")
  void leaderProgress() {
    LeaderRegion.Mito data = new LeaderRegion.Mito(5, 10, 12);
    LeaderRegion.Mito metadata = new LeaderRegion.Mito(4, 9, 3);
    LeaderRegion.Metric metric = new LeaderRegion.Metric(data, metadata);

    assertThat(data.prunableEntryId()).isEqualTo(12);
    assertThat(data.isInactive()).isTrue();
    assertThat(metadata.isInactive()).isFalse();
    assertThat(metric.prunableEntryId()).isEqualTo(9);
    assertThat(metric.replayEntryId()).isEqualTo(12);
    assertThat(metric.metadataReplayEntryId()).hasValue(9);
    assertThat(data.metadataReplayEntryId()).isEmpty();
    assertThat(metric.manifestVersion()).isEqualTo(5);
    assertThat(new LeaderRegion(1, data).isOlderThan(new LeaderRegion(2, metric))).isFalse();
  }

  @Test
  void givenFlowsOnSeveralFlownodes_thenStatesAddUpAndTheLatestExecutionCounts() {
    FlowReport first = new FlowReport(map(1, 10L, 2, 20L), map(1, 5L));
    FlowReport second = new FlowReport(map(2, 1L), map(1, 4L, 2, 9L));

    assertThat(first.mergedWith(second))
        .isEqualTo(new FlowReport(map(1, 10L, 2, 21L), map(1, 5L, 2, 9L)));
  }

  private static TreeMap<Long, Long> map(long key, Long value) {
    return new TreeMap<>(Map.of(key, value));
  }

  private static TreeMap<Long, Long> map(long key1, Long value1, long key2, Long value2) {
    return new TreeMap<>(Map.of(key1, value1, key2, value2));
  }
}
