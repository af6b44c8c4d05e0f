package io.metasrv.application.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.instruction.InstructionReply.Downgraded;
import io.metasrv.application.instruction.InstructionReply.RegionReady;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionReplyCodecTest {

  private static final RegionId REGION = new RegionId(4398046511105L);

  @Test
  @DisplayName("sheet 04 case 18: the four legacy replies")
  void legacyReplies() {
    assertThat(
            InstructionReplyCodec.decode(
                "{\"result\":true,\"error\":null,\"type\":\"open_region\"}"))
        .isEqualTo(new InstructionReply.OpenRegions(true, Optional.empty()));
    assertThat(
            InstructionReplyCodec.decode(
                "{\"result\":true,\"error\":null,\"type\":\"close_region\"}"))
        .isEqualTo(new InstructionReply.CloseRegions(true, Optional.empty()));
    assertThat(
            InstructionReplyCodec.decode(
                "{\"region_id\":4398046511105,\"last_entry_id\":null,"
                    + "\"metadata_last_entry_id\":null,\"exists\":true,\"error\":null,"
                    + "\"type\":\"downgrade_region\"}"))
        .isEqualTo(
            new InstructionReply.DowngradeRegions(
                List.of(
                    new Downgraded(
                        REGION,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        true,
                        Optional.empty()))));
    assertThat(
            InstructionReplyCodec.decode(
                "{\"ready\":true,\"exists\":true,\"error\":null,\"type\":\"upgrade_region\"}"))
        .isEqualTo(
            new InstructionReply.UpgradeRegions(
                List.of(new RegionReady(new RegionId(0), true, true, Optional.empty()))));
  }

  @Test
  @DisplayName("sheet 04 case 21: region ids as member names, and above 2^63")
  void regionIds() {
    String json =
        "{\"type\":\"get_file_refs\",\"file_refs_manifest\":{\"file_refs\":"
            + "{\"18446744069414584330\":[{\"region_id\":18446744069414584330,"
            + "\"file_id\":\"6f1c2a9e-7b1e-4c1d-9a54-0f1f2f3f4f5f\",\"index_version\":7}]},"
            + "\"manifest_version\":{\"18446744069414584330\":18446744073709551615},"
            + "\"cross_region_refs\":{\"1\":[2,18446744069414584330]}},"
            + "\"success\":true,\"error\":null}";

    InstructionReply.GetFileRefs decoded =
        (InstructionReply.GetFileRefs) InstructionReplyCodec.decode(json);

    assertThat(decoded.fileRefs().fileRefs())
        .containsOnlyKeys(RegionId.parse("18446744069414584330"));
    assertThat(InstructionReplyCodec.encode(decoded)).isEqualTo(json);
  }

  @ParameterizedTest
  @DisplayName("sheet 04 §7: the examples of every reply survive")
  @ValueSource(
      strings = {
        "{\"type\":\"open_regions\",\"result\":true,\"error\":null}",
        "{\"type\":\"close_regions\",\"result\":false,\"error\":\"region:4398046511105(1024, 1):"
            + " gone\"}",
        "{\"type\":\"downgrade_regions\",\"replies\":[{\"region_id\":4398046511105,\"last_entry_id\":42,\"metadata_last_entry_id\":null,\"exists\":true,\"error\":null}]}",
        "{\"type\":\"upgrade_regions\",\"replies\":[{\"region_id\":4398046511105,\"ready\":true,\"exists\":true,\"error\":null}]}",
        "{\"type\":\"flush_regions\",\"results\":[[4398046511105,{\"Ok\":null}],[4398046511106,{\"Err\":\"flush"
            + " failed\"}]],\"overall_success\":false}",
        "{\"type\":\"get_file_refs\",\"file_refs_manifest\":{\"file_refs\":{},\"manifest_version\":{},\"cross_region_refs\":{}},\"success\":true,\"error\":null}",
        "{\"type\":\"gc_regions\",\"result\":{\"Ok\":{\"deleted_files\":{\"4398046511105\":[\"6f1c2a9e-7b1e-4c1d-9a54-0f1f2f3f4f5f\"]},\"deleted_indexes\":{\"4398046511105\":[[\"6f1c2a9e-7b1e-4c1d-9a54-0f1f2f3f4f5f\",3]]},\"need_retry_regions\":[],\"processed_regions\":[4398046511105]}}}",
        "{\"type\":\"gc_regions\",\"result\":{\"Err\":\"Another gc task is running for the region:"
            + " 1\"}}",
        "{\"type\":\"enter_staging_regions\",\"replies\":[{\"region_id\":4398046511105,\"ready\":true,\"exists\":true,\"error\":null}]}",
        "{\"type\":\"sync_regions\",\"replies\":[{\"region_id\":4398046511106,\"ready\":false,\"exists\":true,\"error\":\"x\"}]}",
        "{\"type\":\"remap_manifest\",\"exists\":true,\"manifest_paths\":{\"4398046511106\":\"p\"},\"error\":null}",
        "{\"type\":\"apply_staging_manifests\",\"replies\":[{\"region_id\":4398046511106,\"ready\":true,\"exists\":true,\"error\":null}]}",
      })
  void examples(String json) {
    assertThat(InstructionReplyCodec.encode(InstructionReplyCodec.decode(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"type\":\"else\"}", "{\"type\":\"open_regions\"}"})
  void givenNoReply_whenDecoded_thenTheErrorSaysSo(String json) {
    assertThatThrownBy(() -> InstructionReplyCodec.decode(json))
        .isInstanceOf(MetasrvException.class)
        .hasMessageStartingWith("Failed to deserialize JSON: ");
  }
}
