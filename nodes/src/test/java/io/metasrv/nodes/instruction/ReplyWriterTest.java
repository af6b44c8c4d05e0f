package io.metasrv.nodes.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.InstructionReply.Downgraded;
import io.metasrv.nodes.instruction.InstructionReply.Flushed;
import io.metasrv.nodes.instruction.InstructionReply.Readiness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("sheet 04 §7: the replies' exact text")
class ReplyWriterTest {

  private static final RegionId REGION = RegionId.parse("4398046511105");
  private static final RegionId NEXT = RegionId.parse("4398046511106");

  static Stream<Arguments> replies() {
    Readiness ready = new Readiness(REGION, true, true, Optional.empty());
    String item = "{\"region_id\":4398046511105,\"ready\":true,\"exists\":true,\"error\":null}";
    return Stream.of(
        Arguments.of(
            new InstructionReply.OpenRegions(true, Optional.empty()),
            "{\"type\":\"open_regions\",\"result\":true,\"error\":null}"),
        Arguments.of(
            new InstructionReply.CloseRegions(false, Optional.of("a \"quoted\"\nline\u0001")),
            "{\"type\":\"close_regions\",\"result\":false,"
                + "\"error\":\"a \\\"quoted\\\"\\nline\\u0001\"}"),
        Arguments.of(
            new InstructionReply.DowngradeRegions(
                List.of(
                    new Downgraded(
                        REGION,
                        OptionalLong.of(42),
                        OptionalLong.empty(),
                        true,
                        Optional.empty()))),
            "{\"type\":\"downgrade_regions\",\"replies\":[{\"region_id\":4398046511105,"
                + "\"last_entry_id\":42,\"metadata_last_entry_id\":null,\"exists\":true,"
                + "\"error\":null}]}"),
        Arguments.of(
            new InstructionReply.UpgradeRegions(List.of(ready)),
            "{\"type\":\"upgrade_regions\",\"replies\":[" + item + "]}"),
        Arguments.of(
            new InstructionReply.EnterStagingRegions(List.of(ready)),
            "{\"type\":\"enter_staging_regions\",\"replies\":[" + item + "]}"),
        Arguments.of(
            new InstructionReply.SyncRegions(List.of(ready)),
            "{\"type\":\"sync_regions\",\"replies\":[" + item + "]}"),
        Arguments.of(
            new InstructionReply.ApplyStagingManifests(List.of(ready)),
            "{\"type\":\"apply_staging_manifests\",\"replies\":[" + item + "]}"),
        Arguments.of(
            new InstructionReply.FlushRegions(
                List.of(
                    new Flushed(REGION, Optional.empty()),
                    new Flushed(NEXT, Optional.of("flush failed"))),
                false),
            "{\"type\":\"flush_regions\",\"results\":[[4398046511105,{\"Ok\":null}],"
                + "[4398046511106,{\"Err\":\"flush failed\"}]],\"overall_success\":false}"),
        Arguments.of(
            new InstructionReply.GetFileRefs(Map.of(), Map.of(), true, Optional.empty()),
            "{\"type\":\"get_file_refs\",\"file_refs_manifest\":{\"file_refs\":{},"
                + "\"manifest_version\":{},\"cross_region_refs\":{}},\"success\":true,"
                + "\"error\":null}"),
        Arguments.of(
            new InstructionReply.GetFileRefs(
                Map.of(REGION, 18L), Map.of(REGION, List.of(NEXT)), true, Optional.empty()),
            "{\"type\":\"get_file_refs\",\"file_refs_manifest\":{\"file_refs\":{},"
                + "\"manifest_version\":{\"4398046511105\":18},"
                + "\"cross_region_refs\":{\"4398046511105\":[4398046511106]}},\"success\":true,"
                + "\"error\":null}"),
        Arguments.of(
            new InstructionReply.GcRegions(Optional.empty(), List.of(REGION), List.of()),
            "{\"type\":\"gc_regions\",\"result\":{\"Ok\":{"
                + "\"deleted_files\":{\"4398046511105\":[]},\"deleted_indexes\":{},"
                + "\"need_retry_regions\":[],\"processed_regions\":[4398046511105]}}}"),
        Arguments.of(
            new InstructionReply.GcRegions(Optional.of("busy"), List.of(), List.of()),
            "{\"type\":\"gc_regions\",\"result\":{\"Err\":\"busy\"}}"),
        Arguments.of(
            new InstructionReply.RemapManifest(
                true, Map.of(RegionId.parse("18446744069414584330"), "p"), Optional.empty()),
            "{\"type\":\"remap_manifest\",\"exists\":true,"
                + "\"manifest_paths\":{\"18446744069414584330\":\"p\"},\"error\":null}"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void givenAReply_whenWritten_thenTheTextIsTheReferences(InstructionReply reply, String text) {
    assertThat(ReplyWriter.write(reply)).isEqualTo(text);
  }
}
