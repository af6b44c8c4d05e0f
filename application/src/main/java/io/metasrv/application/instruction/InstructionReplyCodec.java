package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.instruction.InstructionReply.DeletedIndex;
import io.metasrv.application.instruction.InstructionReply.Downgraded;
import io.metasrv.application.instruction.InstructionReply.Flushed;
import io.metasrv.application.instruction.InstructionReply.GcResult;
import io.metasrv.application.instruction.InstructionReply.RegionReady;
import io.metasrv.application.json.JsonReader;
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
    return JsonReader.decode(json, document -> read(document.asObject()));
  }

  private static InstructionReply read(JsonValue.Object body) {
    String type = body.require("type").asText();
    return switch (type) {
      case "open_regions", "open_region" ->
          new InstructionReply.OpenRegions(
              body.require("result").asBool(), RegionJson.readError(body));
      case "close_regions", "close_region" ->
          new InstructionReply.CloseRegions(
              body.require("result").asBool(), RegionJson.readError(body));
      case "downgrade_regions", "downgrade_region" ->
          new InstructionReply.DowngradeRegions(
              replies(body, InstructionReplyCodec::readDowngraded));
      case "upgrade_regions", "upgrade_region" ->
          new InstructionReply.UpgradeRegions(replies(body, InstructionReplyCodec::readUpgraded));
      case "flush_regions" -> readFlush(body);
      case "get_file_refs" ->
          new InstructionReply.GetFileRefs(
              FileRefsCodec.read(body.require("file_refs_manifest")),
              body.require("success").asBool(),
              RegionJson.readError(body));
      case "gc_regions" ->
          new InstructionReply.GcRegions(readGc(body.require("result").asObject()));
      case "enter_staging_regions" ->
          new InstructionReply.EnterStagingRegions(replies(body, InstructionReplyCodec::readReady));
      case "sync_regions" ->
          new InstructionReply.SyncRegions(replies(body, InstructionReplyCodec::readReady));
      case "remap_manifest" ->
          new InstructionReply.RemapManifest(
              body.require("exists").asBool(),
              RegionJson.readByRegion(body.require("manifest_paths"), JsonValue::asText),
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
        out.name("type").value("open_regions").name("result").value(open.result());
        RegionJson.writeError(out, open.error());
      }
      case InstructionReply.CloseRegions close -> {
        out.name("type").value("close_regions").name("result").value(close.result());
        RegionJson.writeError(out, close.error());
      }
      case InstructionReply.DowngradeRegions downgrade ->
          out.name("type")
              .value("downgrade_regions")
              .name("replies")
              .array(downgrade.replies(), InstructionReplyCodec::writeDowngraded);
      case InstructionReply.UpgradeRegions upgrade ->
          writeReady(out, "upgrade_regions", upgrade.replies());
      case InstructionReply.FlushRegions flush -> writeFlush(out, flush);
      case InstructionReply.GetFileRefs refs -> {
        out.name("type").value("get_file_refs").name("file_refs_manifest");
        FileRefsCodec.write(out, refs.fileRefs());
        out.name("success").value(refs.success());
        RegionJson.writeError(out, refs.error());
      }
      case InstructionReply.GcRegions gc ->
          out.name("type")
              .value("gc_regions")
              .name("result")
              .object(() -> writeGc(out, gc.result()));
      case InstructionReply.EnterStagingRegions staging ->
          writeReady(out, "enter_staging_regions", staging.replies());
      case InstructionReply.SyncRegions sync -> writeReady(out, "sync_regions", sync.replies());
      case InstructionReply.RemapManifest remap -> {
        out.name("type").value("remap_manifest").name("exists").value(remap.exists());
        out.name("manifest_paths");
        RegionJson.writeByRegion(out, remap.manifestPaths(), JsonWriter::value);
        RegionJson.writeError(out, remap.error());
      }
      case InstructionReply.ApplyStagingManifests apply ->
          writeReady(out, "apply_staging_manifests", apply.replies());
    }
  }

  /** A list under {@code replies}, or one bare item among the members. */
  private static <T> List<T> replies(JsonValue.Object body, Function<JsonValue, T> item) {
    return body.members().containsKey("replies")
        ? body.require("replies").asArray().stream().map(item).toList()
        : List.of(item.apply(body));
  }

  private static void writeDowngraded(JsonWriter out, Downgraded reply) {
    out.object(
        () -> {
          out.name("region_id").unsigned(reply.region().value());
          RegionJson.writeOptional(out, "last_entry_id", reply.lastEntryId());
          RegionJson.writeOptional(out, "metadata_last_entry_id", reply.metadataLastEntryId());
          out.name("exists").value(reply.exists());
          RegionJson.writeError(out, reply.error());
        });
  }

  private static Downgraded readDowngraded(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new Downgraded(
        regionOrZero(body),
        body.findUnsigned("last_entry_id"),
        body.findUnsigned("metadata_last_entry_id"),
        body.require("exists").asBool(),
        RegionJson.readError(body));
  }

  private static RegionId regionOrZero(JsonValue.Object body) {
    return body.find("region_id").map(RegionIds::read).orElse(new RegionId(0));
  }

  private static void writeReady(JsonWriter out, String type, List<RegionReady> replies) {
    out.name("type")
        .value(type)
        .name("replies")
        .array(
            replies,
            (writer, reply) ->
                writer.object(
                    () -> {
                      writer.name("region_id").unsigned(reply.region().value());
                      writer.name("ready").value(reply.ready());
                      writer.name("exists").value(reply.exists());
                      RegionJson.writeError(writer, reply.error());
                    }));
  }

  private static RegionReady readUpgraded(JsonValue json) {
    return ready(regionOrZero(json.asObject()), json.asObject());
  }

  private static RegionReady readReady(JsonValue json) {
    return ready(RegionIds.read(json.asObject().require("region_id")), json.asObject());
  }

  private static RegionReady ready(RegionId region, JsonValue.Object body) {
    return new RegionReady(
        region,
        body.require("ready").asBool(),
        body.require("exists").asBool(),
        RegionJson.readError(body));
  }

  private static void writeFlush(JsonWriter out, InstructionReply.FlushRegions flush) {
    out.name("type")
        .value("flush_regions")
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
        .value(flush.overallSuccess());
  }

  private static void writeOutcome(JsonWriter out, Flushed result) {
    result
        .error()
        .ifPresentOrElse(error -> out.name("Err").value(error), () -> out.name("Ok").nullValue());
  }

  private static InstructionReply readFlush(JsonValue.Object body) {
    return new InstructionReply.FlushRegions(
        body.require("results").asArray().stream()
            .map(JsonPair::of)
            .map(InstructionReplyCodec::readFlushed)
            .toList(),
        body.require("overall_success").asBool());
  }

  private static Flushed readFlushed(JsonPair pair) {
    Map.Entry<String, JsonValue> outcome = pair.second().asObject().only();
    return new Flushed(
        RegionIds.read(pair.first()),
        switch (outcome.getKey()) {
          case "Ok" -> java.util.Optional.empty();
          case "Err" -> java.util.Optional.of(outcome.getValue().asText());
          default -> throw JsonNames.unknown("result", outcome.getKey());
        });
  }

  private static void writeGc(JsonWriter out, GcResult result) {
    switch (result) {
      case GcResult.Failed(String error) -> out.name("Err").value(error);
      case GcResult.Done done -> out.name("Ok").object(() -> writeGcDone(out, done));
    }
  }

  private static void writeGcDone(JsonWriter out, GcResult.Done done) {
    out.name("deleted_files");
    RegionJson.writeByRegion(
        out, done.deletedFiles(), (writer, files) -> writer.array(files, JsonWriter::value));
    out.name("deleted_indexes");
    RegionJson.writeByRegion(
        out,
        done.deletedIndexes(),
        (writer, indexes) ->
            writer.array(
                indexes,
                (inner, index) ->
                    inner.array(() -> inner.value(index.fileId()).unsigned(index.version()))));
    out.name("need_retry_regions");
    RegionJson.writeIds(out, done.needRetry());
    out.name("processed_regions");
    RegionJson.writeIds(out, done.processed());
  }

  private static GcResult readGc(JsonValue.Object result) {
    Map.Entry<String, JsonValue> outcome = result.only();
    return switch (outcome.getKey()) {
      case "Ok" -> readGcDone(outcome.getValue().asObject());
      case "Err" -> new GcResult.Failed(outcome.getValue().asText());
      default -> throw JsonNames.unknown("result", outcome.getKey());
    };
  }

  private static GcResult readGcDone(JsonValue.Object report) {
    return new GcResult.Done(
        RegionJson.readByRegion(
            report.require("deleted_files"),
            files -> files.asArray().stream().map(JsonValue::asText).toList()),
        RegionJson.readByRegion(
            report.require("deleted_indexes"),
            indexes ->
                indexes.asArray().stream()
                    .map(JsonPair::of)
                    .map(
                        pair -> new DeletedIndex(pair.first().asText(), pair.second().asUnsigned()))
                    .toList()),
        RegionJson.readIds(report.require("need_retry_regions")),
        RegionJson.readIds(report.require("processed_regions")));
  }
}
