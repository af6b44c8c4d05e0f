package io.metasrv.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.application.memory.InMemoryElectionGroup;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.testkit.server.Ports;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every recorded unary call, sent as the bytes that were sent then, in the order of then: the
 * answer has to be the recorded bytes, or the recorded status, text and trailers. Only addresses
 * differ, and they have the same length.
 */
@Timeout(120)
class RecordedUnaryCallsTest {

  /** Calls that the recorded system could only answer so because of what it had done before. */
  private static final Set<String> NEEDS_A_PAST = Set.of("ClusterRange", "ProcDetails");

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

  private static final String ETCD = "etcd_leader_follower.json";
  private static final String MYSQL = "mysql_leader.json";

  @TestFactory
  @DisplayName("the calls recorded on etcd, leader and follower")
  Stream<DynamicTest> givenTheCallsRecordedOnEtcd_whenSentAgain_thenTheAnswersAreTheSame()
      throws Exception {
    List<RecordedCall> calls = RecordedCall.unary(ETCD);
    assertThat(calls).hasSize(74);
    return replay(calls, Map.of("leader", "127.0.0.1:23002", "follower", "127.0.0.1:23022"));
  }

  @TestFactory
  @DisplayName("the calls recorded on MySQL, leader")
  Stream<DynamicTest> givenTheCallsRecordedOnMySql_whenSentAgain_thenTheAnswersAreTheSame()
      throws Exception {
    List<RecordedCall> etcd =
        RecordedCall.unary(ETCD).stream().filter(call -> call.target().equals("leader")).toList();
    List<RecordedCall> calls = RecordedCall.unary(MYSQL);
    assertThat(calls).hasSize(37);
    List<RecordedCall> asOnEtcd =
        calls.stream()
            .map(
                call ->
                    OTHERWISE_ON_MYSQL.contains(call.name())
                        ? etcd.stream()
                            .filter(other -> other.name().equals(call.name()))
                            .findFirst()
                            .orElseThrow()
                        : call)
            .toList();
    return replay(asOnEtcd, Map.of("leader", "127.0.0.1:23012"));
  }

  private static Stream<DynamicTest> replay(
      List<RecordedCall> calls, Map<String, String> recordedAddresses) throws Exception {
    // The recorded follower's address sorts after the leader's, and so must ours.
    List<Integer> ports = Ports.free(2).stream().sorted().toList();
    String leaderAddress = "127.0.0.1:" + ports.get(0);
    String followerAddress = "127.0.0.1:" + ports.get(1);
    List<String[]> addresses = new ArrayList<>();
    recordedAddresses.forEach(
        (role, recorded) ->
            addresses.add(
                new String[] {recorded, role.equals("leader") ? leaderAddress : followerAddress}));
    // The scans of the MySQL replay are those of etcd.
    addresses.add(new String[] {"127.0.0.1:23002", leaderAddress});
    addresses.add(new String[] {"127.0.0.1:23022", followerAddress});

    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    InMemoryStore store = recordedContent(addresses);
    InMemoryElectionGroup group =
        new InMemoryElectionGroup(store, runtime, ElectionTiming.REFERENCE);
    boolean withFollower = recordedAddresses.containsKey("follower");
    Node leader = new Node(leaderAddress, start(withFollower), store, group, runtime);
    leader.awaitLead();
    List<Node> nodes = new ArrayList<>(List.of(leader));
    if (withFollower) {
      nodes.add(new Node(followerAddress, 1_795_431_549_191L, store, group, runtime));
    }
    return calls.stream()
        .filter(call -> !NEEDS_A_PAST.contains(call.name()) || call.target().equals("follower"))
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.toString(),
                    () ->
                        replay(call, nodes.get(call.target().equals("leader") ? 0 : 1), addresses)))
        .onClose(() -> nodes.reversed().forEach(RecordedUnaryCallsTest::close));
  }

  private static long start(boolean onEtcd) {
    return onEtcd ? 1_795_431_154_723L : 1_795_431_427_078L;
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void replay(RecordedCall call, Node node, List<String[]> addresses) {
    byte[] request = translated(HexFormat.of().parseHex(call.requestHex()), addresses);

    RawAnswer answer = RawAnswer.of(node.channel(), call.path(), request);

    assertThat(answer.status()).isEqualTo(call.status());
    assertThat(answer.message()).isEqualTo(call.message());
    assertThat(answer.trailers()).isEqualTo(call.trailers());
    List<String> expected =
        call.responsesHex().stream()
            .map(hex -> hex(translated(HexFormat.of().parseHex(hex), addresses)))
            .toList();
    assertThat(answer.responses().stream().map(RecordedUnaryCallsTest::hex).toList())
        .as(() -> readable(answer.responses()))
        .isEqualTo(expected);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String readable(List<byte[]> responses) {
    return responses.stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList()
        .toString();
  }

  /** The same bytes with our addresses for the recorded ones, which are as long. */
  private static byte[] translated(byte[] bytes, List<String[]> addresses) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String[] address : addresses) {
      assertThat(address[1]).hasSameSizeAs(address[0]);
      text = text.replace(address[0], address[1]);
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A store with the keys the recorded one had, as far as the recordings show them. */
  private static InMemoryStore recordedContent(List<String[]> addresses) throws Exception {
    InMemoryStore store = new InMemoryStore();
    for (String scan : List.of("Range_all_keysonly", "Range_all")) {
      RecordedCall recorded =
          RecordedCall.unary(ETCD).stream()
              .filter(call -> call.name().equals(scan))
              .findFirst()
              .orElseThrow();
      byte[] bytes =
          translated(HexFormat.of().parseHex(recorded.responsesHex().getFirst()), addresses);
      for (KeyValue pair : RangeResponse.parseFrom(bytes).getKvsList()) {
        store.put(bytes(pair.getKey()), bytes(pair.getValue()), Previous.DISCARD);
      }
    }
    return store;
  }

  private static Bytes bytes(ByteString bytes) {
    return Bytes.wrap(bytes.toByteArray());
  }
}
