package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.instruction.InstructionReply.DeletedIndex;
import io.metasrv.application.instruction.InstructionReply.Downgraded;
import io.metasrv.application.instruction.InstructionReply.Flushed;
import io.metasrv.application.instruction.InstructionReply.GcResult;
import io.metasrv.application.instruction.InstructionReply.RegionReady;
import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.RegionId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Replies as JSON: tagged from within by {@code "type"} (sheet 04 §7). Reads every older form; the
 * order of members does not matter.
 */
public final class InstructionReplyCodec {

  private InstructionReplyCodec() {}

  /** The JSON. */
  public static String encode(InstructionReply reply) {
    return JsonWriter.text(out -> out.object(() -> write(out, reply)));
  }

  /**
   * Reads the JSON.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if it is none
   */
  public static InstructionReply decode(String json) {
    JsonObject body = JsonValue.parse(json).object();
    String type = body.get("type").text();
    return switch (type) {
      case "open_regions", "open_region" ->
          new InstructionReply.OpenRegions(body.get("result").bool(), RegionJson.readError(body));
      case "close_regions", "close_region" ->
          new InstructionReply.CloseRegions(body.get("result").bool(), RegionJson.readError(body));
      case "downgrade_regions", "downgrade_region" ->
          new InstructionReply.DowngradeRegions(
              replies(body, InstructionReplyCodec::readDowngraded));
      case "upgrade_regions", "upgrade_region" ->
          new InstructionReply.UpgradeRegions(replies(body, InstructionReplyCodec::readUpgraded));
      case "flush_regions" -> readFlush(body);
      case "get_file_refs" ->
          new InstructionReply.GetFileRefs(
              FileRefsCodec.read(body.get("file_refs_manifest")),
              body.get("success").bool(),
              RegionJson.readError(body));
      case "gc_regions" -> new InstructionReply.GcRegions(readGc(body.get("result").object()));
      case "enter_staging_regions" ->
          new InstructionReply.EnterStagingRegions(replies(body, InstructionReplyCodec::readReady));
      case "sync_regions" ->
          new InstructionReply.SyncRegions(replies(body, InstructionReplyCodec::readReady));
      case "remap_manifest" ->
          new InstructionReply.RemapManifest(
              body.get("exists").bool(),
              RegionJson.readByRegion(body.get("manifest_paths"), JsonValue::text),
              RegionJson.readError(body));
      case "apply_staging_manifests" ->
          new InstructionReply.ApplyStagingManifests(
              replies(body, InstructionReplyCodec::readReady));
      default -> throw JsonNames.unknown("reply", type);
    };
  }

  private static void write(JsonWriter out, InstructionReply reply) {
    switch (reply) {
      case InstructionReply.OpenRegions open -> {
        out.name("type").string("open_regions").name("result").bool(open.result());
        RegionJson.writeError(out, open.error());
      }
      case InstructionReply.CloseRegions close -> {
        out.name("type").string("close_regions").name("result").bool(close.result());
        RegionJson.writeError(out, close.error());
      }
      case InstructionReply.DowngradeRegions downgrade ->
          out.name("type")
              .string("downgrade_regions")
              .name("replies")
              .array(downgrade.replies(), InstructionReplyCodec::writeDowngraded);
      case InstructionReply.UpgradeRegions upgrade ->
          writeReady(out, "upgrade_regions", upgrade.replies());
      case InstructionReply.FlushRegions flush -> writeFlush(out, flush);
      case InstructionReply.GetFileRefs refs -> {
        out.name("type").string("get_file_refs").name("file_refs_manifest");
        FileRefsCodec.write(out, refs.fileRefs());
        out.name("success").bool(refs.success());
        RegionJson.writeError(out, refs.error());
      }
      case InstructionReply.GcRegions gc ->
          out.name("type")
              .string("gc_regions")
              .name("result")
              .object(() -> writeGc(out, gc.result()));
      case InstructionReply.EnterStagingRegions staging ->
          writeReady(out, "enter_staging_regions", staging.replies());
      case InstructionReply.SyncRegions sync -> writeReady(out, "sync_regions", sync.replies());
      case InstructionReply.RemapManifest remap -> {
        out.name("type").string("remap_manifest").name("exists").bool(remap.exists());
        out.name("manifest_paths");
        RegionJson.writeByRegion(out, remap.manifestPaths(), JsonWriter::string);
        RegionJson.writeError(out, remap.error());
      }
      case InstructionReply.ApplyStagingManifests apply ->
          writeReady(out, "apply_staging_manifests", apply.replies());
    }
  }

  /** A list under {@code replies}, or one bare item among the members. */
  private static <T> List<T> replies(JsonObject body, Function<JsonValue, T> item) {
    return body.members().containsKey("replies")
        ? body.get("replies").items().stream().map(item).toList()
        : List.of(item.apply(body));
  }

