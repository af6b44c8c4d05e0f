package io.metasrv.nodes.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.nodes.instruction.Instruction.FlushErrors;
import io.metasrv.nodes.instruction.Instruction.FlushStrategy;
import io.metasrv.nodes.instruction.Instruction.SyncSource;
import io.metasrv.nodes.json.JsonFormatException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionReaderTest {

  private static final RegionId REGION = RegionId.parse("4398046511105");
  private static final RegionId NEXT = RegionId.parse("4398046511106");

  @DisplayName("sheet 04 case 17: legacy names and single objects equal the plural form")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenRegion | {\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,\"region_number\":1,"
            + "\"engine\":\"mito\"},\"region_storage_path\":\"p\",\"region_options\":{}}",
        "CloseRegion | {\"datanode_id\":1,\"table_id\":1024,\"region_number\":1,\"engine\":\"\"}",
        "UpgradeRegion | {\"region_id\":4398046511105,\"last_entry_id\":null,"
            + "\"replay_timeout\":\"1s\"}",
        "DowngradeRegion | {\"region_id\":4398046511105,\"flush_timeout\":null}"
      })
  void givenALegacyForm_whenRead_thenItEqualsThePluralFormWithOneItem(String name, String body) {
    Instruction plural = InstructionReader.read("{\"" + name + "s\":[" + body + "]}");

    assertThat(InstructionReader.read("{\"" + name + "\":" + body + "}")).isEqualTo(plural);
    assertThat(InstructionReader.read("{\"" + name + "\":[" + body + "]}")).isEqualTo(plural);
    assertThat(InstructionReader.read("{\"" + name + "s\":" + body + "}")).isEqualTo(plural);
  }

  @Test
  void givenAnOpenInstruction_whenRead_thenAllFieldsAreThere() {
    Instruction instruction =
        InstructionReader.read(
            """
            {"OpenRegions":[{"region_ident":{"datanode_id":2,"table_id":1024,"region_number":1,
            "engine":"mito"},"region_storage_path":"data/greptime/public/",
            "region_options":{"ttl":"7days"},
            "region_wal_options":{"1":"{\\"wal.provider\\":\\"noop\\"}"},
            "skip_wal_replay":true,"reason":"RegionFailover","requirements":{"object_storage":true},
            "a member of a later version":1}]}\
            """);

    assertThat(instruction)
        .isEqualTo(
            new Instruction.OpenRegions(
                List.of(
                    new Instruction.OpenRegion(
                        new Instruction.RegionIdent(2, REGION, "mito"),
                        "data/greptime/public/",
                        Map.of("ttl", "7days"),
                        Map.of(1L, "{\"wal.provider\":\"noop\"}"),
                        true,
                        Optional.of("RegionFailover"),
                        true))));
  }

  @DisplayName("sheet 04 case 19: two forms of durations; absent entry ids")
  @Test
  void givenDurations_whenRead_thenBothFormsAreUnderstood() {
    assertThat(
            InstructionReader.read(
                "{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"last_entry_id\":null,"
                    + "\"metadata_last_entry_id\":null,\"replay_timeout\":\"1s\","
                    + "\"location_id\":null}]}"))
        .isEqualTo(
            new Instruction.UpgradeRegions(
                List.of(
                    new Instruction.UpgradeRegion(
                        REGION,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Duration.ofSeconds(1),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()))));
    assertThat(
            InstructionReader.read(
                "{\"DowngradeRegions\":[{\"region_id\":4398046511105,"
                    + "\"flush_timeout\":{\"secs\":119,\"nanos\":250000000}}]}"))
        .isEqualTo(
            new Instruction.DowngradeRegions(
                List.of(
                    new Instruction.DowngradeRegion(
                        REGION, Optional.of(Duration.ofMillis(119_250))))));
  }

  @ParameterizedTest
  @CsvSource({
    "1s, 1000000000",
    "1m 58s, 118000000000",
    "119870ms, 119870000000",
    "59s 996ms 91us 15ns, 59996091015",
    "2h, 7200000000000",
    "1day, 86400000000000"
  })
  void givenHumanTime_whenRead_thenItIsExact(String text, long nanos) {
    assertThat(HumanTime.parse("here", text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "1 fortnight", "1s!", "99999999999999999999s"})
  void givenNoHumanTime_whenRead_thenTheErrorNamesThePlace(String text) {
    assertThatThrownBy(() -> HumanTime.parse("the field", text))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("the field");
  }

  @DisplayName("sheet 04 case 20: both forms of the partition directive")
  @Test
  void givenPartitionDirectives_whenRead_thenBothFormsDecodeAndOthersFail() {
    String form = "{\"EnterStagingRegions\":[{\"region_id\":4398046511105,%s}]}";

    assertThat(InstructionReader.read(String.format(form, "\"partition_expr\":\"{}\"")))
        .isEqualTo(staging(Optional.of("{}")));
    assertThat(InstructionReader.read(String.format(form, "\"partition_directive\":\"{}\"")))
        .isEqualTo(staging(Optional.of("{}")));
    assertThat(
            InstructionReader.read(
                String.format(form, "\"partition_directive\":{\"type\":\"reject_all_writes\"}")))
        .isEqualTo(staging(Optional.empty()));
    assertThatThrownBy(
            () ->
                InstructionReader.read(
                    String.format(form, "\"partition_directive\":{\"type\":\"x\"}")))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("unknown type x");
  }

  private static Instruction staging(Optional<String> expression) {
    return new Instruction.EnterStagingRegions(
        List.of(new Instruction.EnterStagingRegion(REGION, expression)));
  }

  @DisplayName("sheet 04 case 21: region ids as keys are strings, and unsigned")
  @Test
  void givenRegionIdsAsKeysAndBeyondTheSignedRange_whenRead_thenTheyAreUnsigned() {
    assertThat(
            InstructionReader.read(
                "{\"GetFileRefs\":{\"query_regions\":[18446744069414584330,\"4398046511105\"],"
                    + "\"related_regions\":{\"18446744069414584330\":[4398046511106]}}}"))
        .isEqualTo(
            new Instruction.GetFileRefs(
                List.of(RegionId.parse("18446744069414584330"), REGION),
                Map.of(RegionId.parse("18446744069414584330"), List.of(NEXT))));
  }

  @DisplayName("sheet 04 case 22: defaults of a flush")
  @Test
  void givenAFlushWithoutOptions_whenRead_thenSyncFailFastAndNoReason() {
    assertThat(InstructionReader.read("{\"FlushRegions\":{\"region_ids\":[4398046511105]}}"))
        .isEqualTo(
            new Instruction.FlushRegions(
                List.of(REGION), FlushStrategy.SYNC, FlushErrors.FAIL_FAST, Optional.empty()));
    assertThat(
            InstructionReader.read(
                "{\"FlushRegions\":{\"region_ids\":[4398046511105],\"strategy\":\"Async\","
                    + "\"error_strategy\":\"TryAll\",\"reason\":\"RemoteWalPrune\"}}"))
        .isEqualTo(
            new Instruction.FlushRegions(
                List.of(REGION),
                FlushStrategy.ASYNC,
                FlushErrors.TRY_ALL,
                Optional.of("RemoteWalPrune")));
  }

  @Test
  void givenEveryCacheIdentifier_whenRead_thenAllAreUnderstood() {
    assertThat(
            InstructionReader.read(
                """
                {"InvalidateCaches":[{"TableId":1024},
                {"TableName":{"catalog_name":"greptime","schema_name":"public","table_name":"cpu"}},
                {"SchemaName":{"catalog_name":"greptime","schema_name":"public"}},
                {"FlowId":1},{"FlowName":{"catalog_name":"greptime","flow_name":"f"}},
                {"FlowNodeAddressChange":1},
                {"CreateFlow":{"flow_id":1025,"source_table_ids":[1024],
                "partition_to_peer_mapping":[[0,{"id":1,"addr":"10.0.0.9:3004"}]]}},
                {"DropFlow":{"flow_id":1025,"source_table_ids":[1024],
                "flow_part2node_id":[[0,1]]}},
                {"User":{"catalog":"greptime","username":"alice"}}]}\
                """))
        .isEqualTo(
            new Instruction.InvalidateCaches(
                List.of(
                    new CacheIdent.OfTableId(new TableId(1024)),
                    new CacheIdent.OfTableName("greptime", "public", "cpu"),
                    new CacheIdent.OfSchemaName("greptime", "public"),
                    new CacheIdent.OfFlowId(1),
                    new CacheIdent.OfFlowName("greptime", "f"),
                    new CacheIdent.FlownodeAddressChange(1),
                    new CacheIdent.CreateFlow(
                        1025, List.of(new TableId(1024)), Map.of(0L, new Peer(1, "10.0.0.9:3004"))),
                    new CacheIdent.DropFlow(1025, List.of(new TableId(1024)), Map.of(0L, 1L)),
                    new CacheIdent.OfUser("greptime", "alice"))));
  }

  @Test
  void givenTheStagingInstructionsOfTheSheet_whenRead_thenTheyAreUnderstood() {
    assertThat(
            InstructionReader.read(
                """
                {"SyncRegions":[{"region_id":4398046511106,
                "request":{"FromRegion":{"source_region_id":4398046511105,"parallelism":3}}},
                {"region_id":4398046511105,"request":{"FromManifest":{"Mito":
                {"manifest_version":7,"flushed_entry_id":40,"file_removed_cnt":0}}}}]}\
                """))
        .isEqualTo(
            new Instruction.SyncRegions(
                List.of(
                    new Instruction.SyncRegion(NEXT, new SyncSource.FromRegion(REGION, 3)),
                    new Instruction.SyncRegion(REGION, new SyncSource.FromMitoManifest(7)))));
    assertThat(
            InstructionReader.read(
                """
                {"RemapManifest":{"region_id":4398046511105,"input_regions":[4398046511105],
                "region_mapping":{"4398046511105":[4398046511105,4398046511106]},
                "new_partition_exprs":{"4398046511105":"a","4398046511106":"b"}}}\
                """))
        .isEqualTo(
            new Instruction.RemapManifest(
                REGION,
                List.of(REGION),
                Map.of(REGION, List.of(REGION, NEXT)),
                Map.of(REGION, "a", NEXT, "b")));
  }

  @Test
  void givenTheBareString_whenRead_thenItIsSuspend() {
    assertThat(InstructionReader.read("\"Suspend\"")).isEqualTo(new Instruction.Suspend());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "\"Sleep\"",
        "{}",
        "{\"CloseRegions\":[],\"OpenRegions\":[]}",
        "{\"FlyRegions\":[]}",
        "{\"CloseRegions\":[{\"datanode_id\":1,\"table_id\":1024,\"region_number\":1}]}",
        "{\"FlushRegions\":{\"region_ids\":[-1]}}",
        "{\"FlushRegions\":{\"region_ids\":[1],\"strategy\":\"Later\"}}",
        "{\"InvalidateCaches\":[{\"Everything\":1}]}",
        "{\"CloseRegions\":[]} {}"
      })
  void givenNoInstruction_whenRead_thenItIsRefused(String json) {
    assertThatThrownBy(() -> InstructionReader.read(json)).isInstanceOf(JsonFormatException.class);
  }
}
