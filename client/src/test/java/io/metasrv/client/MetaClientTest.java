package io.metasrv.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaClientTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(1_500);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private FakeMetasrv metasrv() {
    FakeMetasrv metasrv = new FakeMetasrv();
    open.add(metasrv);
    return metasrv;
  }

  private MetaClient client(MetaClientOptions options) {
    MetaClient client = MetaClient.open(options);
    open.add(client);
    return client;
  }

  private MetaClient client(Duration timeout, String... addresses) {
    return client(
        MetaClientOptions.frontend(List.of(addresses))
            .withTimeouts(timeout, timeout)
            .withProcedureTimeout(timeout));
  }

  /** An address that takes connections and never says a word: a dead machine behind a VIP. */
  private String deadAddress() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(socket);
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> assertThat(failure.reason()).as(failure.toString()).isEqualTo(reason));
  }

  @DisplayName("sheet 01 case 48: one dead address of three costs no time")
  @Test
  void givenOneDeadAddress_whenAskedForTheLeader_thenTheFastestAnswerCounts() throws IOException {
    FakeMetasrv leader = metasrv();
    FakeMetasrv follower = metasrv();
    follower.leader = () -> Optional.of(leader.address());
    MetaClient client = client(LONG, deadAddress(), leader.address(), follower.address());

    long before = System.nanoTime();
    String found = client.askLeader();

    assertThat(found).isEqualTo(leader.address());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void givenALeaderOutsideTheAddresses_whenFollowersNameIt_thenItIsUsed() {
    FakeMetasrv leader = metasrv();
    FakeMetasrv follower = metasrv();
    follower.leader = () -> Optional.of(leader.address());
    follower.leads = false;
    MetaClient client = client(LONG, follower.address());

    assertThat(client.procedures().query("a-uuid").getStatus()).isEqualTo(ProcedureStatus.Done);
    assertThat(leader.procedureCalls).hasValue(1);
  }

  @Test
  void givenNoLeader_whenAsked_thenThreeRoundsAreMade() {
    FakeMetasrv one = metasrv();
    FakeMetasrv two = metasrv();
    one.leader = Optional::empty;
    two.leader = Optional::empty;
    MetaClient client = client(LONG, one.address(), two.address());

    assertFails(Reason.NO_LEADER, client::askLeader);
    assertThat(one.asked).hasValue(3);
    assertThat(two.asked).hasValue(3);
  }

  @Test
  void givenOnlySilentMetasrvs_whenAsked_thenEachRoundEndsAfterTheTimeout() throws IOException {
    MetaClient client = client(SHORT, deadAddress());

    long before = System.nanoTime();
    assertFails(Reason.NO_LEADER, client::askLeader);

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(SHORT.multipliedBy(3));
  }

  @DisplayName("sheet 01 case 49: not leader, asked again, at most three sends")
  @Test
  void givenALeaderThatSaysNotLeader_whenCalled_thenItIsAskedAgainAndResentThreeTimesInAll() {
    FakeMetasrv metasrv = metasrv();
    metasrv.leads = false;
    MetaClient client = client(LONG, metasrv.address());

    assertFails(Reason.RETRIES_EXHAUSTED, () -> client.procedures().query("a-uuid"));

    assertThat(metasrv.procedureCalls).hasValue(3);
    assertThat(metasrv.asked).hasValue(3);
  }

  @Test
  void givenALeaderChange_whenCalledAgain_thenTheNewLeaderAnswers() {
    FakeMetasrv one = metasrv();
    FakeMetasrv two = metasrv();
    one.leader = () -> Optional.of(one.leads ? one.address() : two.address());
    two.leader = one.leader;
    MetaClient client = client(LONG, one.address(), two.address());
    assertThat(client.procedures().query("a-uuid").getStatus()).isEqualTo(ProcedureStatus.Done);
    assertThat(one.procedureCalls).hasValue(1);

    one.leads = false;

    assertThat(client.procedures().query("a-uuid").getStatus()).isEqualTo(ProcedureStatus.Done);
    assertThat(one.procedureCalls).hasValue(2);
    assertThat(two.procedureCalls).hasValue(1);
  }

  @Test
  void givenTheLeaderDied_whenCalledAgain_thenTheNewLeaderAnswers() {
    FakeMetasrv one = metasrv();
    FakeMetasrv two = metasrv();
    one.leader = () -> Optional.of(one.address());
    two.leader = () -> Optional.of(one.address());
    MetaClient client = client(LONG, one.address(), two.address());
    assertThat(client.askLeader()).isEqualTo(one.address());

    one.close();
    two.leader = () -> Optional.of(two.address());

    assertThat(client.cluster().listNodes(NodeRole.METASRV)).hasSize(2);
    assertThat(two.clusterCalls).hasValue(1);
  }

  @Test
  void givenAnOrdinaryError_whenCalled_thenItIsReportedWithItsCodeAndNotRepeated() {
    FakeMetasrv metasrv = metasrv();
    metasrv.failure =
        Optional.of(
            ErrorTrailers.toStatus(StatusCode.INVALID_ARGUMENTS, "Procedure not found: a-uuid"));
    MetaClient client = client(LONG, metasrv.address());

    assertThatThrownBy(() -> client.procedures().query("a-uuid"))
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.STATUS);
              assertThat(failure.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
            })
        .hasMessageContaining("Procedure not found: a-uuid");
    assertThat(metasrv.procedureCalls).hasValue(1);
  }

  @Test
  void givenUnavailableOrADeadlineThatTheServerReports_whenCalled_thenThreeSendsAreMade() {
    FakeMetasrv metasrv = metasrv();
    MetaClient client = client(LONG, metasrv.address());

    metasrv.failure = Optional.of(Status.UNAVAILABLE.asException());
    assertFails(Reason.RETRIES_EXHAUSTED, () -> client.procedures().query("a-uuid"));
    assertThat(metasrv.procedureCalls).hasValue(3);

    metasrv.failure = Optional.of(ErrorTrailers.toStatus(StatusCode.DEADLINE_EXCEEDED, "too slow"));
    assertFails(Reason.RETRIES_EXHAUSTED, () -> migrate(client));
    assertThat(metasrv.procedureCalls).hasValue(6);
  }

  /** A change whose outcome is unknown must not be made twice. */
  @Test
  void givenASilentLeader_whenAChangeTimesOut_thenItIsNotRepeatedWhileAReadAsksForTheLeader() {
    FakeMetasrv metasrv = metasrv();
    // Long enough for a cold connection on a busy machine: what is asked must arrive.
    MetaClient client =
        client(
            MetaClientOptions.frontend(List.of(metasrv.address()))
                .withTimeouts(Duration.ofSeconds(2), LONG)
                .withProcedureTimeout(Duration.ofSeconds(1)));
    assertThat(client.askLeader()).isEqualTo(metasrv.address());
    metasrv.silent = true;

    assertThatThrownBy(() -> migrate(client))
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> assertThat(failure.code()).isEqualTo(StatusCode.DEADLINE_EXCEEDED));
    assertThat(metasrv.procedureCalls).hasValue(1);
    assertThat(metasrv.asked).hasValue(1);

    // The read asks for the leader again before it would be sent again; there is no answer.
    assertFails(Reason.NO_LEADER, () -> client.procedures().query("a-uuid"));
    assertThat(metasrv.procedureCalls).hasValue(2);
    assertThat(metasrv.asked).hasValue(4);
  }

  private static Optional<String> migrate(MetaClient client) {
    return client
        .procedures()
        .migrateRegion(RegionId.parse("4398046511105"), 1, 2, Duration.ofSeconds(120));
  }

  @Test
  void givenALeader_whenARegionIsMoved_thenTheProcedureIdIsReturned() {
    MetaClient client = client(LONG, metasrv().address());

    assertThat(migrate(client)).contains("a-uuid");
  }

  @Test
  void givenPairs_whenScanned_thenPagesAreFollowedAndShrinkWhenTooLarge() {
    FakeMetasrv metasrv = metasrv();
    IntStream.range(0, 1_000)
        .forEach(i -> metasrv.pairs.put(String.format("key/%04d", i), "value " + i));
    metasrv.pairs.put("kez", "outside");
    metasrv.largestPage = 400;
    MetaClient client = client(LONG, metasrv.address());

    List<KeyValue> found = client.store().scan(Bytes.utf8("key/"));

    assertThat(found).hasSize(1_000);
    assertThat(found.getLast())
        .isEqualTo(new KeyValue(Bytes.utf8("key/0999"), Bytes.utf8("value 999")));
    // Refused at 1536 and 768, then three pages of 384.
    assertThat(metasrv.storeCalls).hasValue(5);
    assertThat(client.store().scanKeys(Bytes.utf8("key/000"))).hasSize(10);
    assertThat(client.store().get(Bytes.utf8("kez"))).contains(Bytes.utf8("outside"));
    assertThat(client.store().get(Bytes.utf8("ke"))).isEmpty();
  }

  @Test
  void givenAStore_whenWritten_thenItIsReadBackThroughAnyMetasrv() {
    FakeMetasrv follower = metasrv();
    follower.leads = false;
    StoreClient store = client(LONG, follower.address()).store();
    Bytes key = Bytes.utf8("k/1");

    store.put(key, Bytes.utf8("a"));
    assertThat(store.compareAndPut(key, Bytes.utf8("b"), Bytes.utf8("c"))).isFalse();
    assertThat(store.compareAndPut(key, Bytes.utf8("a"), Bytes.utf8("c"))).isTrue();
    assertThat(store.get(key)).contains(Bytes.utf8("c"));
    assertThat(store.deletePrefix(Bytes.utf8("k/"))).isEqualTo(1);
    assertThat(follower.asked).hasValue(0);
  }

  @DisplayName("sheet 01 §11: the values of the leader's memory")
  @Test
  void givenTheValuesOfTheSheet_whenListed_thenTheyAreTyped() {
    FakeMetasrv metasrv = metasrv();
    metasrv.pairs.put(
        "__meta_cluster_node_info-0-0-1",
        """
        {"peer":{"id":1,"addr":"127.0.0.1:4001"},"last_activity_ts":1716000000000,
        "status":{"Datanode":{"rcus":0,"wcus":0,"leader_regions":2,"follower_regions":0,
        "workloads":{"types":[0]}}},"version":"1.1.4","git_commit":"16e9abe4a9",
        "start_time_ms":1715999000000,"total_cpu_millicores":8000,
        "total_memory_bytes":17179869184,"cpu_usage_millicores":120,
        "memory_usage_bytes":536870912,"hostname":"dn-1","env_vars":{"AZ":"a"}}\
        """);
    metasrv.pairs.put(
        "__meta_cluster_node_info-0-2-7",
        """
        {"peer":{"id":7,"addr":"127.0.0.1:6800"},"last_activity_ts":1,"status":{"Flownode":{}},
        "version":"1.0.0","git_commit":"x","start_time_ms":2}\
        """);
    metasrv.pairs.put(
        "__meta_datanode_stat-0-1",
        """
        [{"id":1,"region_stats":[]},{"timestamp_millis":1716000000000,"id":1,
        "addr":"127.0.0.1:4001","rcus":0,"wcus":0,"region_num":1,"region_stats":[
        {"id":18446744069414584330,"rcus":0,"wcus":0,"approximate_bytes":2048,"engine":"mito",
        "role":"Leader","num_rows":10,"memtable_size":1024,"manifest_size":300,"sst_size":2048,
        "sst_num":1,"index_size":0,"region_manifest":{"Mito":{"manifest_version":3,
        "flushed_entry_id":7,"file_removed_cnt":0}},"written_bytes":4096,
        "data_topic_latest_entry_id":0,"metadata_topic_latest_entry_id":0}],
        "topic_stats":[],"node_epoch":1,"datanode_workloads":{"types":[0]},"gc_stat":null}]\
        """);
    metasrv.pairs.put(
        "__flow/state", "{\"state_size\":{\"1024\":5},\"last_exec_time_map\":{\"1024\":-6}}");
    ClusterClient cluster = client(LONG, metasrv.address()).cluster();

    List<ClusterNodeInfo> nodes = cluster.listNodes();
    assertThat(nodes)
        .extracting(ClusterNodeInfo::peer)
        .containsExactly(
            new Peer(0, "10.0.0.2:3002"),
            new Peer(0, metasrv.address()),
            new Peer(1, "127.0.0.1:4001"),
            new Peer(7, "127.0.0.1:6800"));
    assertThat(nodes.get(1).status()).isEqualTo(new ClusterNodeInfo.Status.Metasrv(true));
    assertThat(nodes.get(2).status())
        .isEqualTo(new ClusterNodeInfo.Status.Datanode(0, 0, 2, 0, List.of(0)));
    assertThat(nodes.get(2).environment()).containsEntry("AZ", "a");
    assertThat(nodes.get(3).status()).isEqualTo(new ClusterNodeInfo.Status.Flownode(List.of()));
    assertThat(cluster.listNodes(NodeRole.DATANODE)).containsExactly(nodes.get(2));
    assertThat(cluster.regionStatistics())
        .containsExactly(
            new RegionStatistics(
                RegionId.parse("18446744069414584330"),
                1,
                "mito",
                "Leader",
                2048,
                10,
                1024,
                300,
                2048,
                1,
                0,
                4096,
                "{\"Mito\":{\"manifest_version\":3,\"flushed_entry_id\":7,"
                    + "\"file_removed_cnt\":0}}"));
    assertThat(cluster.flowStatistics().orElseThrow().lastExecutedMillis())
        .containsEntry(1024L, -6L);
  }

  @Test
  void givenAValueThatCannotBeRead_whenListed_thenTheErrorNamesItsKey() {
    FakeMetasrv metasrv = metasrv();
    metasrv.pairs.put("__meta_cluster_node_info-0-0-1", "{\"peer\":{}}");
    ClusterClient cluster = client(LONG, metasrv.address()).cluster();

    assertThatThrownBy(() -> cluster.listNodes(NodeRole.DATANODE))
        .isInstanceOf(MetaClientException.class)
        .hasMessageContaining("__meta_cluster_node_info-0-0-1")
        .hasMessageContaining("id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip", "identity"})
  void givenAnEncoding_whenCalled_thenRequestsTravelInIt(String encoding) {
    FakeMetasrv metasrv = metasrv();
    MetaClient client =
        client(MetaClientOptions.frontend(List.of(metasrv.address())).withEncoding(encoding));

    assertThat(client.pullConfig()).isEmpty();

    assertThat(metasrv.encodings).isNotEmpty().containsOnly(encoding);
  }

  @Test
  void givenALeader_whenAStreamIsOpened_thenTheHandshakeIsAHeaderAndItsAnswerGivesTheIntervals() {
    FakeMetasrv metasrv = metasrv();
    MetaClient client = client(MetaClientOptions.datanode(List.of(metasrv.address()), 7));

    HeartbeatStream stream = client.heartbeat();

    RequestHeader header =
        RequestHeader.newBuilder()
            .setProtocolVersion(1)
            .setMemberId(7)
            .setRole(Role.DATANODE)
            .build();
    assertThat(metasrv.heartbeats)
        .containsExactly(HeartbeatRequest.newBuilder().setHeader(header).build());
    assertThat(stream.address()).isEqualTo(metasrv.address());
    assertThat(stream.heartbeatInterval()).isEqualTo(Duration.ofSeconds(18));
    assertThat(stream.retryInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(stream.receive(Duration.ZERO)).isEmpty();

    stream.send(HeartbeatRequest.newBuilder().setNodeEpoch(5).build());
    assertThat(stream.receive().hasHeartbeatConfig()).isFalse();
    assertThat(metasrv.heartbeats.getLast().getHeader()).isEqualTo(header);
    assertThat(metasrv.heartbeats.getLast().getNodeEpoch()).isEqualTo(5);
  }

  @DisplayName("sheet 01 weakness 16: a handshake answered by a follower fails at once")
  @Test
  void givenAFollower_whenAStreamIsOpened_thenItFailsWithNotLeader() {
    FakeMetasrv metasrv = metasrv();
    metasrv.leads = false;
    MetaClient client = client(LONG, metasrv.address());

    assertFails(Reason.NOT_LEADER, client::heartbeat);
  }

  @DisplayName("sheet 01 weakness 15: waiting for the first response has a limit")
  @Test
  void givenAMetasrvThatDoesNotAnswerTheHandshake_whenTheLimitPasses_thenItFails() {
    FakeMetasrv metasrv = metasrv();
    MetaClient client =
        client(MetaClientOptions.frontend(List.of(metasrv.address())).withTimeouts(LONG, SHORT));
    metasrv.silentStreams = true;

    assertFails(Reason.TIMEOUT, client::heartbeat);
  }

  @Test
  void givenAStream_whenTheLeaderStepsDown_thenTheReaderHearsOfTheEndAndSendingFails() {
    FakeMetasrv metasrv = metasrv();
    MetaClient client = client(LONG, metasrv.address());
    HeartbeatStream stream = client.heartbeat();

    metasrv
        .streams
        .getFirst()
        .onError(Status.ABORTED.withDescription("is not leader").asException());

    assertFails(Reason.STREAM_ENDED, stream::receive);
    assertFails(Reason.STREAM_ENDED, stream::receive);
    assertThat(stream.hasEnded()).isTrue();
    assertFails(Reason.STREAM_ENDED, () -> stream.send(HeartbeatRequest.getDefaultInstance()));
  }

  @Test
  void givenAClosedClient_whenUsed_thenItSaysSo() {
    FakeMetasrv metasrv = metasrv();
    MetaClient client = client(LONG, metasrv.address());
    HeartbeatStream stream = client.heartbeat();

    client.close();

    assertFails(Reason.STREAM_ENDED, stream::receive);
    assertFails(Reason.CLOSED, client::askLeader);
    assertFails(Reason.CLOSED, () -> client.store().get(Bytes.utf8("k")));
  }
}
