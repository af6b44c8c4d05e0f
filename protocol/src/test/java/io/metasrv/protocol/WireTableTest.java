package io.metasrv.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The compiled descriptors against the wire table, statement by statement. */
class WireTableTest {

  @Test
  @DisplayName("sheet 01 case 9: every package, file, message, field, enum, service is the table's")
  void givenTheWireTable_whenComparedWithTheCompiledDescriptors_thenNothingDiffers()
      throws IOException {
    WireFacts expected = WireTable.facts(WireTable.load());

    assertThat(expected.size()).as("statements compared").isGreaterThan(6000);
    assertThat(expected.differencesFrom(CompiledProtocol.facts())).isEmpty();
  }

  @Test
  void givenTheProtoFilesOfThisModule_thenEachIsAmongTheCompiledOnes()
      throws IOException, URISyntaxException {
    URI anyProto = CompiledProtocol.class.getResource("/greptime/v1/meta/heartbeat.proto").toURI();
    Path root = Path.of(anyProto).resolve("../../../..").normalize();
    try (Stream<Path> files = Files.walk(root)) {
      List<String> own =
          files
              .filter(file -> file.toString().endsWith(".proto"))
              .map(file -> root.relativize(file).toString())
              .toList();
      assertThat(own).hasSize(20);
      assertThat(CompiledProtocol.files().keySet()).containsAll(own);
    }
  }

  record Doctored(String what, Consumer<ObjectNode> change, String expected) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Doctored> doctoredTables() {
    String meta = "/packages/greptime.v1.meta";
    String lease = meta + "/messages/RegionLease";
    return Stream.of(
        new Doctored(
            "a field with another number",
            t -> object(t, lease + "/fields/0").put("number", 99),
            "missing: message greptime.v1.meta.RegionLease field 99"),
        new Doctored(
            "a field with another name",
            t -> object(t, lease + "/fields/0").put("name", "other"),
            "different: message greptime.v1.meta.RegionLease field 1: name"),
        new Doctored(
            "a field with another JSON name",
            t -> object(t, lease + "/fields/0").put("json_name", "other"),
            "different: message greptime.v1.meta.RegionLease field 1: json name"),
        new Doctored(
            "a field with another type",
            t -> object(t, lease + "/fields/1").put("type", "sint64"),
            "different: message greptime.v1.meta.RegionLease field 2: type"),
        new Doctored(
            "a field with another label",
            t -> object(t, lease + "/fields/0").put("label", "singular"),
            "different: message greptime.v1.meta.RegionLease field 1: label"),
        new Doctored(
            "a field within a oneof",
            t -> object(t, lease + "/fields/0").put("oneof", "kind"),
            "different: message greptime.v1.meta.RegionLease field 1: oneof"),
        new Doctored(
            "a packed field",
            t -> object(t, lease + "/fields/0").put("packed", true),
            "different: message greptime.v1.meta.RegionLease field 1: packed"),
        new Doctored(
            "a deprecated field",
            t -> object(t, lease + "/fields/0").put("deprecated", true),
            "different: message greptime.v1.meta.RegionLease field 1: deprecated"),
        new Doctored(
            "a table that lacks a field",
            t -> ((ArrayNode) t.at(lease + "/fields")).remove(0),
            "extra: message greptime.v1.meta.RegionLease field 1"),
        new Doctored(
            "a table that lacks a message",
            t -> object(t, meta + "/messages").remove("RegionLease"),
            "extra: message greptime.v1.meta.RegionLease"),
        new Doctored(
            "an enum value with another number",
            t -> object(t, meta + "/enums/RegionRole/values/0").put("number", 7),
            "different: enum greptime.v1.meta.RegionRole value"),
        new Doctored(
            "a table that lacks an enum",
            t -> object(t, meta + "/enums").remove("RegionRole"),
            "extra: enum greptime.v1.meta.RegionRole"),
        new Doctored(
            "a method that does not stream",
            t -> object(t, meta + "/services/Heartbeat/methods/1").put("client_streaming", false),
            "different: service greptime.v1.meta.Heartbeat method Heartbeat: client streaming"),
        new Doctored(
            "a table that lacks a service",
            t -> object(t, meta + "/services").remove("Lock"),
            "extra: service greptime.v1.meta.Lock"),
        new Doctored(
            "a table that lacks a package",
            t -> object(t, "/packages").remove("greptime.v1.flow"),
            "extra: package greptime.v1.flow"));
  }

  @ParameterizedTest
  @MethodSource("doctoredTables")
  void givenADoctoredTable_whenCompared_thenTheDifferenceIsNamed(Doctored doctored)
      throws IOException {
    JsonNode table = WireTable.load();
    doctored.change().accept((ObjectNode) table);

    List<String> differences = WireTable.facts(table).differencesFrom(CompiledProtocol.facts());

    assertThat(differences).anyMatch(line -> line.startsWith(doctored.expected()));
  }

  private static ObjectNode object(ObjectNode table, String pointer) {
    return (ObjectNode) table.at(pointer);
  }
}
