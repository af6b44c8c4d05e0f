package io.metasrv.domain.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.Peer;
import io.metasrv.domain.error.NotEnoughNodesException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.Workloads;
import io.metasrv.domain.selector.Selection.Considered;
import io.metasrv.domain.selector.Selection.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SelectorsTest {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private static NodeCandidate datanode(long id) {
    return datanode(id, OptionalLong.empty());
  }

  private static NodeCandidate datanode(long id, OptionalLong regions) {
    return new NodeCandidate(
        new Peer(id, "host" + id),
        Workloads.defaultsOf(NodeRole.DATANODE),
        Duration.ofSeconds(3),
        WINDOW,
        regions);
  }

  private static Chance chance(long turn) {
    return new Chance(new Random(turn), turn);
  }

  private static List<Long> ids(Selection selection) {
    return selection.chosen().stream().map(Peer::id).toList();
  }

  @Test
  @DisplayName("sheet 04 case 35: nodes in turn")
  void roundRobin() {
    List<NodeCandidate> nodes = List.of(datanode(3), datanode(1), datanode(2));
    RoundRobinSelector selector = new RoundRobinSelector();

    assertThat(ids(selector.select(nodes, SelectionRequest.datanodes(4), chance(0))))
        .containsExactly(1L, 2L, 3L, 1L);
    assertThat(ids(selector.select(nodes, SelectionRequest.datanodes(1), chance(4))))
        .containsExactly(2L);
    SelectionRequest without2 = SelectionRequest.datanodes(4).excluding(new TreeSet<>(List.of(2L)));
    assertThat(ids(selector.select(nodes, without2, chance(0)))).containsExactly(1L, 3L, 1L, 3L);
    assertThatThrownBy(
            () -> selector.select(nodes, SelectionRequest.datanodes(4).distinct(), chance(0)))
        .isInstanceOf(NotEnoughNodesException.class);
  }

  @Test
  @DisplayName("sheet 04 case 36: equal chances")
  void leaseBased() {
    List<NodeCandidate> nodes = List.of(datanode(1), datanode(2));
    LeaseBasedSelector selector = new LeaseBasedSelector();

    TreeMap<Long, Integer> counts = new TreeMap<>();
    ids(selector.select(nodes, SelectionRequest.datanodes(5), chance(7)))
        .forEach(id -> counts.merge(id, 1, Integer::sum));
    assertThat(counts.values()).containsExactlyInAnyOrder(3, 2);

    assertThatThrownBy(
            () -> selector.select(nodes, SelectionRequest.datanodes(5).distinct(), chance(7)))
        .isInstanceOfSatisfying(
            NotEnoughNodesException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.RUNTIME_RESOURCES_EXHAUSTED))
        .hasMessage("Failed to request datanode, required: 5, but only 2 available");
  }

  @Test
  @DisplayName("sheet 04 case 37: weights by load")
  void loadBased() {
    assertThat(weights(10, 20, 30)).containsExactly(40.0, 30.0, 20.0);
    assertThat(weights(5, 5, 5)).containsExactly(1.0, 1.0, 1.0);
    assertThat(weights(0)).containsExactly(1.0);
  }

  private static List<Double> weights(long... regionCounts) {
    List<NodeCandidate> nodes = new ArrayList<>();
    for (int i = 0; i < regionCounts.length; i++) {
      nodes.add(datanode(i + 1, OptionalLong.of(regionCounts[i])));
    }
    return new LoadBasedSelector()
        .select(nodes, SelectionRequest.datanodes(1), chance(0)).considered().stream()
            .map(each -> ((Verdict.Eligible) each.verdict()).weight())
            .toList();
  }

  @Test
  void givenNodesThatCannotBeChosen_thenTheSelectionSaysWhyOfEach() {
    NodeCandidate dead =
        new NodeCandidate(
            new Peer(2, "b"),
            Workloads.defaultsOf(NodeRole.DATANODE),
            Duration.ofSeconds(10),
            WINDOW,
            OptionalLong.of(1));
    NodeCandidate unwilling =
        new NodeCandidate(
            new Peer(3, "c"),
            Workloads.ofDatanode(List.of(100)),
            Duration.ZERO,
            WINDOW,
            OptionalLong.of(1));
    NodeCandidate flownode =
        new NodeCandidate(
            new Peer(5, "e"),
            Workloads.defaultsOf(NodeRole.FLOWNODE),
            Duration.ZERO,
            WINDOW,
            OptionalLong.empty());
    List<NodeCandidate> nodes =
        List.of(
            datanode(6),
            flownode,
            datanode(4, OptionalLong.of(1)),
            unwilling,
            dead,
            datanode(1, OptionalLong.of(7)));

    Selection selection =
        new LoadBasedSelector()
            .select(
                nodes,
                SelectionRequest.datanodes(2).excluding(new TreeSet<>(List.of(4L))),
                chance(0));

    assertThat(ids(selection)).containsExactly(1L, 1L);
    assertThat(selection.considered())
        .extracting(each -> each.peer().id())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(reasons(selection))
        .containsExactly(
            "holds 7 regions; the nodes hold 7 to 7",
            "last heard of 10000 ms ago; counts as dead from 10000 ms on",
            "its workloads [] take no new data",
            "excluded by the request",
            "is no datanode",
            "has sent no statistics yet");
  }

  private static List<String> reasons(Selection selection) {
    return selection.considered().stream()
        .map(Considered::verdict)
        .map(
            verdict ->
                switch (verdict) {
                  case Verdict.Eligible eligible -> eligible.reason();
                  case Verdict.Refused refused -> refused.reason();
                })
        .toList();
  }

  @Test
  void givenNobody_thenEverySelectorSaysHowManyWereAskedFor() {
    for (Selector selector :
        List.of(new RoundRobinSelector(), new LeaseBasedSelector(), new LoadBasedSelector())) {
      assertThatThrownBy(() -> selector.select(List.of(), SelectionRequest.flownodes(3), chance(0)))
          .hasMessage("Failed to request flownode, required: 3, but only 0 available");
    }
  }

  @Test
  void property_weightedChoiceUsesNodesEvenlyAndOnlyEligibleOnes() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<NodeCandidate> nodes = new ArrayList<>();
      int count = 1 + random.nextInt(12);
      for (int i = 0; i < count; i++) {
        nodes.add(datanode(i, OptionalLong.of(random.nextInt(1000))));
      }
      int required = 1 + random.nextInt(40);
      boolean distinct = random.nextBoolean() && required <= count;
      SelectionRequest request = SelectionRequest.datanodes(required);
      Selection selection =
          new LoadBasedSelector()
              .select(nodes, distinct ? request.distinct() : request, new Chance(random, 0));

      TreeMap<Long, Integer> uses = new TreeMap<>();
      ids(selection).forEach(id -> uses.merge(id, 1, Integer::sum));
      assertThat(selection.chosen()).as("seed %d", seed).hasSize(required);
      int most = uses.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      int least =
          uses.size() < count
              ? 0
              : uses.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
      assertThat(most - least).as("seed %d", seed).isLessThanOrEqualTo(1);
      if (distinct) {
        assertThat(most).as("seed %d", seed).isEqualTo(1);
      }
    }
  }

  @Test
  void property_chancesFollowTheWeights() {
    List<NodeCandidate> nodes =
        List.of(
            datanode(1, OptionalLong.of(10)),
            datanode(2, OptionalLong.of(20)),
            datanode(3, OptionalLong.of(30)));
    Random random = new Random(11);
    int[] picks = new int[4];
    int rounds = 30_000;
    for (int i = 0; i < rounds; i++) {
      Selection selection =
          new LoadBasedSelector()
              .select(nodes, SelectionRequest.datanodes(1), new Chance(random, 0));
      picks[(int) selection.chosen().getFirst().id()]++;
    }
    assertThat(picks[1] / (double) rounds).isBetween(0.42, 0.47);
    assertThat(picks[2] / (double) rounds).isBetween(0.31, 0.36);
    assertThat(picks[3] / (double) rounds).isBetween(0.20, 0.25);
  }
}
