package io.metasrv.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.metasrv.domain.RegionId;
import io.metasrv.nodes.Recordings.Exchange;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.instruction.InstructionReader;
import io.metasrv.nodes.region.RegionRole;
import io.metasrv.nodes.region.RegionStorage;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Doubles prove themselves: recorded instructions give the recorded replies")
class RecordedInstructionsTest {

  private static final RegionId MOVED = RegionId.parse("4402341478400");
  private static final RegionId SPLIT = RegionId.parse("4410931412992");
  private static final RegionId SPLIT_OFF = RegionId.parse("4410931412996");

  /** The recorded migration: region 4402341478400 of datanode 2 moves to datanode 3. */
  @Test
  void givenARegionOnSharedStorage_whenTheRecordedMigrationIsPlayed_thenRepliesAreByteEqual() {
    RegionStorage storage = new RegionStorage();
    Map<String, TestDatanode> nodes = connectedNodes(DatanodeOptions.faithful(), storage);
    TestDatanode source = Objects.requireNonNull(nodes.get("dn2"));
    source.create(MOVED);
    // The recorded doubles always reported entry 1: the state after one write.
    source.node.write(MOVED, 1, source.now());

    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (Exchange exchange : Recordings.exchanges("full.log")) {
      TestDatanode node = nodes.get(exchange.node());
      if (node != null) {
        exchange.reply().ifPresent(expected::add);
        actual.addAll(node.instruct(exchange.instruction()));
      }
    }

    assertThat(expected).hasSize(5);
    assertThat(actual).isEqualTo(expected);
    assertThat(source.isOpen(MOVED)).isFalse();
    assertThat(Objects.requireNonNull(nodes.get("dn3")).role(MOVED)).isEqualTo(RegionRole.LEADER);
  }

  /**
   * A real datanode refuses to open what has no files; the doubles of the recording did not. The
   * permissive option repeats that, for comparison with the recording only.
   */
  @Test
  void givenNoFiles_whenOpening_thenTheFaithfulOneRefusesAndThePermissiveOneRepliesAsRecorded() {
    Exchange open =
        Recordings.exchanges("full.log").stream()
            .filter(exchange -> exchange.instruction().startsWith("{\"OpenRegions\""))
            .findFirst()
            .orElseThrow();
    TestDatanode faithful = new TestDatanode(DatanodeOptions.faithful());
    faithful.connect();
    TestDatanode permissive = new TestDatanode(DatanodeOptions.permissive());
    permissive.connect();

    assertThat(faithful.instruct(open.instruction()))
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"open_regions\",\"result\":false,\"error\":\"");
    assertThat(permissive.instruct(open.instruction())).containsExactly(open.reply().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"full.log", "failover-nodes.log"})
  void givenRecordedInstructions_whenRead_thenAllAreUnderstood(String log) {
    List<Exchange> exchanges = Recordings.exchanges(log);

    assertThat(exchanges).isNotEmpty();
    for (Exchange exchange : exchanges) {
      Instruction instruction = InstructionReader.read(exchange.instruction());
      assertThat(exchange.instruction()).contains(instruction.kind().wireName());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mailbox_dn0.txt", "mailbox_dn1.txt", "mailbox_dn2.txt", "mailbox_fe.txt"})
  void givenInstructionsThatRealNodesReceived_whenRead_thenAllAreUnderstood(String file) {
    List<String> instructions = Recordings.realInstructions(file);

    assertThat(instructions).hasSizeGreaterThan(25);
    for (String json : instructions) {
      assertThat(json).contains(InstructionReader.read(json).kind().wireName());
    }
  }

  /** What real datanodes were told while region 0 of table 1027 was split and then moved. */
  @Test
  void givenTheRegionsOfTheSplitTable_whenRealInstructionsArePlayed_thenAllSucceed() {
    RegionStorage storage = new RegionStorage();
    TestDatanode source = new TestDatanode(DatanodeOptions.faithful(), storage, 0);
    TestDatanode target = new TestDatanode(DatanodeOptions.faithful(), storage, 1);
    source.connect();
    target.connect();
    for (RegionId region : List.of(SPLIT, SPLIT_OFF)) {
      source.node.handle(
          TestDatanode.request()
              .setCreate(TestDatanode.createRequest(region).setPath("greptime/gdb"))
              .build(),
          source.now());
    }
    List<String> sourceReplies = new ArrayList<>();
    List<String> targetReplies = new ArrayList<>();
    for (String json : ofRegions("mailbox_dn0.txt")) {
      // The candidate was opened between the last staging step and the flush before the move.
      if (json.startsWith("{\"FlushRegions")) {
        targetReplies.addAll(target.instruct(ofRegions("mailbox_dn1.txt").get(0)));
      }
      sourceReplies.addAll(source.instruct(json));
    }
    targetReplies.addAll(target.instruct(ofRegions("mailbox_dn1.txt").get(1)));

    assertThat(sourceReplies).hasSize(7).noneMatch(RecordedInstructionsTest::isFailure);
    assertThat(targetReplies).hasSize(2).noneMatch(RecordedInstructionsTest::isFailure);
    // The paths that the real datanode answered, as the next instruction repeated them.
    assertThat(sourceReplies.get(1))
        .isEqualTo(
            "{\"type\":\"remap_manifest\",\"exists\":true,\"manifest_paths\":{"
                + "\"4410931412992\":\"remap_manifest_4410931412992\","
                + "\"4410931412996\":\"remap_manifest_4410931412996\"},\"error\":null}");
    assertThat(source.isOpen(SPLIT)).isFalse();
    assertThat(target.role(SPLIT)).isEqualTo(RegionRole.LEADER);
    assertThat(storage.find(SPLIT).orElseThrow().partitionExpression()).contains("\"Lt\"");
  }

  /** Every recorded response, in its raw bytes, is handled without a complaint. */
  @ParameterizedTest
  @ValueSource(strings = {"full.log", "failover-nodes.log"})
  void givenRecordedResponses_whenADatanodeReceivesThem_thenItNotesNoProblem(String log)
      throws InvalidProtocolBufferException {
    for (String name : List.of("dn1", "dn2", "dn3")) {
      TestDatanode datanode = new TestDatanode(DatanodeOptions.permissive());
      datanode.connect();
      List<byte[]> responses = Recordings.responses(log, name);
      for (byte[] raw : responses) {
        var unused = datanode.node.received(HeartbeatResponse.parseFrom(raw), datanode.now());
      }
      assertThat(responses).as(name).isNotEmpty();
      assertThat(datanode.problems).as(name).isEmpty();
    }
  }

  private static List<String> ofRegions(String file) {
    return Recordings.realInstructions(file).stream()
        .filter(json -> !json.startsWith("{\"InvalidateCaches"))
        .toList();
  }

  private static boolean isFailure(String reply) {
    return reply.contains("\"error\":\"")
        || reply.contains("\"ready\":false")
        || reply.contains("\"result\":false")
        || reply.contains("\"Err\"");
  }

  private static Map<String, TestDatanode> connectedNodes(
      DatanodeOptions options, RegionStorage storage) {
    Map<String, TestDatanode> nodes = new TreeMap<>();
    for (int id = 1; id <= 3; id++) {
      TestDatanode node = new TestDatanode(options, storage, id);
      node.connect();
      nodes.put("dn" + id, node);
    }
    return nodes;
  }
}
