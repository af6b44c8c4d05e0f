package io.metasrv.application.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.heartbeat.codec.LeaseValueCodec;
import io.metasrv.application.heartbeat.codec.NodeInfoCodec;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.support.ManualRuntime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.heartbeat.LeaseValue;
import io.metasrv.domain.heartbeat.NodeInfo;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.NodeStatus;
import io.metasrv.domain.heartbeat.Workloads;
import io.metasrv.domain.key.DatanodeLeaseKey;
import io.metasrv.domain.key.NodeInfoKey;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NodeDiscoveryTest {

  private final ManualRuntime runtime = new ManualRuntime();
  private final InMemoryStore memory = new InMemoryStore();
  private final NodeDiscovery discovery =
      new NodeDiscovery(memory::range, HeartbeatTimes.DEFAULTS, runtime);

  private void heardOf(NodeRole role, long id) {
    Workloads workloads = Workloads.defaultsOf(role);
    NodeStatus status =
        switch (role) {
          case DATANODE -> new NodeStatus.Datanode(0, 0, 0, 0, workloads);
          case FRONTEND -> new NodeStatus.Frontend(workloads);
          case FLOWNODE -> new NodeStatus.Flownode(workloads);
          case METASRV -> throw new IllegalArgumentException();
        };
    NodeInfo info =
        new NodeInfo(
            new Peer(role == NodeRole.FRONTEND ? 0 : id, "host" + id),
            runtime.wallClock().toEpochMilli(),
            status,
            new NodeInfo.Build("v", "c"),
            0,
            NodeInfo.Resources.UNKNOWN,
            "",
            new TreeMap<>());
    memory.put(NodeInfoKey.of(role, id).toBytes(), NodeInfoCodec.encode(info), Previous.DISCARD);
  }

  private List<Long> alive(NodeRole role) {
    return discovery.alive(role).stream().map(node -> node.peer().id()).toList();
  }

  @Test
  @DisplayName("sheet 04 §17.3: windows by role; equal ids of different roles do not collide")
  void windows() {
    for (NodeRole role : List.of(NodeRole.DATANODE, NodeRole.FRONTEND, NodeRole.FLOWNODE)) {
      heardOf(role, 1);
    }
    runtime.advance(Duration.ofMillis(9_999));
    assertThat(alive(NodeRole.DATANODE)).containsExactly(1L);
    assertThat(alive(NodeRole.FLOWNODE)).containsExactly(1L);
    runtime.advance(Duration.ofMillis(1));
    assertThat(alive(NodeRole.DATANODE)).isEmpty();
    assertThat(alive(NodeRole.FLOWNODE)).isEmpty();
    assertThat(alive(NodeRole.FRONTEND)).containsExactly(1L);
    runtime.advance(Duration.ofSeconds(8));
    assertThat(alive(NodeRole.FRONTEND)).as("right at its heartbeat").containsExactly(1L);
    runtime.advance(Duration.ofSeconds(3));
    assertThat(alive(NodeRole.FRONTEND)).isEmpty();
    assertThat(discovery.known(NodeRole.FRONTEND)).hasSize(1);
  }

  @Test
  void givenAClockThatWasSetBack_thenNodesStayAlive() {
    heardOf(NodeRole.DATANODE, 1);
    runtime.setWallClockBack(Duration.ofMinutes(5));

    assertThat(alive(NodeRole.DATANODE)).containsExactly(1L);
    assertThat(discovery.known(NodeRole.DATANODE).getFirst().age()).isZero();
  }

  @Test
  @DisplayName("sheet 10 §1.3: the clock is read after the data")
  void clockAfterData() {
    heardOf(NodeRole.DATANODE, 1);
    NodeDiscovery slow =
        new NodeDiscovery(
            (range, options) -> {
              runtime.advance(Duration.ofSeconds(9));
              heardOf(NodeRole.DATANODE, 2);
              return memory.range(range, options);
            },
            HeartbeatTimes.DEFAULTS,
            runtime);

    assertThat(slow.known(NodeRole.DATANODE))
        .extracting(node -> node.age())
        .containsExactly(Duration.ofSeconds(9), Duration.ZERO);
  }

  @Test
  void givenValuesThatCannotBeRead_thenTheOthersAreFound() {
    heardOf(NodeRole.DATANODE, 1);
    heardOf(NodeRole.DATANODE, 3);
    memory.put(
        NodeInfoKey.of(NodeRole.DATANODE, 2).toBytes(), Bytes.utf8("{oops"), Previous.DISCARD);
    memory.put(
        NodeInfoKey.of(NodeRole.DATANODE, 4).toBytes(),
        memory.get(NodeInfoKey.of(NodeRole.DATANODE, 1).toBytes()).orElseThrow(),
        Previous.DISCARD);

    assertThat(alive(NodeRole.DATANODE)).containsExactly(1L, 3L, 4L);
  }

  @Test
  void givenALease_thenTheAddressIsKnownForEverAndAliveForTheLease() {
    memory.put(
        new DatanodeLeaseKey(7).toBytes(),
        LeaseValueCodec.encode(
            new LeaseValue(
                runtime.wallClock().toEpochMilli(), "a", Workloads.defaultsOf(NodeRole.DATANODE))),
        Previous.DISCARD);

    assertThat(discovery.aliveDatanode(7)).contains(new Peer(7, "a"));
    runtime.advance(Duration.ofSeconds(10));
    assertThat(discovery.aliveDatanode(7)).isEmpty();
    assertThat(discovery.datanode(7)).contains(new Peer(7, "a"));
    assertThat(discovery.datanode(8)).isEmpty();
    assertThat(discovery.flownode(7)).isEmpty();
  }
}
