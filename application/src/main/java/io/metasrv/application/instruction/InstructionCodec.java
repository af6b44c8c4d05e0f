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
import io.metasrv.application.json.JsonObject;
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
    JsonValue value = JsonValue.parse(json);
    if (value instanceof JsonValue.Text text) {
      if (text.value().equals("Suspend")) {
        return new Instruction.Suspend();
      }
      throw JsonNames.unknown("instruction", text.value());
    }
    Map.Entry<String, JsonValue> tagged = value.object().only();
    return read(tagged.getKey(), tagged.getValue());
  }

  private static void write(JsonWriter out, Instruction instruction) {
    if (instruction instanceof Instruction.Suspend) {
      out.string("Suspend");
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
              body.items().stream().map(CacheIdentCodec::read).toList());
      case "FlushRegions" -> readFlush(body.object());
      case "GetFileRefs" -> readGetFileRefs(body.object());
      case "GcRegions" -> readGc(body.object());
      case "EnterStagingRegions" ->
          new Instruction.EnterStagingRegions(
              body.items().stream().map(InstructionCodec::readStaging).toList());
      case "SyncRegions" ->
          new Instruction.SyncRegions(
              body.items().stream().map(InstructionCodec::readSync).toList());
      case "RemapManifest" -> readRemap(body.object());
      case "ApplyStagingManifests" ->
          new Instruction.ApplyStagingManifests(
              body.items().stream().map(InstructionCodec::readApply).toList());
      default -> throw JsonNames.unknown("instruction", variant);
    };
  }

  private static void writeFlush(JsonWriter out, Instruction.FlushRegions flush) {
    out.name("region_ids");
    RegionJson.writeIds(out, flush.regions());
    out.name("strategy").string(JsonNames.of(flush.strategy()));
    out.name("error_strategy").string(JsonNames.of(flush.errors()));
    flush.reason().ifPresent(reason -> out.name("reason").string(JsonNames.of(reason)));
  }

  private static Instruction readFlush(JsonObject body) {
    return new Instruction.FlushRegions(
        RegionJson.readIds(body.get("region_ids")),
        JsonNames.parse(FlushStrategy.class, body.textOr("strategy", "Sync")),
        JsonNames.parse(FlushErrors.class, body.textOr("error_strategy", "FailFast")),
        body.find("reason").map(reason -> JsonNames.parse(FlushReason.class, reason.text())));
  }

  private static void writeGetFileRefs(JsonWriter out, Instruction.GetFileRefs refs) {
    out.name("query_regions");
    RegionJson.writeIds(out, refs.queryRegions());
    out.name("related_regions");
    RegionJson.writeByRegion(out, refs.relatedRegions(), RegionJson::writeIds);
  }

  private static Instruction readGetFileRefs(JsonObject body) {
    return new Instruction.GetFileRefs(
        RegionJson.readIds(body.get("query_regions")),
        RegionJson.readByRegion(body.get("related_regions"), RegionJson::readIds));
  }

  private static void writeGc(JsonWriter out, Instruction.GcRegions gc) {
    out.name("regions");
    RegionJson.writeIds(out, gc.regions());
    out.name("file_refs_manifest");
    FileRefsCodec.write(out, gc.fileRefs());
    out.name("full_file_listing").bool(gc.fullFileListing());
  }

  private static Instruction readGc(JsonObject body) {
    return new Instruction.GcRegions(
        RegionJson.readIds(body.get("regions")),
        FileRefsCodec.read(body.get("file_refs_manifest")),
        body.get("full_file_listing").bool());
  }

  private static void writeStaging(JsonWriter out, EnterStagingRegion region) {
    out.object(
        () -> {
          out.name("region_id").unsigned(region.region().value());
          out.name("partition_directive");
          switch (region.directive()) {
            case PartitionDirective.Update(String expression) -> out.string(expression);
            case PartitionDirective.RejectAllWrites reject ->
                out.object(() -> out.name("type").string("reject_all_writes"));
          }
        });
  }

  private static EnterStagingRegion readStaging(JsonValue json) {
    JsonObject body = json.object();
    return new EnterStagingRegion(
        RegionIds.read(body.get("region_id")),
        readDirective(body.getEither("partition_directive", "partition_expr")));
  }

  private static PartitionDirective readDirective(JsonValue json) {
    if (json instanceof JsonValue.Text(String expression)) {
      return new PartitionDirective.Update(expression);
    }
    String type = json.object().get("type").text();
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
    JsonObject body = json.object();
    Map.Entry<String, JsonValue> source = body.get("request").object().only();
    return new SyncRegion(
        RegionIds.read(body.get("region_id")),
        switch (source.getKey()) {
          case "FromManifest" ->
              new SyncSource.FromManifest(RegionManifestCodec.read(source.getValue()));
          case "FromRegion" ->
              new SyncSource.FromRegion(
                  RegionIds.read(source.getValue().object().get("source_region_id")),
                  source.getValue().object().get("parallelism").unsigned());
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
    RegionJson.writeByRegion(out, remap.newPartitionExpressions(), JsonWriter::string);
  }

  private static Instruction readRemap(JsonObject body) {
    return new Instruction.RemapManifest(
        RegionIds.read(body.get("region_id")),
        RegionJson.readIds(body.get("input_regions")),
        RegionJson.readByRegion(body.get("region_mapping"), RegionJson::readIds),
        RegionJson.readByRegion(body.get("new_partition_exprs"), JsonValue::text));
  }

  private static void writeApply(JsonWriter out, ApplyStagingManifest apply) {
    out.object(
        () ->
            out.name("region_id")
                .unsigned(apply.region().value())
                .name("partition_expr")
                .string(apply.partitionExpression())
                .name("central_region_id")
                .unsigned(apply.centralRegion().value())
                .name("manifest_path")
                .string(apply.manifestPath()));
  }

  private static ApplyStagingManifest readApply(JsonValue json) {
    JsonObject body = json.object();
    return new ApplyStagingManifest(
        RegionIds.read(body.get("region_id")),
        body.get("partition_expr").text(),
        RegionIds.read(body.get("central_region_id")),
        body.get("manifest_path").text());
  }
}
