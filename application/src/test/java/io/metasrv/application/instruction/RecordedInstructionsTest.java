package io.metasrv.application.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every instruction and reply the reference was seen to write, byte for byte. */
class RecordedInstructionsTest {

  private static final List<String> NODE_DOUBLES =
      List.of("golden/heartbeat/full.log", "golden/heartbeat/failover-nodes.log");

  private static final List<String> REAL_NODES =
      List.of(
          "golden/heartbeat/real-nodes/mailbox_dn0.txt",
          "golden/heartbeat/real-nodes/mailbox_dn1.txt",
          "golden/heartbeat/real-nodes/mailbox_dn2.txt",
          "golden/heartbeat/real-nodes/mailbox_fe.txt");

  static Stream<String> instructions() throws IOException {
    List<String> found = new ArrayList<>();
    for (String log : NODE_DOUBLES) {
      for (String line : lines(log)) {
        int at = line.indexOf(" INSTRUCTION ");
        if (at >= 0) {
          String rest = line.substring(at + " INSTRUCTION ".length());
          int end = Math.max(rest.indexOf(" NO_REPLY"), rest.indexOf(" REPLY "));
          found.add(rest.substring(0, end));
        }
      }
    }
    for (String log : REAL_NODES) {
      for (String line : lines(log)) {
        int at = line.indexOf("payload: Some(Json(");
        if (at >= 0) {
          String quoted =
              line.substring(at + "payload: Some(Json(".length(), line.lastIndexOf(")) }"));
          found.add(JsonReader.read(quoted).asText());
        }
      }
    }
    return found.stream().distinct();
  }

  static Stream<String> replies() throws IOException {
    return lines(NODE_DOUBLES.getFirst()).stream()
        .filter(line -> line.contains(" REPLY {"))
        .map(line -> line.substring(line.indexOf(" REPLY ") + " REPLY ".length()));
  }

  @ParameterizedTest
  @MethodSource("instructions")
  void givenARecordedInstruction_whenDecodedAndEncoded_thenItIsTheSameText(String json) {
    assertThat(InstructionCodec.encode(InstructionCodec.decode(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("replies")
  void givenARecordedReply_whenDecodedAndEncoded_thenItIsTheSameText(String json) {
    assertThat(InstructionReplyCodec.encode(InstructionReplyCodec.decode(json))).isEqualTo(json);
  }

  @Test
  void givenTheRecordings_thenTheyHoldWhatTheyAreSaidToHold() throws IOException {
    assertThat(instructions()).hasSizeGreaterThan(25);
    assertThat(replies()).hasSize(5);
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in =
        RecordedInstructionsTest.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no test resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
