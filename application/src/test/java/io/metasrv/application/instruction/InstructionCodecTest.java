package io.metasrv.application.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.instruction.Instruction.DowngradeRegion;
import io.metasrv.application.instruction.Instruction.EnterStagingRegions;
import io.metasrv.application.instruction.Instruction.FlushErrors;
import io.metasrv.application.instruction.Instruction.FlushStrategy;
import io.metasrv.application.instruction.Instruction.OpenRegions;
import io.metasrv.application.instruction.Instruction.PartitionDirective;
import io.metasrv.application.instruction.Instruction.UpgradeRegion;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionCodecTest {

  private static final RegionId REGION = new RegionId(4398046511105L);

  @ParameterizedTest
  @DisplayName("sheet 04 case 17: legacy single forms equal the plural form with one item")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"OpenRegion\":{\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,\"region_number\":1,\"engine\":\"mito\"},\"region_storage_path\":\"p\",\"region_options\":{}}}"
            + "|{\"OpenRegions\":[{\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,\"region_number\":1,\"engine\":\"mito\"},\"region_storage_path\":\"p\",\"region_options\":{},\"region_wal_options\":{},\"skip_wal_replay\":false,\"requirements\":{\"object_storage\":false}}]}",
        "{\"CloseRegion\":{\"datanode_id\":1,\"table_id\":1024,\"region_number\":1,\"engine\":\"\"}}"
            + "|{\"CloseRegions\":[{\"datanode_id\":1,\"table_id\":1024,\"region_number\":1,\"engine\":\"\"}]}",
        "{\"UpgradeRegion\":{\"region_id\":4398046511105,\"last_entry_id\":null,\"metadata_last_entry_id\":null,\"replay_timeout\":\"1s\",\"location_id\":null}}"
            + "|{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"last_entry_id\":null,\"metadata_last_entry_id\":null,\"replay_timeout\":\"1s\",\"location_id\":null}]}",
        "{\"DowngradeRegion\":{\"region_id\":4398046511105,\"flush_timeout\":null}}"
            + "|{\"DowngradeRegions\":[{\"region_id\":4398046511105,\"flush_timeout\":null}]}",
        "{\"DowngradeRegions\":{\"region_id\":\"4398046511105\",\"flush_timeout\":{\"secs\":1,\"nanos\":0}}}"
            + "|{\"DowngradeRegions\":[{\"region_id\":4398046511105,\"flush_timeout\":{\"secs\":1,\"nanos\":0}}]}",
      })
  void legacySingleForms(String legacy, String plural) {
    assertThat(InstructionCodec.decode(legacy)).isEqualTo(InstructionCodec.decode(plural));
    assertThat(InstructionCodec.encode(InstructionCodec.decode(legacy))).isEqualTo(plural);
  }

  @Test
  @DisplayName("sheet 04 case 19: one timeout is humantime, its sibling is seconds and nanos")
  void timeouts() {
    Instruction upgrade =
        new Instruction.UpgradeRegions(
            List.of(
                new UpgradeRegion(
                    REGION,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Duration.ofSeconds(1),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty())));
    Instruction downgrade =
        new Instruction.DowngradeRegions(
            List.of(new DowngradeRegion(REGION, Optional.of(Duration.ofSeconds(1)))));

    assertThat(InstructionCodec.encode(upgrade))
        .contains("\"replay_timeout\":\"1s\"", "\"last_entry_id\":null", "\"location_id\":null")
        .doesNotContain("replay_entry_id");
    assertThat(InstructionCodec.encode(downgrade))
        .contains("\"flush_timeout\":{\"secs\":1,\"nanos\":0}");
  }

  @Test
  @DisplayName("sheet 04 case 20: partition directives")
  void partitionDirectives() {
    assertThat(staging("\"partition_expr\":\"x\"")).isEqualTo(new PartitionDirective.Update("x"));
    assertThat(staging("\"partition_directive\":{\"type\":\"reject_all_writes\"}"))
        .isEqualTo(new PartitionDirective.RejectAllWrites());
    assertThatThrownBy(() -> staging("\"partition_directive\":{\"type\":\"x\"}"))
        .isInstanceOfSatisfying(
            MetasrvException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.UNEXPECTED));
    assertThat(
            InstructionCodec.encode(
                InstructionCodec.decode(
                    "{\"EnterStagingRegions\":[{\"region_id\":1,\"partition_expr\":\"x\"}]}")))
        .isEqualTo("{\"EnterStagingRegions\":[{\"region_id\":1,\"partition_directive\":\"x\"}]}");
  }

  private static PartitionDirective staging(String member) {
    Instruction decoded =
        InstructionCodec.decode("{\"EnterStagingRegions\":[{\"region_id\":1," + member + "}]}");
    return ((EnterStagingRegions) decoded).regions().getFirst().directive();
  }

  @Test
  @DisplayName("sheet 04 case 22: defaults of FlushRegions")
  void flushDefaults() {
    assertThat(InstructionCodec.decode("{\"FlushRegions\":{\"region_ids\":[1]}}"))
        .isEqualTo(
            new Instruction.FlushRegions(
                List.of(new RegionId(1)),
                FlushStrategy.SYNC,
                FlushErrors.FAIL_FAST,
                Optional.empty()));
  }

  @ParameterizedTest
  @DisplayName("sheet 04 §6: the examples of every instruction survive")
  @ValueSource(
      strings = {
        "\"Suspend\"",
        "{\"OpenRegions\":[{\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,\"region_number\":1,\"engine\":\"mito\"},\"region_storage_path\":\"data/greptime/public/\",\"region_options\":{\"ttl\":\"7days\"},\"region_wal_options\":{\"1\":\"{\\\"wal.provider\\\":\\\"kafka\\\",\\\"wal.kafka.topic\\\":\\\"greptimedb_wal_topic_3\\\"}\"},\"skip_wal_replay\":true,\"reason\":\"RegionFailover\",\"requirements\":{\"object_storage\":true}}]}",
        "{\"UpgradeRegions\":[{\"region_id\":4398046511105,\"last_entry_id\":42,\"metadata_last_entry_id\":null,\"replay_timeout\":\"1m"
            + " 58s\",\"location_id\":1,\"replay_entry_id\":40}]}",
        "{\"InvalidateCaches\":[{\"FlowNodeAddressChange\":1},{\"User\":{\"catalog\":\"greptime\",\"username\":\"alice\"}}]}",
        "{\"FlushRegions\":{\"region_ids\":[4398046511105],\"strategy\":\"Async\",\"error_strategy\":\"TryAll\",\"reason\":\"RemoteWalPrune\"}}",
        "{\"GetFileRefs\":{\"query_regions\":[4398046511105],\"related_regions\":{\"4398046511105\":[4398046511106]}}}",
        "{\"GcRegions\":{\"regions\":[4398046511105],\"file_refs_manifest\":{\"file_refs\":{\"4398046511105\":[{\"region_id\":4398046511105,\"file_id\":\"6f1c2a9e-7b1e-4c1d-9a54-0f1f2f3f4f5f\",\"index_version\":null}]},\"manifest_version\":{\"4398046511105\":10},\"cross_region_refs\":{}},\"full_file_listing\":false}}",
        "{\"SyncRegions\":[{\"region_id\":4398046511106,\"request\":{\"FromRegion\":{\"source_region_id\":4398046511105,\"parallelism\":3}}},{\"region_id\":4398046511105,\"request\":{\"FromManifest\":{\"Mito\":{\"manifest_version\":7,\"flushed_entry_id\":40,\"file_removed_cnt\":0}}}}]}",
        "{\"SyncRegions\":[{\"region_id\":1,\"request\":{\"FromManifest\":{\"Metric\":{\"data_manifest_version\":1,\"data_flushed_entry_id\":2,\"metadata_manifest_version\":3,\"metadata_flushed_entry_id\":4}}}}]}",
        "{\"RemapManifest\":{\"region_id\":4398046511105,\"input_regions\":[4398046511105],\"region_mapping\":{\"4398046511105\":[4398046511105,4398046511106]},\"new_partition_exprs\":{\"4398046511105\":\"<expr"
            + " json>\"}}}",
        "{\"ApplyStagingManifests\":[{\"region_id\":4398046511106,\"partition_expr\":\"<expr"
            + " json>\",\"central_region_id\":4398046511105,\"manifest_path\":\"staging/blob/x\"}]}",
        "{\"DowngradeRegions\":[{\"region_id\":4398046511105,\"flush_timeout\":{\"secs\":119,\"nanos\":250000000}}]}",
      })
  void examples(String json) {
    assertThat(InstructionCodec.encode(InstructionCodec.decode(json))).isEqualTo(json);
  }

  @Test
  void givenUnknownMembers_whenDecoded_thenTheyAreIgnored() {
    Instruction decoded =
        InstructionCodec.decode(
            "{\"CloseRegions\":[{\"datanode_id\":1,\"table_id\":1024,\"region_number\":1,"
                + "\"engine\":\"\",\"later\":{\"deep\":[1,2]}}]}");

    assertThat(((Instruction.CloseRegions) decoded).regions().getFirst().region())
        .isEqualTo(REGION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "\"Resume\"", "{\"Nothing\":[]}", "{}", "[]", "{\"OpenRegions\":[{}]}"})
  void givenNoInstruction_whenDecoded_thenTheErrorSaysSo(String json) {
    assertThatThrownBy(() -> InstructionCodec.decode(json))
        .isInstanceOf(MetasrvException.class)
        .hasMessageStartingWith("Failed to deserialize JSON: ");
  }

  @Test
  void givenWalOptions_whenDecoded_thenRegionNumbersAreNumbers() {
    OpenRegions open =
        (OpenRegions)
            InstructionCodec.decode(
                "{\"OpenRegions\":[{\"region_ident\":{\"datanode_id\":2,\"table_id\":1024,"
                    + "\"region_number\":1,\"engine\":\"mito\"},\"region_storage_path\":\"p\","
                    + "\"region_options\":{},\"region_wal_options\":{\"4294967295\":\"{}\"}}]}");

    assertThat(open.regions().getFirst().walOptions()).containsOnlyKeys(4294967295L);
  }
}
