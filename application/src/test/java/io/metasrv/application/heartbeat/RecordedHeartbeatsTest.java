package io.metasrv.application.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StatusCode.RpcCode;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The heartbeat streams recorded against a leader and a follower, answered byte for byte. */
class RecordedHeartbeatsTest {

  private static final String RECORDED_FOLLOWER = "127.0.0.1:23022";

  @TestFactory
  List<DynamicTest> onALeaderEveryRecordedStreamIsAnsweredAsRecorded() throws IOException {
    LeaderFixture leader = LeaderFixture.leading();
    return tests("leader", leader);
  }

  @TestFactory
  List<DynamicTest> onAFollowerEveryRecordedStreamIsAnsweredAsRecorded() throws IOException {
    return tests("follower", new LeaderFixture());
  }

  private static List<DynamicTest> tests(String target, LeaderFixture metasrv) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonValue each : recording()) {
      JsonValue.Object call = each.asObject();
      if (call.text("call").startsWith("HB_") && call.text("target").equals(target)) {
        tests.add(DynamicTest.dynamicTest(call.text("call"), () -> replay(call, metasrv)));
      }
    }
    assertThat(tests).hasSize(8);
    return tests;
  }

  private static List<JsonValue> recording() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            RecordedHeartbeatsTest.class.getResourceAsStream(
                "/golden/grpc-etcd-leader-follower.json"))) {
      return JsonReader.read(Bytes.wrap(file.readAllBytes())).asArray();
    }
  }

  private static void replay(JsonValue.Object call, LeaderFixture metasrv)
      throws IOException, InterruptedException {
    NodeEnd node = metasrv.connect();
    for (JsonValue request : call.require("requests").asArray()) {
      HeartbeatRequest.Builder message = HeartbeatRequest.newBuilder();
      TextFormat.merge(request.asText(), message);
      node.sends(message.build());
    }
    node.closes();
    StreamEnd end = node.awaitEnd();

    List<ByteString> expected = new ArrayList<>();
    for (JsonValue response : call.require("responses").asArray()) {
      expected.add(timeless(ByteString.fromHex(response.asObject().text("hex"))));
    }
    List<ByteString> actual = new ArrayList<>();
    for (HeartbeatResponse response : node.responses()) {
      actual.add(timeless(response.toByteString()));
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(status(end)).isEqualTo(call.text("status"));
    call.find("message")
        .ifPresent(
            message ->
                assertThat(message(end))
                    .isEqualTo(message.asText().replace(RECORDED_FOLLOWER, LeaderFixture.ADDRESS)));
  }

  /** The same bytes with the time of a message set to zero. */
  private static ByteString timeless(ByteString bytes) throws IOException {
    HeartbeatResponse response = HeartbeatResponse.parseFrom(bytes);
    if (!response.hasMailboxMessage()) {
      return bytes;
    }
    assertThat(response.toByteString()).isEqualTo(bytes);
    HeartbeatResponse.Builder changed = response.toBuilder();
    changed.getMailboxMessageBuilder().setTimestampMillis(0);
    return changed.build().toByteString();
  }

  private static String status(StreamEnd end) {
    return switch (end) {
      case StreamEnd.Completed completed -> RpcCode.OK.name();
      case StreamEnd.NotLeader notLeader -> "ABORTED";
      case StreamEnd.ShuttingDown shuttingDown -> RpcCode.UNAVAILABLE.name();
      case StreamEnd.Failed failed -> failed.cause().code().rpcCode().name();
      case StreamEnd.SlowConsumer slow -> RpcCode.RESOURCE_EXHAUSTED.name();
    };
  }

  private static String message(StreamEnd end) {
    return switch (end) {
      case StreamEnd.NotLeader notLeader ->
          "The requested metasrv node is not leader, node addr: " + notLeader.serverAddress();
      case StreamEnd.Failed failed -> String.valueOf(failed.cause().getMessage());
      default -> "";
    };
  }
}
