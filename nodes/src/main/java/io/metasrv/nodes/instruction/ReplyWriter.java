package io.metasrv.nodes.instruction;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.instruction.InstructionReply.Downgraded;
import io.metasrv.nodes.instruction.InstructionReply.Flushed;
import io.metasrv.nodes.instruction.InstructionReply.Readiness;
import io.metasrv.nodes.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a reply as JSON text (sheet 04 §7): internally tagged, members in the reference's order,
 * absent values as {@code null}. Pure.
 */
public final class ReplyWriter {

  private ReplyWriter() {}

  public static String write(InstructionReply reply) {
    JsonText json = new JsonText().startObject().name("type");
    switch (reply) {
      case InstructionReply.OpenRegions open ->
          simple(json.string("open_regions"), open.result(), open.error());
      case InstructionReply.CloseRegions close ->
          simple(json.string("close_regions"), close.result(), close.error());
      case InstructionReply.DowngradeRegions downgrade ->
          downgraded(json.string("downgrade_regions"), downgrade.replies());
      case InstructionReply.UpgradeRegions upgrade ->
          ready(json.string("upgrade_regions"), upgrade.replies());
      case InstructionReply.EnterStagingRegions staging ->
          ready(json.string("enter_staging_regions"), staging.replies());
      case InstructionReply.SyncRegions sync -> ready(json.string("sync_regions"), sync.replies());
      case InstructionReply.ApplyStagingManifests apply ->
          ready(json.string("apply_staging_manifests"), apply.replies());
      case InstructionReply.FlushRegions flush -> flushed(json.string("flush_regions"), flush);
      case InstructionReply.GetFileRefs refs -> fileRefs(json.string("get_file_refs"), refs);
      case InstructionReply.GcRegions gc -> collected(json.string("gc_regions"), gc);
      case InstructionReply.RemapManifest remap -> remapped(json.string("remap_manifest"), remap);
    }
    return json.endObject().toString();
  }

  private static void simple(JsonText json, boolean result, Optional<String> error) {
    json.name("result").bool(result).name("error").stringOrNull(error);
  }

  private static void downgraded(JsonText json, List<Downgraded> replies) {
    json.name("replies").startArray();
    for (Downgraded reply : replies) {
      json.startObject();
      json.name("region_id").unsigned(reply.region().value());
      json.name("last_entry_id").unsignedOrNull(reply.lastEntryId());
      json.name("metadata_last_entry_id").unsignedOrNull(reply.metadataLastEntryId());
      json.name("exists").bool(reply.exists());
      json.name("error").stringOrNull(reply.error());
      json.endObject();
    }
    json.endArray();
  }

  private static void ready(JsonText json, List<Readiness> replies) {
    json.name("replies").startArray();
    for (Readiness reply : replies) {
      json.startObject();
      json.name("region_id").unsigned(reply.region().value());
      json.name("ready").bool(reply.ready());
      json.name("exists").bool(reply.exists());
      json.name("error").stringOrNull(reply.error());
      json.endObject();
    }
    json.endArray();
  }

  private static void flushed(JsonText json, InstructionReply.FlushRegions flush) {
    json.name("results").startArray();
    for (Flushed result : flush.results()) {
      json.startArray().unsigned(result.region().value()).startObject();
      if (result.error().isPresent()) {
        json.name("Err").string(result.error().get());
      } else {
        json.name("Ok").nothing();
      }
      json.endObject().endArray();
    }
    json.endArray().name("overall_success").bool(flush.overallSuccess());
  }

  private static void fileRefs(JsonText json, InstructionReply.GetFileRefs refs) {
    json.name("file_refs_manifest").startObject();
    json.name("file_refs").startObject().endObject();
    json.name("manifest_version").startObject();
    refs.manifestVersions()
        .forEach((region, version) -> json.name(region.toDecimal()).unsigned(version));
    json.endObject();
    json.name("cross_region_refs").startObject();
    refs.crossRegionReferences()
        .forEach((region, others) -> regions(json.name(region.toDecimal()), others));
    json.endObject().endObject();
    json.name("success").bool(refs.success()).name("error").stringOrNull(refs.error());
  }

  private static void collected(JsonText json, InstructionReply.GcRegions gc) {
    json.name("result").startObject();
    if (gc.error().isPresent()) {
      json.name("Err").string(gc.error().get());
    } else {
      json.name("Ok").startObject();
      json.name("deleted_files");
      noFilesOf(json, gc.processed());
      json.name("deleted_indexes").startObject().endObject();
      regions(json.name("need_retry_regions"), gc.needRetry());
      regions(json.name("processed_regions"), gc.processed());
      json.endObject();
    }
    json.endObject();
  }

  private static void noFilesOf(JsonText json, List<RegionId> regions) {
    json.startObject();
    for (RegionId region : regions) {
      json.name(region.toDecimal()).startArray().endArray();
    }
    json.endObject();
  }

  private static void remapped(JsonText json, InstructionReply.RemapManifest remap) {
    json.name("exists").bool(remap.exists());
    json.name("manifest_paths").startObject();
    for (Map.Entry<RegionId, String> path : remap.manifestPaths().entrySet()) {
      json.name(path.getKey().toDecimal()).string(path.getValue());
    }
    json.endObject().name("error").stringOrNull(remap.error());
  }

  private static void regions(JsonText json, List<RegionId> regions) {
    json.startArray();
    for (RegionId region : regions) {
      json.unsigned(region.value());
    }
    json.endArray();
  }
}
