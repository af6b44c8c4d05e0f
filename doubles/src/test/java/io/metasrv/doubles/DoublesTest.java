package io.metasrv.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.nodes.DatanodeOptions;
import io.metasrv.nodes.instruction.InstructionKind;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.GreptimeDatabaseGrpc;
import io.metasrv.protocol.v1.GreptimeRequest;
import io.metasrv.protocol.v1.HealthCheckGrpc;
import io.metasrv.protocol.v1.HealthCheckRequest;
import io.metasrv.protocol.v1.RowInsertRequest;
import io.metasrv.protocol.v1.RowInsertRequests;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.flow.FlowGrpc;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionColumnDef;
import io.metasrv.protocol.v1.region.RegionGrpc;
import io.metasrv.protocol.v1.region.RegionRequest;
import io.metasrv.protocol.v1.region.RegionRequestHeader;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Doubles on the real wire")
class DoublesTest {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final RegionId REGION = RegionId.of(new TableId(1024), 0);
  private static final String OPEN_ON_2 =
      "{\"OpenRegions\":[{\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,"
          + "\"region_number\":0,\"engine\":\"mito\"},\"region_storage_path\":\"greptime/public\","
          + "\"region_options\":{}}]}";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.add(resource);
    return resource;
  }

  private ScriptedMetasrv metasrv() throws Exception {
    return opened(new ScriptedMetasrv());
  }

  private DatanodeDouble datanode(RegionStorage storage, ScriptedMetasrv... metasrvs) {
    return opened(
        new DatanodeDouble(
            1,
            List.of(metasrvs).stream().map(ScriptedMetasrv::address).toList(),
            DatanodeOptions.faithful(),
            storage));
  }

  private ManagedChannel channelTo(NodeDouble<?> node) {
    ManagedChannel channel = ChannelSettings.uncompressed().builder(node.address()).build();
    opened(channel::shutdownNow);
    return channel;
  }

  private RegionResponse create(DatanodeDouble datanode) {
    return RegionGrpc.newBlockingStub(channelTo(datanode))
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .handle(
            RegionRequest.newBuilder()
                .setHeader(RegionRequestHeader.getDefaultInstance())
                .setCreate(
                    CreateRequest.newBuilder()
                        .setRegionId(REGION.value())
                        .setEngine("mito")
                        .setPath("greptime/public")
                        .addColumnDefs(
                            RegionColumnDef.newBuilder()
                                .setColumnDef(
                                    ColumnDef.newBuilder()
                                        .setName("ts")
                                        .setDataType(ColumnDataType.TIMESTAMP_MILLISECOND)
                                        .setSemanticType(SemanticType.TIMESTAMP))))
                .build());
  }

  private static void awaitConnections(NodeDouble<?> node, long count)
      throws InterruptedException, TimeoutException {
    var unused =
        node.observations()
            .await(
                count + " connections",
                LIMIT,
                seen -> seen.connections() >= count && seen.leader().isPresent());
  }

  /** Waits for a lease that grants the region and answers a heartbeat built from now on. */
  private static void awaitLease(DatanodeDouble node)
      throws InterruptedException, TimeoutException {
    int before = node.observations().now().leases().size();
    var unused =
        node.observations()
            .await(
                "leases of the region",
                LIMIT,
                seen ->
                    seen.leases().stream().skip(before).filter(DoublesTest::grantsTheRegion).count()
                        >= 2);
  }

  private static boolean grantsTheRegion(RegionLease lease) {
    return lease.getRegionsList().stream()
        .anyMatch(region -> region.getRegionId() == REGION.value());
  }

  @Test
  void givenAFleet_whenStarted_thenAllConnectAndReportThemselves() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    NodeFleet fleet = opened(NodeFleet.start(List.of(metasrv.address())));

    fleet.awaitConnected(LIMIT);

    assertThat(metasrv.nodes())
        .containsExactlyInAnyOrder(
            "datanode-1", "datanode-2", "datanode-3", "flownode-1", "frontend-0");
    HeartbeatRequest heartbeat = metasrv.heartbeat("datanode-2");
    assertThat(heartbeat.getPeer().getAddr()).isEqualTo(fleet.datanodes().get(1).address());
    for (NodeDouble<?> node : fleet.nodes()) {
      assertThat(node.observations().now().leader()).contains(metasrv.address());
      assertThat(
              HealthCheckGrpc.newBlockingStub(channelTo(node))
                  .withDeadlineAfter(10, TimeUnit.SECONDS)
                  .healthCheck(HealthCheckRequest.getDefaultInstance()))
          .isNotNull();
    }
  }

  @Test
  void givenARegion_whenCreatedOverTheWire_thenItIsReportedLeasedAndMovable() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    NodeFleet fleet = opened(NodeFleet.start(List.of(metasrv.address())));
    fleet.awaitConnected(LIMIT);
    DatanodeDouble source = fleet.datanodes().get(0);
    DatanodeDouble target = fleet.datanodes().get(1);

    RegionResponse created = create(source);
    assertThat(created.getHeader().getStatus().getStatusCode()).isZero();
    assertThat(created.getExtensionsMap()).containsKeys("TABLE_COLUMN_METADATA", "MANIFEST_INFO");
    awaitLease(source);
    assertThat(source.write(REGION, 3)).contains(1L);
    assertThat(metasrv.heartbeat("datanode-1").getRegionStatsList())
        .singleElement()
        .satisfies(stat -> assertThat(stat.getRegionId()).isEqualTo(REGION.value()));

    assertThat(metasrv.instruct("datanode-2", OPEN_ON_2)).contains("\"result\":true");
    assertThat(
            metasrv.instruct(
                "datanode-1",
                "{\"DowngradeRegions\":[{\"region_id\":4398046511104,"
                    + "\"flush_timeout\":{\"secs\":5,\"nanos\":0}}]}"))
        .contains("\"last_entry_id\":1");
    assertThat(
            metasrv.instruct(
                "datanode-2",
                "{\"UpgradeRegions\":[{\"region_id\":4398046511104,\"last_entry_id\":1,"
                    + "\"replay_timeout\":\"5s\"}]}"))
        .contains("\"ready\":true");
    metasrv.instruct(
        "datanode-1",
        "{\"CloseRegions\":[{\"datanode_id\":1,\"table_id\":1024,\"region_number\":0,"
            + "\"engine\":\"\"}]}");

    assertThat(target.write(REGION, 1)).contains(2L);
    assertThat(source.regions()).isEmpty();
  }

  @Test
  void givenARegionNobodyKnows_whenReported_thenItIsClosed() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    metasrv.unknownRegions.add(REGION.value());
    DatanodeDouble datanode = datanode(new RegionStorage(), metasrv);
    datanode.start();
    awaitConnections(datanode, 1);
    create(datanode);

    var unused =
        datanode
            .observations()
            .await(
                "a lease that closes the region",
                LIMIT,
                seen ->
                    seen.leases().stream()
                        .anyMatch(
                            lease -> lease.getCloseableRegionIdsList().contains(REGION.value())));

    assertThat(datanode.regions()).isEmpty();
  }

  @DisplayName("a leader that resets its streams when it steps down gets its datanodes moved")
  @Test
  void givenAStepDown_whenTheStreamIsReset_thenTheDatanodeFindsTheNewLeader() throws Exception {
    ScriptedMetasrv one = metasrv();
    ScriptedMetasrv two = metasrv();
    one.leader = () -> Optional.of(one.leads ? one.address() : two.address());
    two.leader = one.leader;
    NodeFleet fleet = opened(NodeFleet.start(List.of(one.address(), two.address())));
    fleet.awaitConnected(LIMIT);

    one.stepDown();

    for (NodeDouble<?> node : fleet.nodes()) {
      var unused =
          node.observations()
              .await(
                  node + " is at the new leader",
                  LIMIT,
                  seen -> seen.leader().equals(Optional.of(two.address())));
    }
  }

  /** A server without the reset, as grpc-java is by itself: a real datanode never comes back. */
  @DisplayName("sheet 01 §16.2: ended responses without a reset keep a datanode where it is")
  @Test
  void givenResponsesThatEndWithoutAReset_whenTimePasses_thenOnlyTheDatanodeStays()
      throws Exception {
    PlainServer server = opened(new PlainServer());
    DatanodeDouble datanode =
        opened(
            new DatanodeDouble(
                1, List.of(server.address()), DatanodeOptions.faithful(), new RegionStorage()));
    FlownodeDouble flownode = opened(new FlownodeDouble(1, List.of(server.address())));
    datanode.start();
    flownode.start();
    awaitConnections(datanode, 1);
    awaitConnections(flownode, 1);

    server.endResponses();
    awaitConnections(flownode, 3);

    assertThat(datanode.observations().now().connections()).isEqualTo(1);
    server.close();
    server.restart();
    awaitConnections(datanode, 2);
  }

  @Test
  void givenARestart_whenItComesBack_thenItOpensWhatIsOnRecordAsFollowerWithALaterEpoch()
      throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    DatanodeDouble datanode = datanode(new RegionStorage(), metasrv);
    datanode.start();
    awaitConnections(datanode, 1);
    create(datanode);
    awaitLease(datanode);
    String address = datanode.address();
    long epoch = metasrv.heartbeat("datanode-1").getNodeEpoch();
    metasrv.pairs.put(
        "__dn_table/1/1024",
        "{\"table_id\":1024,\"regions\":[0],\"follower_regions\":[],\"engine\":\"mito\","
            + "\"region_storage_path\":\"greptime/public\",\"region_options\":{},"
            + "\"region_wal_options\":{},\"version\":0}");

    metasrv.leader = Optional::empty;
    datanode.restart();
    assertThat(datanode.regions()).isEqualTo(Map.of(REGION, RegionRole.FOLLOWER));
    metasrv.leader = () -> Optional.of(metasrv.address());
    awaitConnections(datanode, 2);
    awaitLease(datanode);

    assertThat(datanode.regions()).isEqualTo(Map.of(REGION, RegionRole.LEADER));
    assertThat(datanode.address()).isEqualTo(address);
    assertThat(metasrv.heartbeat("datanode-1").getNodeEpoch()).isGreaterThan(epoch);
  }

  @Test
  void givenAnotherAddress_whenItComesBack_thenItReportsIt() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    DatanodeDouble datanode = datanode(new RegionStorage(), metasrv);
    datanode.start();
    awaitConnections(datanode, 1);
    String before = datanode.address();

    datanode.changeAddress();
    awaitConnections(datanode, 2);
    int seenBefore = datanode.observations().now().leases().size();
    var unused =
        datanode
            .observations()
            .await("another lease", LIMIT, seen -> seen.leases().size() > seenBefore);

    assertThat(datanode.address()).isNotEqualTo(before);
    assertThat(metasrv.heartbeat("datanode-1").getPeer().getAddr()).isEqualTo(datanode.address());
  }

  @Test
  void givenAStall_whenItEnds_thenTheLeaseHasRunOutAndComesBack() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    metasrv.leaseSeconds = 2;
    DatanodeDouble datanode = datanode(new RegionStorage(), metasrv);
    datanode.start();
    awaitConnections(datanode, 1);
    create(datanode);
    awaitLease(datanode);
    long sent = metasrv.heartbeat("datanode-1").getDurationSinceEpoch();

    datanode.stall();
    assertThatThrownBy(
            () ->
                datanode
                    .observations()
                    .await(
                        "a countdown that ends during the stall",
                        Duration.ofSeconds(3),
                        seen -> !seen.expired().isEmpty()))
        .isInstanceOf(TimeoutException.class);
    assertThat(metasrv.heartbeat("datanode-1").getDurationSinceEpoch()).isLessThan(sent + 1_000);
    datanode.resume();

    var unused =
        datanode
            .observations()
            .await("the end of the countdown", LIMIT, seen -> seen.expired().contains(REGION));
    awaitLease(datanode);
    assertThat(datanode.isWritable(REGION)).isTrue();
  }

  @Test
  void givenFaultsAskedFor_whenInstructedOrRequested_thenTheyHappenAsOftenAsAsked()
      throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    DatanodeDouble datanode = datanode(new RegionStorage(), metasrv);
    datanode.start();
    awaitConnections(datanode, 1);
    datanode.failNextRequests(StatusCode.REGION_BUSY, 1);

    assertThatThrownBy(() -> create(datanode))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(ErrorTrailers.read(failure).code()).isEqualTo(StatusCode.REGION_BUSY));
    create(datanode);
    awaitLease(datanode);
    datanode.failNext(InstructionKind.FLUSH_REGIONS, 1);
    String flush = "{\"FlushRegions\":{\"region_ids\":[4398046511104]}}";
    assertThat(metasrv.instruct("datanode-1", flush)).contains("\"overall_success\":false");
    assertThat(metasrv.instruct("datanode-1", flush)).contains("\"overall_success\":true");
    datanode.ignoreNext(InstructionKind.FLUSH_REGIONS, 1);
    metasrv.tell("datanode-1", flush);
    assertThat(metasrv.instruct("datanode-1", flush)).contains("\"overall_success\":true");
    assertThat(datanode.observations().now().replies()).hasSize(3);
    assertThat(datanode.observations().now().instructions()).hasSize(4);
  }

  @Test
  void givenAKilledNode_whenTheServerLooks_thenTheStreamIsGone() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    DatanodeDouble datanode = datanode(new RegionStorage(), metasrv);
    datanode.start();
    awaitConnections(datanode, 1);
    assertThat(metasrv.isConnected("datanode-1")).isTrue();

    datanode.kill();

    for (int i = 0; i < 1_000 && metasrv.isConnected("datanode-1"); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(metasrv.isConnected("datanode-1")).isFalse();
    assertThat(datanode.isRunning()).isFalse();
    assertThatThrownBy(datanode::regions).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givenAFlownode_whenAskedForAnUnknownFlow_thenTheErrorTravelsAsAFlownodesDo()
      throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    FlownodeDouble flownode = opened(new FlownodeDouble(1, List.of(metasrv.address())));
    flownode.start();
    awaitConnections(flownode, 1);
    FlowRequest drop =
        FlowRequest.newBuilder()
            .setDrop(
                io.metasrv.protocol.v1.flow.DropRequest.newBuilder()
                    .setFlowId(FlowId.newBuilder().setId(7)))
            .build();

    assertThatThrownBy(
            () ->
                FlowGrpc.newBlockingStub(channelTo(flownode))
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .handleCreateRemove(drop))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(ErrorTrailers.read(failure).code()).isEqualTo(StatusCode.FLOW_NOT_FOUND);
            });
  }

  @Test
  void givenAFrontend_whenCachesAreInvalidatedAndRowsInserted_thenItNotesBoth() throws Exception {
    ScriptedMetasrv metasrv = metasrv();
    FrontendDouble frontend = opened(new FrontendDouble(List.of(metasrv.address())));
    frontend.start();
    awaitConnections(frontend, 1);

    metasrv.tell("frontend-0", "{\"InvalidateCaches\":[{\"TableId\":1024}]}");
    var unused =
        frontend
            .observations()
            .await("an instruction", LIMIT, seen -> !seen.instructions().isEmpty());
    assertThat(frontend.invalidated()).hasSize(1);
    GreptimeRequest insert =
        GreptimeRequest.newBuilder()
            .setRowInserts(
                RowInsertRequests.newBuilder()
                    .addInserts(RowInsertRequest.newBuilder().setTableName("events")))
            .build();
    assertThat(
            GreptimeDatabaseGrpc.newBlockingStub(channelTo(frontend))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .handle(insert)
                .getHeader()
                .getStatus()
                .getStatusCode())
        .isZero();
    assertThat(frontend.requests()).containsExactly(insert);
  }
}