  private static void writeDowngraded(JsonWriter out, Downgraded reply) {
    out.object(
        () -> {
          out.name("region_id").unsigned(reply.region().value());
          RegionJson.writeOptional(out, "last_entry_id", reply.lastEntryId());
          RegionJson.writeOptional(out, "metadata_last_entry_id", reply.metadataLastEntryId());
          out.name("exists").bool(reply.exists());
          RegionJson.writeError(out, reply.error());
        });
  }

  private static Downgraded readDowngraded(JsonValue json) {
    JsonObject body = json.object();
    return new Downgraded(
        regionOrZero(body),
        body.findUnsigned("last_entry_id"),
        body.findUnsigned("metadata_last_entry_id"),
        body.get("exists").bool(),
        RegionJson.readError(body));
  }

  private static RegionId regionOrZero(JsonObject body) {
    return body.find("region_id").map(RegionIds::read).orElse(new RegionId(0));
  }

  private static void writeReady(JsonWriter out, String type, List<RegionReady> replies) {
    out.name("type")
        .string(type)
        .name("replies")
        .array(
            replies,
            (writer, reply) ->
                writer.object(
                    () -> {
                      writer.name("region_id").unsigned(reply.region().value());
                      writer.name("ready").bool(reply.ready());
                      writer.name("exists").bool(reply.exists());
                      RegionJson.writeError(writer, reply.error());
                    }));
  }

  private static RegionReady readUpgraded(JsonValue json) {
    return ready(regionOrZero(json.object()), json.object());
  }

  private static RegionReady readReady(JsonValue json) {
    return ready(RegionIds.read(json.object().get("region_id")), json.object());
  }

  private static RegionReady ready(RegionId region, JsonObject body) {
    return new RegionReady(
        region, body.get("ready").bool(), body.get("exists").bool(), RegionJson.readError(body));
  }

  private static void writeFlush(JsonWriter out, InstructionReply.FlushRegions flush) {
    out.name("type")
        .string("flush_regions")
        .name("results")
        .array(
            flush.results(),
            (writer, result) ->
                writer.array(
                    () -> {
                      writer.unsigned(result.region().value());
                      writer.object(() -> writeOutcome(writer, result));
                    }))
        .name("overall_success")
        .bool(flush.overallSuccess());
  }

  private static void writeOutcome(JsonWriter out, Flushed result) {
    result
        .error()
        .ifPresentOrElse(error -> out.name("Err").string(error), () -> out.name("Ok").nothing());
  }

  private static InstructionReply readFlush(JsonObject body) {
    return new InstructionReply.FlushRegions(
        body.get("results").items().stream()
            .map(JsonPair::of)
            .map(InstructionReplyCodec::readFlushed)
            .toList(),
        body.get("overall_success").bool());
  }

  private static Flushed readFlushed(JsonPair pair) {
    Map.Entry<String, JsonValue> outcome = pair.second().object().only();
    return new Flushed(
        RegionIds.read(pair.first()),
        switch (outcome.getKey()) {
          case "Ok" -> java.util.Optional.empty();
          case "Err" -> java.util.Optional.of(outcome.getValue().text());
          default -> throw JsonNames.unknown("result", outcome.getKey());
        });
  }

  private static void writeGc(JsonWriter out, GcResult result) {
    switch (result) {
      case GcResult.Failed(String error) -> out.name("Err").string(error);
      case GcResult.Done done -> out.name("Ok").object(() -> writeGcDone(out, done));
    }
  }

  private static void writeGcDone(JsonWriter out, GcResult.Done done) {
    out.name("deleted_files");
    RegionJson.writeByRegion(
        out, done.deletedFiles(), (writer, files) -> writer.array(files, JsonWriter::string));
    out.name("deleted_indexes");
    RegionJson.writeByRegion(
        out,
        done.deletedIndexes(),
        (writer, indexes) ->
            writer.array(
                indexes,
                (inner, index) ->
                    inner.array(() -> inner.string(index.fileId()).unsigned(index.version()))));
    out.name("need_retry_regions");
    RegionJson.writeIds(out, done.needRetry());
    out.name("processed_regions");
    RegionJson.writeIds(out, done.processed());
  }

  private static GcResult readGc(JsonObject result) {
    Map.Entry<String, JsonValue> outcome = result.only();
    return switch (outcome.getKey()) {
      case "Ok" -> readGcDone(outcome.getValue().object());
      case "Err" -> new GcResult.Failed(outcome.getValue().text());
      default -> throw JsonNames.unknown("result", outcome.getKey());
    };
  }

  private static GcResult readGcDone(JsonObject report) {
    return new GcResult.Done(
        RegionJson.readByRegion(
            report.get("deleted_files"),
            files -> files.items().stream().map(JsonValue::text).toList()),
        RegionJson.readByRegion(
            report.get("deleted_indexes"),
            indexes ->
                indexes.items().stream()
                    .map(JsonPair::of)
                    .map(pair -> new DeletedIndex(pair.first().text(), pair.second().unsigned()))
                    .toList()),
        RegionJson.readIds(report.get("need_retry_regions")),
        RegionJson.readIds(report.get("processed_regions")));
  }
}
