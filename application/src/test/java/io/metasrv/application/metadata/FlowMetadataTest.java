package io.metasrv.application.metadata;

import static io.metasrv.application.metadata.Failures.assertFails;
import static io.metasrv.application.metadata.Failures.assertUnexpected;
import static io.metasrv.application.metadata.Samples.CREATED;
import static io.metasrv.application.metadata.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.metadata.TroubledStore.Trouble;
import io.metasrv.application.port.Op;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.UnknownMembersBy;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.flow.FlowStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowMetadataTest {

  private static final long FLOW = 1024;

  private final TroubledStore store = new TroubledStore();
  private final FlowMetadata flows = new FlowMetadata(store);

  private static FlowInfo info(String sql, List<Integer> sources, SequencedMap<Long, Peer> routes) {
    LinkedHashMap<Long, Long> nodes = new LinkedHashMap<>();
    routes.forEach((partition, peer) -> nodes.put(partition, peer.id()));
    return new FlowInfo(
        sources.stream().map(TableId::new).toList(),
        List.of(name("monitor")),
        List.of(),
        name("sink"),
        nodes,
        "greptime",
        Optional.empty(),
        "f1",
        sql,
        OptionalLong.of(3600),
        OptionalLong.empty(),
        "",
        new LinkedHashMap<>(Map.of("flow_type", "batching")),
        routes.isEmpty() ? FlowStatus.PENDING_SOURCES : FlowStatus.ACTIVE,
        CREATED,
        CREATED,
        Optional.empty(),
        UnknownMembers.NONE,
        UnknownMembersBy.none());
  }

  private static FlowInfo info(String sql, SequencedMap<Long, Peer> routes) {
    return info(sql, List.of(1025), routes);
  }

  private static SequencedMap<Long, Peer> on(long... nodes) {
    LinkedHashMap<Long, Peer> routes = new LinkedHashMap<>();
    for (int i = 0; i < nodes.length; i++) {
      routes.put((long) i, new Peer(nodes[i], "127.0.0.1:680" + nodes[i]));
    }
    return routes;
  }

  @Test
  void case22_givenATakenNameThenAnotherFlowIsRefusedAndTheSameOneIsFine() {
    flows.create(FLOW, info("SELECT 1", on(7)), on(7));
    Map<String, String> before = store.content();

    flows.create(FLOW, info("SELECT 1", on(7)), on(7));

    assertFails(
        () -> flows.create(1025, info("SELECT 1", on(7)), on(7)),
        StatusCode.FLOW_ALREADY_EXISTS,
        "Flow already exists: greptime.f1");
    assertUnexpected(
        () -> flows.create(FLOW, info("SELECT 2", on(7)), on(7)),
        "Unexpected: Reads the different value: ");
    assertThat(store.content()).isEqualTo(before);
    assertThat(before)
        .containsOnlyKeys(
            "__flow/flownode/7/1024/0",
            "__flow/info/1024",
            "__flow/name/greptime/f1",
            "__flow/route/1024/0",
            "__flow/source_table/1025/7/1024/0");
    assertThat(flows.idOf("greptime", "f1")).contains(FLOW);
    assertThat(flows.names("greptime")).isEqualTo(Map.of("f1", FLOW));
    assertThat(flows.flowsOn(7)).containsExactly(new FlowPartition(FLOW, 0));
  }

  @Test
  void case23_givenAReplacementOnTheSameNodesThenNoKeyIsWrittenTwiceAndOldOnesGo() {
    flows.create(FLOW, info("SELECT 1", on(7, 8)), on(7, 8));
    Stored<FlowInfo> current = flows.get(FLOW).orElseThrow();
    FlowInfo changed =
        info("SELECT 2", on(7)).withComment("c", CREATED.plusSeconds(9)).replacing(current.value());

    flows.replace(FLOW, current, changed, on(7));
    flows.replace(FLOW, current, changed, on(7));

    List<Op> ops = store.txns.get(1).success();
    assertThat(ops.stream().map(Op::key)).doesNotHaveDuplicates();
    assertThat(store.content())
        .containsOnlyKeys(
            "__flow/flownode/7/1024/0",
            "__flow/info/1024",
            "__flow/name/greptime/f1",
            "__flow/route/1024/0",
            "__flow/source_table/1025/7/1024/0");
    FlowInfo after = flows.get(FLOW).orElseThrow().value();
    assertThat(after.createdTime()).isEqualTo(CREATED);
    assertThat(after.updatedTime()).isEqualTo(CREATED.plusSeconds(9));
    assertUnexpected(
        () -> flows.replace(FLOW, current, info("SELECT 3", on(7)), on(7)),
        "Unexpected: Reads the different value: ");
    assertUnexpected(
        () -> flows.replace(9, current, changed, on(7)),
        "Unexpected: Reads different flow id when updating flow: 9");
  }

  @Test
  void case24_givenAFlowThatWaitsThenItHasOnlyNameAndInfo() {
    flows.create(FLOW, info("SELECT 1", on()), on());
    assertThat(store.content()).containsOnlyKeys("__flow/info/1024", "__flow/name/greptime/f1");
    assertThat(flows.routes(FLOW)).isEmpty();

    flows.destroy(FLOW, flows.get(FLOW).orElseThrow().value());
    assertThat(store.content()).isEmpty();
  }

  @Test
  void givenAnotherAddressOfAFlownodeThenReadsShowIt() {
    flows.create(FLOW, info("SELECT 1", on(7, 8)), on(7, 8));
    store.set("__node_address/2/7", "{\"peer\":{\"id\":7,\"addr\":\"10.0.0.9:1\"}}");

    assertThat(flows.routes(FLOW))
        .isEqualTo(Map.of(0L, new Peer(7, "10.0.0.9:1"), 1L, new Peer(8, "127.0.0.1:6808")));
    assertThat(flows.flowsOf(new TableId(1025)))
        .containsExactly(
            new SourceFlow(new FlowPartition(FLOW, 0), new Peer(7, "10.0.0.9:1")),
            new SourceFlow(new FlowPartition(FLOW, 1), new Peer(8, "127.0.0.1:6808")));
  }

  @Test
  void givenAnotherCommentThenOnlyTheInfoChangesAndARaceIsNoticed() {
    flows.create(FLOW, info("SELECT 1", on(7)), on(7));
    Stored<FlowInfo> current = flows.get(FLOW).orElseThrow();

    flows.updateInfo(FLOW, current, current.value().withComment("a", CREATED));
    assertThat(flows.get(FLOW).orElseThrow().value().comment()).isEqualTo("a");
    assertUnexpected(
        () -> flows.updateInfo(FLOW, current, current.value().withComment("b", CREATED)),
        "Unexpected: Reads the different value: ");
  }

  @Test
  void givenMoreTablesThanATransactionTakesThenACrashAnywhereIsMended() {
    List<Integer> sources = IntStream.range(2000, 2012).boxed().toList();
    List<Integer> otherSources = IntStream.range(2006, 2018).boxed().toList();
    FlowInfo first = info("SELECT 1", sources, on(7));
    FlowInfo second = info("SELECT 2", otherSources, on(7));
    for (int crashAt = 0; crashAt < 10; crashAt++) {
      TroubledStore small = new TroubledStore(4);
      FlowMetadata limited = new FlowMetadata(small);
      crashAfter(small, crashAt);
      try {
        limited.create(FLOW, first, on(7));
        small.troubles.clear();
      } catch (TroubledStore.Crash crash) {
        assertThat(limited.get(FLOW)).isEmpty();
        limited.create(FLOW, first, on(7));
      }
      assertThat(small.content()).hasSize(2 + 2 + 12);
      Stored<FlowInfo> current = limited.get(FLOW).orElseThrow();
      crashAfter(small, crashAt);
      try {
        limited.replace(FLOW, current, second, on(7));
        small.troubles.clear();
      } catch (TroubledStore.Crash crash) {
        limited.replace(FLOW, current, second, on(7));
      }
      assertThat(small.content()).hasSize(2 + 2 + 12);
      assertThat(limited.flowsOf(new TableId(2005))).isEmpty();
      assertThat(limited.flowsOf(new TableId(2017))).hasSize(1);
      limited.destroy(FLOW, second);
      assertThat(small.content()).isEmpty();
    }
  }

  private static void crashAfter(TroubledStore store, int writes) {
    for (int i = 0; i < writes; i++) {
      store.troubles.add(Trouble.NONE);
    }
    store.troubles.add(Trouble.CRASH);
  }
}
