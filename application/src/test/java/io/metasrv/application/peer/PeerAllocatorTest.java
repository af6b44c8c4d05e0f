package io.metasrv.application.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.discovery.NodeDiscovery;
import io.metasrv.application.heartbeat.codec.NodeInfoCodec;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.options.SelectorType;
import io.metasrv.application.port.Previous;
import io.metasrv.application.support.ManualRuntime;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotEnoughNodesException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.heartbeat.Workloads;
import io.metasrv.domain.key.NodeInfoKey;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PeerAllocatorTest {

  private final ManualRuntime runtime = new ManualRuntime();
  private final InMemoryStore memory = new InMemoryStore();
  private final NodeDiscovery discovery =
      new NodeDiscovery(memory::range, HeartbeatTimes.DEFAULTS, runtime);
  private final PeerAllocator allocator = allocator(SelectorType.ROUND_ROBIN);

  private PeerAllocator allocator(SelectorType type) {
    return new PeerAllocator(
        new NodeSelection(
            NodeSelection.selector(type), discovery, id -> OptionalLong.of(id), runtime),
        new NodeSelection(
            NodeSelection.selector(SelectorType.ROUND_ROBIN),
            discovery,
            id -> OptionalLong.empty(),
            runtime));
  }

  private void heardOf(NodeRole role, long id, List<Integer> workloads) {
    Workloads willing = new Workloads(role, workloads);
    NodeInfo info =
        new NodeInfo(
            new Peer(id, "host" + id),
            runtime.wallClock().toEpochMilli(),
            role == NodeRole.DATANODE
                ? new NodeStatus.Datanode(0, 0, 0, 0, willing)
                : new NodeStatus.Flownode(willing),
            new NodeInfo.Build("v", "c"),
            0,
            NodeInfo.Resources.UNKNOWN,
            "",
            new TreeMap<>());
    memory.put(NodeInfoKey.of(role, id).toBytes(), NodeInfoCodec.encode(info), Previous.DISCARD);
  }

  @Test
  void givenThreeDatanodes_thenRegionsGoInTurnAcrossTables() {
    for (long id = 1; id <= 3; id++) {
      heardOf(NodeRole.DATANODE, id, List.of(0));
    }
    heardOf(NodeRole.DATANODE, 4, List.of());
    heardOf(NodeRole.FLOWNODE, 9, List.of());

    assertThat(allocator.forTable(4, new TreeMap<>()))
        .extracting(Peer::id)
        .containsExactly(1L, 2L, 3L, 1L);
    assertThat(allocator.forTable(1, new TreeMap<>())).extracting(Peer::id).containsExactly(2L);
    assertThat(allocator.forFlow(2)).extracting(Peer::id).containsExactly(9L, 9L);
    assertThat(allocator.forTable(0, new TreeMap<>())).isEmpty();
    for (SelectorType type : SelectorType.values()) {
      assertThat(allocator(type).forTable(7, new TreeMap<>()))
          .as(type.name())
          .extracting(Peer::id)
          .contains(1L, 2L, 3L)
          .doesNotContain(4L);
    }
  }

  @Test
  void givenTooManyRegions_thenTheErrorNamesTheLimit() {
    assertThatThrownBy(() -> allocator.forTable(PeerAllocator.MAX_REGIONS + 1, new TreeMap<>()))
        .isInstanceOfSatisfying(
            MetasrvException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
        .hasMessageContaining("Too many partitions")
        .hasMessageContaining("16777215");
  }

  @Test
  void givenNobody_thenNotEnoughNodes() {
    assertThatThrownBy(() -> allocator.forTable(2, new TreeMap<>()))
        .isInstanceOf(NotEnoughNodesException.class)
        .hasMessage("Failed to request datanode, required: 2, but only 0 available");
    assertThatThrownBy(() -> allocator.forFlow(1))
        .hasMessage("Failed to request flownode, required: 1, but only 0 available");
  }
}
