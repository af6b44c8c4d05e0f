package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.heartbeat.codec.RegionManifestCodec;
import io.metasrv.application.instruction.Instruction.ApplyStagingManifest;
import io.metasrv.application.instruction.Instruction.EnterStagingRegion;
import io.metasrv.application.instruction.Instruction.FlushErrors;
import io.metasrv.application.instruction.Instruction.FlushReason;
import io.metasrv.application.instruction.Instruction.FlushStrategy;
import io.metasrv.application.instruction.Instruction.PartitionDirective;
import io.metasrv.application.instruction.Instruction.SyncRegion;
import io.metasrv.application.instruction.Instruction.SyncSource;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import java.util.Map;

/**
 * Instructions as JSON: externally tagged, lists always as arrays; {@code Suspend} is a bare string
 * (sheet 04 §6). Reads every older form.
 */
public final class InstructionCodec {

  private InstructionCodec() {}

  /** The JSON. */
  public static String encode(Instruction instruction) {
    return JsonWriter.text(out -> write(out, instruction));
  }

  /**
   * Reads the JSON.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if it is none
   */
  public static Instruction decode(String json) {
    return JsonReader.decode(json, InstructionCodec::readDocument);
  }

  private static Instruction readDocument(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      if (text.value().equals("Suspend")) {
        return new Instruction.Suspend();
      }
      throw JsonNames.unknown("instruction", text.value());
    }
    Map.Entry<String, JsonValue> tagged = value.asObject().only();
    return read(tagged.getKey(), tagged.getValue());
  }

  private static void write(JsonWriter out, Instruction instruction) {
    if (instruction instanceof Instruction.Suspend) {
      out.value("Suspend");
    } else {
      out.object(() -> writeMember(out, instruction));
    }
  }

  private static void writeMember(JsonWriter out, Instruction instruction) {
    switch (instruction) {
      case Instruction.OpenRegions open ->
          out.name("OpenRegions").array(open.regions(), MigrationJson::writeOpen);
      case Instruction.CloseRegions close ->
          out.name("CloseRegions").array(close.regions(), MigrationJson::writeIdent);
      case Instruction.DowngradeRegions downgrade ->
          out.name("DowngradeRegions").array(downgrade.regions(), MigrationJson::writeDowngrade);
      case Instruction.UpgradeRegions upgrade ->
          out.name("UpgradeRegions").array(upgrade.regions(), MigrationJson::writeUpgrade);
      case Instruction.InvalidateCaches invalidate ->
          out.name("InvalidateCaches").array(invalidate.caches(), CacheIdentCodec::write);
      case Instruction.FlushRegions flush ->
          out.name("FlushRegions").object(() -> writeFlush(out, flush));
      case Instruction.GetFileRefs refs ->
          out.name("GetFileRefs").object(() -> writeGetFileRefs(out, refs));
      case Instruction.GcRegions gc -> out.name("GcRegions").object(() -> writeGc(out, gc));
      case Instruction.Suspend suspend -> throw new IllegalStateException("written as a string");
      case Instruction.EnterStagingRegions staging ->
          out.name("EnterStagingRegions").array(staging.regions(), InstructionCodec::writeStaging);
      case Instruction.SyncRegions sync ->
          out.name("SyncRegions").array(sync.regions(), InstructionCodec::writeSync);
      case Instruction.RemapManifest remap ->
          out.name("RemapManifest").object(() -> writeRemap(out, remap));
      case Instruction.ApplyStagingManifests apply ->
          out.name("ApplyStagingManifests").array(apply.regions(), InstructionCodec::writeApply);
    }
  }

  private static Instruction read(String variant, JsonValue body) {
    return switch (variant) {
      case "OpenRegions", "OpenRegion" ->
          new Instruction.OpenRegions(RegionJson.oneOrMany(body, MigrationJson::readOpen));
      case "CloseRegions", "CloseRegion" ->
          new Instruction.CloseRegions(RegionJson.oneOrMany(body, MigrationJson::readIdent));
      case "DowngradeRegions", "DowngradeRegion" ->
          new Instruction.DowngradeRegions(
              RegionJson.oneOrMany(body, MigrationJson::readDowngrade));
      case "UpgradeRegions", "UpgradeRegion" ->
          new Instruction.UpgradeRegions(RegionJson.oneOrMany(body, MigrationJson::readUpgrade));
      case "InvalidateCaches" ->
          new Instruction.InvalidateCaches(
              body.asArray().stream().map(CacheIdentCodec::read).toList());
      case "FlushRegions" -> readFlush(body.asObject());
      case "GetFileRefs" -> readGetFileRefs(body.asObject());
      case "GcRegions" -> readGc(body.asObject());
      case "EnterStagingRegions" ->
          new Instruction.EnterStagingRegions(
              body.asArray().stream().map(InstructionCodec::readStaging).toList());
      case "SyncRegions" ->
          new Instruction.SyncRegions(
              body.asArray().stream().map(InstructionCodec::readSync).toList());
      case "RemapManifest" -> readRemap(body.asObject());
      case "ApplyStagingManifests" ->
          new Instruction.ApplyStagingManifests(
              body.asArray().stream().map(InstructionCodec::readApply).toList());
      default -> throw JsonNames.unknown("instruction", variant);
    };
  }

  private static void writeFlush(JsonWriter out, Instruction.FlushRegions flush) {
    out.name("region_ids");
    RegionJson.writeIds(out, flush.regions());
    out.name("strategy").value(JsonNames.of(flush.strategy()));
    out.name("error_strategy").value(JsonNames.of(flush.errors()));
    flush.reason().ifPresent(reason -> out.name("reason").value(JsonNames.of(reason)));
  }

  private static Instruction readFlush(JsonValue.Object body) {
    return new Instruction.FlushRegions(
        RegionJson.readIds(body.require("region_ids")),
        JsonNames.parse(FlushStrategy.class, body.textOr("strategy", "Sync")),
        JsonNames.parse(FlushErrors.class, body.textOr("error_strategy", "FailFast")),
        body.find("reason").map(reason -> JsonNames.parse(FlushReason.class, reason.asText())));
  }

  private static void writeGetFileRefs(JsonWriter out, Instruction.GetFileRefs refs) {
    out.name("query_regions");
    RegionJson.writeIds(out, refs.queryRegions());
    out.name("related_regions");
    RegionJson.writeByRegion(out, refs.relatedRegions(), RegionJson::writeIds);
  }

  private static Instruction readGetFileRefs(JsonValue.Object body) {
    return new Instruction.GetFileRefs(
        RegionJson.readIds(body.require("query_regions")),
        RegionJson.readByRegion(body.require("related_regions"), RegionJson::readIds));
  }

  private static void writeGc(JsonWriter out, Instruction.GcRegions gc) {
    out.name("regions");
    RegionJson.writeIds(out, gc.regions());
    out.name("file_refs_manifest");
    FileRefsCodec.write(out, gc.fileRefs());
    out.name("full_file_listing").value(gc.fullFileListing());
  }

  private static Instruction readGc(JsonValue.Object body) {
    return new Instruction.GcRegions(
        RegionJson.readIds(body.require("regions")),
        FileRefsCodec.read(body.require("file_refs_manifest")),
        body.require("full_file_listing").asBool());
  }

  private static void writeStaging(JsonWriter out, EnterStagingRegion region) {
    out.object(
        () -> {
          out.name("region_id").unsigned(region.region().value());
          out.name("partition_directive");
          switch (region.directive()) {
            case PartitionDirective.Update(String expression) -> out.value(expression);
            case PartitionDirective.RejectAllWrites reject ->
                out.object(() -> out.name("type").value("reject_all_writes"));
          }
        });
  }

  private static EnterStagingRegion readStaging(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new EnterStagingRegion(
        RegionIds.read(body.require("region_id")),
        readDirective(body.requireEither("partition_directive", "partition_expr")));
  }

  private static PartitionDirective readDirective(JsonValue json) {
    if (json instanceof JsonValue.Text(String expression)) {
      return new PartitionDirective.Update(expression);
    }
    String type = json.asObject().require("type").asText();
    if (!type.equals("reject_all_writes")) {
      throw JsonNames.unknown("partition directive", type);
    }
    return new PartitionDirective.RejectAllWrites();
  }

  private static void writeSync(JsonWriter out, SyncRegion region) {
    out.object(
        () -> {
          out.name("region_id").unsigned(region.region().value());
          out.name("request").object(() -> writeSyncSource(out, region.source()));
        });
  }

  private static void writeSyncSource(JsonWriter out, SyncSource source) {
    switch (source) {
      case SyncSource.FromManifest from -> {
        out.name("FromManifest");
        RegionManifestCodec.write(out, from.manifest());
      }
      case SyncSource.FromRegion from ->
          out.name("FromRegion")
              .object(
                  () ->
                      out.name("source_region_id")
                          .unsigned(from.region().value())
                          .name("parallelism")
                          .unsigned(from.parallelism()));
    }
  }

  private static SyncRegion readSync(JsonValue json) {
    JsonValue.Object body = json.asObject();
    Map.Entry<String, JsonValue> source = body.require("request").asObject().only();
    return new SyncRegion(
        RegionIds.read(body.require("region_id")),
        switch (source.getKey()) {
          case "FromManifest" ->
              new SyncSource.FromManifest(RegionManifestCodec.read(source.getValue()));
          case "FromRegion" ->
              new SyncSource.FromRegion(
                  RegionIds.read(source.getValue().asObject().require("source_region_id")),
                  source.getValue().asObject().require("parallelism").asUnsigned());
          default -> throw JsonNames.unknown("request", source.getKey());
        });
  }

  private static void writeRemap(JsonWriter out, Instruction.RemapManifest remap) {
    out.name("region_id").unsigned(remap.region().value());
    out.name("input_regions");
    RegionJson.writeIds(out, remap.inputRegions());
    out.name("region_mapping");
    RegionJson.writeByRegion(out, remap.regionMapping(), RegionJson::writeIds);
    out.name("new_partition_exprs");
    RegionJson.writeByRegion(out, remap.newPartitionExpressions(), JsonWriter::value);
  }

  private static Instruction readRemap(JsonValue.Object body) {
    return new Instruction.RemapManifest(
        RegionIds.read(body.require("region_id")),
        RegionJson.readIds(body.require("input_regions")),
        RegionJson.readByRegion(body.require("region_mapping"), RegionJson::readIds),
        RegionJson.readByRegion(body.require("new_partition_exprs"), JsonValue::asText));
  }

  private static void writeApply(JsonWriter out, ApplyStagingManifest apply) {
    out.object(
        () ->
            out.name("region_id")
                .unsigned(apply.region().value())
                .name("partition_expr")
                .value(apply.partitionExpression())
                .name("central_region_id")
                .unsigned(apply.centralRegion().value())
                .name("manifest_path")
                .value(apply.manifestPath()));
  }

  private static ApplyStagingManifest readApply(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new ApplyStagingManifest(
        RegionIds.read(body.require("region_id")),
        body.require("partition_expr").asText(),
        RegionIds.read(body.require("central_region_id")),
        body.require("manifest_path").asText());
  }
}
