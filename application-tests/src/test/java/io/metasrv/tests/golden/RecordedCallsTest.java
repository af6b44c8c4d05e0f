package io.metasrv.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.metasrv.application.memory.InMemoryElectionGroup;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.testkit.server.Ports;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every recorded call, sent as the bytes that were sent then, in the order of then: the answer has
 * to be the recorded bytes, or the recorded status, text and trailers. Only addresses and moments
 * differ.
 */
@Timeout(120)
class RecordedCallsTest {

  private static final String ETCD = "etcd_leader_follower.json";
  private static final String MYSQL = "mysql_leader.json";

  /** Lists the procedures of a past that has no trace in the recording; here there were none. */
  private static final String LISTS_THE_PAST = "ProcDetails";

  /**
   * What MySQL answers otherwise than etcd does: an empty key is a key like any other, an empty
   * batch is a syntax error, a batch comes back in key order. Every backend here answers as etcd
   * (docs/design/ports.md), so that these calls are held to the etcd recording instead. The two
   * scans show that store's content.
   */
  private static final Set<String> OTHERWISE_ON_MYSQL =
      Set.of(
          "Range_emptykey",
          "Put_emptykey",
          "BatchPut_empty",
          "BatchGet",
          "BatchGet_emptykey",
          "Range_all",
          "Range_all_keysonly");

  private final List<Node> nodes = new ArrayList<>();
  private final Translation translation = new Translation();

  @TestFactory
  @DisplayName("the calls recorded on etcd, leader and follower")
  Stream<DynamicTest> givenTheCallsRecordedOnEtcd_whenSentAgain_thenTheAnswersAreTheSame()
      throws Exception {
    List<RecordedCall> calls = RecordedCall.all(ETCD);
    assertThat(calls).hasSize(90);
    start(calls, 1_795_431_154_723L);
    return replay(calls);
  }

  @TestFactory
  @DisplayName("the calls recorded on MySQL, leader alone")
  Stream<DynamicTest> givenTheCallsRecordedOnMySql_whenSentAgain_thenTheAnswersAreTheSame()
      throws Exception {
    List<RecordedCall> calls = RecordedCall.all(MYSQL);
    assertThat(calls).hasSize(45);
    List<RecordedCall> onEtcd = RecordedCall.all(ETCD);
    start(calls, 1_795_431_427_078L);
    return replay(
        calls.stream()
            .map(call -> OTHERWISE_ON_MYSQL.contains(call.name()) ? same(call, onEtcd) : call)
            .toList());
  }

  private static RecordedCall same(RecordedCall call, List<RecordedCall> calls) {
    return calls.stream()
        .filter(other -> other.isOnLeader() && other.name().equals(call.name()))
        .findFirst()
        .orElseThrow();
  }

  private void start(List<RecordedCall> calls, long startOfLeader) throws Exception {
    // The recorded follower's address sorts after the leader's, and so must ours.
    List<Integer> ports = Ports.free(2).stream().sorted().toList();
    String leader = "127.0.0.1:" + ports.get(0);
    String follower = "127.0.0.1:" + ports.get(1);
    translation.replace("127.0.0.1:23002", leader);
    translation.replace("127.0.0.1:23012", leader);
    translation.replace("127.0.0.1:23022", follower);
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    InMemoryStore store = new InMemoryStore();
    RecordedPast.restore(store, RecordedCall.all(ETCD), translation);
    InMemoryElectionGroup group =
        new InMemoryElectionGroup(store, runtime, ElectionTiming.REFERENCE);
    nodes.add(new Node(leader, startOfLeader, store, group, runtime));
    nodes.getFirst().awaitLead();
    if (calls.stream().anyMatch(call -> !call.isOnLeader())) {
      nodes.add(new Node(follower, 1_795_431_549_191L, store, group, runtime));
    }
  }

  private void hearOfNodes(List<RecordedCall> calls) throws InvalidProtocolBufferException {
    for (HeartbeatRequest heartbeat : RecordedPast.heartbeats(calls)) {
      assertThat(HeartbeatCall.of(nodes.getFirst().channel(), List.of(heartbeat)).status())
          .isEqualTo("OK");
    }
  }

  private Stream<DynamicTest> replay(List<RecordedCall> calls) {
    // The recorded leader had heard of its nodes, but so long ago that their leases were over: what
    // depends on that is asked before they are heard of, the rest after.
    Stream<DynamicTest> beforeNodes = calls.stream().filter(this::needsNoLease).map(this::test);
    Stream<DynamicTest> nodesAppear =
        Stream.of(DynamicTest.dynamicTest("nodes are heard of", () -> hearOfNodes(calls)));
    Stream<DynamicTest> afterNodes =
        calls.stream().filter(call -> !needsNoLease(call)).map(this::test);
    Stream<DynamicTest> selfTest =
        doctored(calls).stream()
            .map(
                call ->
                    DynamicTest.dynamicTest(
                        "doctored, so that it must fail: " + call,
                        () ->
                            assertThatThrownBy(() -> replayAny(call))
                                .isInstanceOf(AssertionError.class)));
    return Stream.of(beforeNodes, nodesAppear, afterNodes, selfTest)
        .flatMap(part -> part)
        .onClose(this::stop);
  }

