package io.metasrv.nodes;

import static io.metasrv.nodes.TestDatanode.OTHER_REGION;
import static io.metasrv.nodes.TestDatanode.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.nodes.instruction.InstructionKind;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.protocol.v1.meta.Error;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.RegionLease;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import io.metasrv.protocol.v1.meta.Role;
import io.metasrv.protocol.v1.region.CloseRequest;
import io.metasrv.protocol.v1.region.FlushRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DatanodeTest {

  private static final HeartbeatRequest HEADER_ONLY =
      HeartbeatRequest.newBuilder()
          .setHeader(
              RequestHeader.newBuilder()
                  .setProtocolVersion(1)
                  .setMemberId(1)
                  .setRole(Role.DATANODE))
          .build();

  @Test
  void givenANewProcess_whenItStarts_thenItConnectsWithAHeaderAndNothingElse() {
    TestDatanode datanode = TestDatanode.faithful();

    assertThat(datanode.node.start(datanode.now())).containsExactly(new NodeAction.Connect());
    assertThat(datanode.node.handshake()).isEqualTo(HEADER_ONLY);
  }

  @DisplayName("sheet 04 §2.2: content of a periodic heartbeat")
  @Test
  void givenARegion_whenConnected_thenAFullHeartbeatFollowsAtOnce() {
    TestDatanode datanode = TestDatanode.faithful();
    datanode.create(REGION);
    datanode.node.write(REGION, 10, datanode.now());
    datanode.pass(Duration.ofMillis(1_234));

    HeartbeatRequest heartbeat = TestDatanode.sent(datanode.connect()).getFirst();

    assertThat(heartbeat.getHeader()).isEqualTo(HEADER_ONLY.getHeader());
    assertThat(heartbeat.getPeer().getId()).isEqualTo(1);
    assertThat(heartbeat.getPeer().getAddr()).isEqualTo("127.0.0.1:4001");
    assertThat(heartbeat.getNodeEpoch()).isEqualTo(1_795_435_200_000L);
    assertThat(heartbeat.getDurationSinceEpoch()).isEqualTo(1_234);
    assertThat(heartbeat.getInfo().getVersion()).isEqualTo("1.1.4");
    assertThat(heartbeat.getDatanode().getTypesList()).containsExactly(0);
    assertThat(heartbeat.getExtensionsOrThrow("__gc_stat").toStringUtf8())
        .isEqualTo("{\"running_gc_tasks\":0,\"gc_concurrency\":4}");
    assertThat(heartbeat.hasMailboxMessage()).isFalse();
    RegionStat stat = heartbeat.getRegionStats(0);
    assertThat(stat.getRegionId()).isEqualTo(REGION.value());
    assertThat(stat.getEngine()).isEqualTo("mito");
    assertThat(stat.getRole()).isEqualTo(RegionRole.LEADER.wire());
    assertThat(stat.getRcus() + stat.getWcus()).isZero();
    assertThat(stat.getExtensionsOrThrow("__region_statistic").toStringUtf8())
        .isEqualTo(
            "{\"num_rows\":10,\"memtable_size\":1000,\"wal_size\":0,\"manifest_size\":300,"
                + "\"sst_size\":0,\"sst_num\":0,\"index_size\":0,"
                + "\"manifest\":{\"Mito\":{\"manifest_version\":0,\"flushed_entry_id\":0,"
                + "\"file_removed_cnt\":0}},\"written_bytes\":1000,"
                + "\"data_topic_latest_entry_id\":0,\"metadata_topic_latest_entry_id\":0}");
  }

  @Test
  void givenAConnection_whenTheIntervalPasses_thenTheNextHeartbeatIsSent() {
    TestDatanode datanode = TestDatanode.connected();

    datanode.pass(Duration.ofMillis(2_999));
    assertThat(datanode.node.wake(datanode.now())).isEmpty();
    datanode.pass(Duration.ofMillis(1));

    assertThat(datanode.node.nextWake()).contains(datanode.now().monotonic());
    assertThat(TestDatanode.sent(datanode.node.wake(datanode.now()))).hasSize(1);
  }

  @DisplayName("sheet 01 §14.3: reconnects when a send fails, not when the responses end")
  @Test
  void givenTheResponsesEnded_whenSendingStillWorks_thenItDoesNotReconnect() {
    TestDatanode datanode = TestDatanode.connected();

    assertThat(datanode.node.responsesEnded(datanode.now()))
        .containsExactly(new NodeAction.Send(HEADER_ONLY));
    for (int i = 0; i < 10; i++) {
      datanode.pass(Duration.ofSeconds(3));
      assertThat(datanode.node.wake(datanode.now()))
          .singleElement()
          .isInstanceOf(NodeAction.Send.class);
    }

    assertThat(datanode.node.sendFailed(datanode.now())).containsExactly(new NodeAction.Connect());
    assertThat(datanode.node.sendFailed(datanode.now())).isEmpty();
  }

  @Test
  void givenNoLeader_whenConnectingFails_thenItTriesAgainAfterTheRetryInterval() {
    TestDatanode datanode = TestDatanode.faithful();
    datanode.node.connected(TestDatanode.handshakeAnswer(3_000, 500), datanode.now());
    datanode.node.responsesEnded(datanode.now());
    datanode.node.sendFailed(datanode.now());

    assertThat(datanode.node.connectFailed(datanode.now())).isEmpty();
    datanode.pass(Duration.ofMillis(499));
    assertThat(datanode.node.wake(datanode.now())).isEmpty();
    datanode.pass(Duration.ofMillis(1));
    assertThat(datanode.node.wake(datanode.now())).containsExactly(new NodeAction.Connect());
    assertThat(TestDatanode.sent(datanode.connect())).hasSize(1);
  }

  @DisplayName("sheet 01 weakness 17: the interval of the first connection stays")
  @Test
  void givenAReconnectWithAnotherInterval_whenTimePasses_thenTheFirstIntervalCounts() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.node.responsesEnded(datanode.now());
    datanode.node.sendFailed(datanode.now());
    datanode.node.connected(TestDatanode.handshakeAnswer(1_000, 1_000), datanode.now());

    datanode.pass(Duration.ofSeconds(1));
    assertThat(datanode.node.wake(datanode.now())).isEmpty();
    datanode.pass(Duration.ofSeconds(2));
    assertThat(datanode.node.wake(datanode.now())).hasSize(1);
  }

  @Test
  void givenANotLeaderAnswer_whenReceived_thenTheReadingEndsAndLaterResponsesAreIgnored() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    HeartbeatResponse notLeader =
        HeartbeatResponse.newBuilder()
            .setHeader(ResponseHeader.newBuilder().setError(Error.newBuilder().setCode(2)))
            .build();

    assertThat(datanode.node.received(notLeader, datanode.now()))
        .containsExactly(new NodeAction.Send(HEADER_ONLY));
    datanode.lease(RegionLease.newBuilder().addCloseableRegionIds(REGION.value()).build());

    assertThat(datanode.isOpen(REGION)).isTrue();
  }

  @DisplayName("sheet 04 §5.5: the reply's envelope")
  @Test
  void givenAnInstruction_whenAnswered_thenTheReplyHasNoStatisticsAndSwapsTheParties() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);

    HeartbeatRequest reply =
        TestDatanode.sent(
                datanode.node.received(
                    TestDatanode.instruction("{\"FlushRegions\":{\"region_ids\":[4398046511105]}}"),
                    datanode.now()))
            .getFirst();

    assertThat(reply.getMailboxMessage().getId()).isEqualTo(7);
    assertThat(reply.getMailboxMessage().getSubject()).isEqualTo("subject");
    assertThat(reply.getMailboxMessage().getFrom()).isEqualTo("Datanode-1@127.0.0.1:4001");
    assertThat(reply.getMailboxMessage().getTo()).isEqualTo("Metasrv@127.0.0.1:3002");
    assertThat(reply.getMailboxMessage().hasHeader()).isFalse();
    assertThat(reply.getRegionStatsList()).isEmpty();
    assertThat(reply.getDurationSinceEpoch()).isZero();
    assertThat(reply.hasPeer()).isTrue();
    assertThat(reply.hasDatanode()).isTrue();
    assertThat(reply.containsExtensions("__gc_stat")).isTrue();
  }

  @DisplayName("sheet 04 §8: the lease comes first; broken JSON stops the rest of that response")
  @Test
  void givenALeaseAndBrokenJson_whenReceived_thenTheLeaseCountsAndNothingIsAnswered() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    HeartbeatResponse response =
        TestDatanode.instruction("{\"FlyRegions\":[]}").toBuilder()
            .setRegionLease(RegionLease.newBuilder().addCloseableRegionIds(REGION.value()))
            .build();

    assertThat(datanode.node.received(response, datanode.now())).isEmpty();

    assertThat(datanode.isOpen(REGION)).isFalse();
    assertThat(datanode.problems).singleElement().asString().contains("FlyRegions");
  }

  @DisplayName("sheet 04 §8: Suspend lasts until the next response without a mailbox message")
  @Test
  void givenSuspend_whenAPlainResponseComes_thenItEnds() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    assertThat(datanode.instruct("\"Suspend\"")).isEmpty();

    assertThatThrownBy(() -> datanode.create(OTHER_REGION))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> assertThat(refused.code()).isEqualTo(StatusCode.SUSPENDED));
    datanode.instruct("{\"InvalidateCaches\":[]}");
    assertThat(datanode.node.isSuspended()).isTrue();
    datanode.node.received(HeartbeatResponse.getDefaultInstance(), datanode.now());

    assertThat(datanode.node.isSuspended()).isFalse();
    datanode.create(OTHER_REGION);
    assertThat(datanode.isOpen(OTHER_REGION)).isTrue();
  }

  @Test
  void givenAReplyWhileTheConnectionIsGone_whenItIsBack_thenTheReplyIsSentBeforeTheHeartbeat() {
    TestDatanode datanode =
        new TestDatanode(
            DatanodeOptions.faithful()
                .withPace(
                    new WorkPace(
                        Duration.ZERO, Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO)));
    datanode.connect();
    datanode.create(REGION);
    datanode.node.received(
        TestDatanode.instruction("{\"FlushRegions\":{\"region_ids\":[4398046511105]}}"),
        datanode.now());
    datanode.node.responsesEnded(datanode.now());
    datanode.node.sendFailed(datanode.now());
    datanode.pass(Duration.ofSeconds(2));
    datanode.node.wake(datanode.now());

    List<HeartbeatRequest> sent = TestDatanode.sent(datanode.connect());

    assertThat(sent).extracting(HeartbeatRequest::hasMailboxMessage).containsExactly(true, false);
  }

  @Test
  void givenFaultsAskedFor_whenInstructionsCome_thenTheyGoWrongAsOftenAsAsked() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    String close =
        "{\"CloseRegions\":[{\"datanode_id\":1,\"table_id\":1024,\"region_number\":1,"
            + "\"engine\":\"\"}]}";

    datanode.node.faults().next(InstructionKind.CLOSE_REGIONS, InstructionFaults.Fault.REFUSE, 1);
    assertThat(datanode.instruct(close)).singleElement().asString().contains("\"result\":false");
    assertThat(datanode.isOpen(REGION)).isTrue();

    datanode.node.faults().next(InstructionKind.CLOSE_REGIONS, InstructionFaults.Fault.IGNORE, 1);
    assertThat(datanode.instruct(close)).isEmpty();
    assertThat(datanode.isOpen(REGION)).isTrue();

    datanode
        .node
        .faults()
        .next(InstructionKind.CLOSE_REGIONS, InstructionFaults.Fault.LOSE_REPLY, 1);
    assertThat(datanode.instruct(close)).isEmpty();
    assertThat(datanode.isOpen(REGION)).isFalse();

    assertThat(datanode.instruct(close)).singleElement().asString().contains("\"result\":true");
  }

  @Test
  void givenARecordOfRegionsInTheStore_whenRead_thenLeadersAndFollowersAreListed() {
    RegionsOnRecord table =
        RegionsOnRecord.read(
            "{\"table_id\":1024,\"regions\":[1],\"follower_regions\":[2],\"engine\":\"mito\","
                + "\"region_storage_path\":\"greptime/gdb\",\"region_options\":{},"
                + "\"region_wal_options\":{},\"version\":0}");

    assertThat(table)
        .isEqualTo(new RegionsOnRecord("mito", "greptime/gdb", List.of(REGION, OTHER_REGION)));
    assertThat(RegionsOnRecord.prefix(7)).isEqualTo("__dn_table/7/");
  }

  @Test
  void givenARegionFlushedAndClosed_whenAskedAgain_thenTheRegionServiceSaysNotFound() {
    TestDatanode datanode = TestDatanode.connected();
    datanode.create(REGION);
    var request =
        TestDatanode.request()
            .setClose(CloseRequest.newBuilder().setRegionId(REGION.value()))
            .build();
    datanode.node.handle(
        TestDatanode.request()
            .setFlush(FlushRequest.newBuilder().setRegionId(REGION.value()))
            .build(),
        datanode.now());
    datanode.node.handle(request, datanode.now());

    assertThatThrownBy(() -> datanode.node.handle(request, datanode.now()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> assertThat(refused.code()).isEqualTo(StatusCode.REGION_NOT_FOUND));
  }
}