  private boolean needsNoLease(RecordedCall call) {
    return call.name().equals("Migrate_noregion");
  }

  private DynamicTest test(RecordedCall call) {
    return DynamicTest.dynamicTest(call.toString(), () -> replayAny(call));
  }

  private void replayAny(RecordedCall call)
      throws TextFormat.ParseException, InvalidProtocolBufferException {
    if (call.isStream()) {
      replayStream(call);
    } else {
      replayUnary(call);
    }
  }

  /** Recordings changed in one place each, to see that the comparison notices. */
  private static List<RecordedCall> doctored(List<RecordedCall> calls) {
    List<RecordedCall> doctored = new ArrayList<>();
    for (RecordedCall call : calls) {
      if (Set.of("Range", "HB_datanode_nopeer").contains(call.name())) {
        doctored.add(call.with(List.of(), call.status(), call.message(), call.trailers()));
        doctored.add(
            call.with(List.of("0a020802"), call.status(), call.message(), call.trailers()));
      }
      if (Set.of("Range_emptykey", "HB_noheader").contains(call.name())
          && !call.message().isEmpty()) {
        doctored.add(call.with(call.responsesHex(), "INTERNAL", call.message(), call.trailers()));
        doctored.add(call.with(call.responsesHex(), call.status(), "other", call.trailers()));
        doctored.add(call.with(call.responsesHex(), call.status(), call.message(), List.of()));
      }
    }
    assertThat(doctored).hasSizeGreaterThan(8);
    return doctored;
  }

  private void stop() {
    for (Node node : nodes.reversed()) {
      try {
        node.close();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Node target(RecordedCall call) {
    return nodes.get(call.isOnLeader() ? 0 : 1);
  }

  private void replayUnary(RecordedCall call) {
    byte[] request = translation.toOurs(HexFormat.of().parseHex(call.requestHex()));

    RawAnswer answer = RawAnswer.of(target(call).channel(), call.path(), request);

    assertThat(answer.status()).isEqualTo(call.status());
    assertThat(answer.message()).isEqualTo(call.message());
    assertThat(answer.trailers()).isEqualTo(call.trailers());
    assertThat(hex(answer.responses()))
        .as(() -> readable(answer.responses()))
        .isEqualTo(expected(call));
  }

  private List<String> expected(RecordedCall call) {
    if (call.name().equals(LISTS_THE_PAST) && call.isOnLeader()) {
      return List.of("");
    }
    return hex(
        call.responsesHex().stream()
            .map(hex -> translation.toOurs(HexFormat.of().parseHex(hex)))
            .toList());
  }

  private void replayStream(RecordedCall call)
      throws TextFormat.ParseException, InvalidProtocolBufferException {
    List<HeartbeatRequest> requests = new ArrayList<>();
    for (String text : call.requests()) {
      requests.add(TextFormat.parse(translation.toOurs(text), HeartbeatRequest.class));
    }

    HeartbeatCall.Outcome outcome = HeartbeatCall.of(target(call).channel(), requests);

    assertThat(outcome.status()).isEqualTo(call.status());
    assertThat(outcome.message()).isEqualTo(translation.toOurs(call.message()));
    assertThat(outcome.trailers()).isEqualTo(call.trailers());
    List<HeartbeatResponse> expected = new ArrayList<>();
    for (String hex : call.responsesHex()) {
      byte[] response = translation.toOurs(HexFormat.of().parseHex(hex));
      expected.add(withoutMoment(HeartbeatResponse.parseFrom(response)));
    }
    assertThat(outcome.responses().stream().map(RecordedCallsTest::withoutMoment).toList())
        .isEqualTo(expected);
  }

  private static HeartbeatResponse withoutMoment(HeartbeatResponse response) {
    if (!response.hasMailboxMessage()) {
      return response;
    }
    assertThat(response.getMailboxMessage().getTimestampMillis()).isPositive();
    HeartbeatResponse.Builder builder = response.toBuilder();
    builder.getMailboxMessageBuilder().clearTimestampMillis();
    return builder.build();
  }

  private static List<String> hex(List<byte[]> messages) {
    return messages.stream()
        .map(message -> HexFormat.of().formatHex(Translation.withoutMoments(message)))
        .toList();
  }

  private static String readable(List<byte[]> messages) {
    return messages.stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList()
        .toString();
  }
}
