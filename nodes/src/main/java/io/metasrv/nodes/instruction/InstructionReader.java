package io.metasrv.nodes.instruction;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.nodes.instruction.Instruction.FlushErrors;
import io.metasrv.nodes.instruction.Instruction.FlushStrategy;
import io.metasrv.nodes.instruction.Instruction.RegionIdent;
import io.metasrv.nodes.instruction.Instruction.SyncSource;
import io.metasrv.nodes.json.Fields;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.nodes.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads an instruction from its JSON text (sheet 04 §6): externally tagged, unknown members
 * ignored, the singular legacy names and single objects accepted where v1.1.4 accepts them. Pure.
 */
public final class InstructionReader {

  private static final List<String> OPEN_REASONS =
      List.of("RegionMigration", "RegionFailover", "RegionFollower");
  private static final List<String> FLUSH_REASONS =
      List.of("RegionMigration", "Repartition", "RemoteWalPrune", "Closing", "Downgrading");

  private InstructionReader() {}

  /**
   * @throws JsonFormatException if the text is not an instruction; a node drops such a message
   *     without a reply
   */
  public static Instruction read(String json) {
    JsonValue value = JsonValue.parse(json);
    if (value instanceof JsonValue.Text text) {
      if (text.value().equals("Suspend")) {
        return new Instruction.Suspend();
      }
      throw new JsonFormatException("unknown instruction " + text.value());
    }
    Map<String, JsonValue> tagged = Tagged.members("instruction", value);
    return read(tagged.keySet().iterator().next(), tagged.values().iterator().next());
  }

  private static Instruction read(String tag, JsonValue body) {
    return switch (tag) {
      case "OpenRegions", "OpenRegion" ->
          new Instruction.OpenRegions(Tagged.oneOrMany(tag, body, InstructionReader::open));
      case "CloseRegions", "CloseRegion" ->
          new Instruction.CloseRegions(Tagged.oneOrMany(tag, body, InstructionReader::ident));
      case "DowngradeRegions", "DowngradeRegion" ->
          new Instruction.DowngradeRegions(
              Tagged.oneOrMany(tag, body, InstructionReader::downgrade));
      case "UpgradeRegions", "UpgradeRegion" ->
          new Instruction.UpgradeRegions(Tagged.oneOrMany(tag, body, InstructionReader::upgrade));
      case "InvalidateCaches" ->
          new Instruction.InvalidateCaches(Fields.list(tag, body, CacheIdentReader::read));
      case "FlushRegions" -> flush(Fields.of(tag, body));
      case "GetFileRefs" -> fileRefs(Fields.of(tag, body));
      case "GcRegions" -> gc(Fields.of(tag, body));
      case "EnterStagingRegions" ->
          new Instruction.EnterStagingRegions(
              Tagged.many(tag, body, InstructionReader::enterStaging));
      case "SyncRegions" ->
          new Instruction.SyncRegions(Tagged.many(tag, body, InstructionReader::sync));
      case "RemapManifest" -> remap(Fields.of(tag, body));
      case "ApplyStagingManifests" ->
          new Instruction.ApplyStagingManifests(
              Tagged.many(tag, body, InstructionReader::applyStaging));
      default -> throw new JsonFormatException("unknown instruction " + tag);
    };
  }

  private static RegionIdent ident(Fields fields) {
    RegionId region = RegionId.of(new TableId(fields.u32("table_id")), fields.u32("region_number"));
    return new RegionIdent(fields.u64("datanode_id"), region, fields.text("engine"));
  }

  private static Instruction.OpenRegion open(Fields fields) {
    return new Instruction.OpenRegion(
        ident(fields.fields("region_ident")),
        fields.text("region_storage_path"),
        fields.texts("region_options"),
        fields.has("region_wal_options") ? walOptions(fields) : Map.of(),
        fields.boolOr("skip_wal_replay", false),
        oneOf(fields, "reason", OPEN_REASONS),
        fields.has("requirements")
            && fields.fields("requirements").boolOr("object_storage", false));
  }

  private static Map<Long, String> walOptions(Fields fields) {
    Map<Long, String> result = new TreeMap<>();
    fields
        .texts("region_wal_options")
        .forEach(
            (number, options) ->
                result.put(
                    Fields.u32(fields.at("region_wal_options"), new JsonValue.Number(number)),
                    options));
    return result;
  }

  private static Instruction.DowngradeRegion downgrade(Fields fields) {
    Optional<Duration> timeout =
        fields.has("flush_timeout")
            ? Optional.of(duration(fields.fields("flush_timeout")))
            : Optional.empty();
    return new Instruction.DowngradeRegion(fields.region("region_id"), timeout);
  }

  private static Duration duration(Fields fields) {
    long seconds = fields.u64("secs");
    // Beyond what a Duration holds, "for ever" is meant.
    return seconds < 0
        ? Duration.ofSeconds(Long.MAX_VALUE)
        : Duration.ofSeconds(seconds, fields.u32("nanos"));
  }

  private static Instruction.UpgradeRegion upgrade(Fields fields) {
    return new Instruction.UpgradeRegion(
        fields.region("region_id"),
        fields.optionalU64("last_entry_id"),
        fields.optionalU64("metadata_last_entry_id"),
        HumanTime.parse(fields.at("replay_timeout"), fields.text("replay_timeout")),
        fields.optionalU64("location_id"),
        fields.optionalU64("replay_entry_id"),
        fields.optionalU64("metadata_replay_entry_id"));
  }

  private static Instruction flush(Fields fields) {
    FlushStrategy strategy =
        oneOf(fields, "strategy", List.of("Sync", "Async")).orElse("Sync").equals("Sync")
            ? FlushStrategy.SYNC
            : FlushStrategy.ASYNC;
    FlushErrors errors =
        oneOf(fields, "error_strategy", List.of("FailFast", "TryAll"))
                .orElse("FailFast")
                .equals("FailFast")
            ? FlushErrors.FAIL_FAST
            : FlushErrors.TRY_ALL;
    return new Instruction.FlushRegions(
        fields.regions("region_ids"), strategy, errors, oneOf(fields, "reason", FLUSH_REASONS));
  }

  private static Instruction fileRefs(Fields fields) {
    return new Instruction.GetFileRefs(
        fields.regions("query_regions"),
        fields.byRegion("related_regions", item -> regions("related_regions", item)));
  }

  private static Instruction gc(Fields fields) {
    Fields manifest = fields.fields("file_refs_manifest");
    // Read for their shape: a manifest without them is refused, though the double keeps no files.
    manifest.byRegion("file_refs", item -> item);
    manifest.byRegion("cross_region_refs", item -> regions("cross_region_refs", item));
    return new Instruction.GcRegions(
        fields.regions("regions"),
        manifest.byRegion("manifest_version", item -> Fields.u64("manifest_version", item)),
        fields.bool("full_file_listing"));
  }

  private static Instruction.EnterStagingRegion enterStaging(Fields fields) {
    String name = fields.has("partition_directive") ? "partition_directive" : "partition_expr";
    JsonValue directive = fields.value(name);
    if (directive instanceof JsonValue.Text text) {
      return new Instruction.EnterStagingRegion(
          fields.region("region_id"), Optional.of(text.value()));
    }
    String type = Fields.of(fields.at(name), directive).text("type");
    if (!type.equals("reject_all_writes")) {
      throw new JsonFormatException(fields.at(name) + ": unknown type " + type);
    }
    return new Instruction.EnterStagingRegion(fields.region("region_id"), Optional.empty());
  }

  private static Instruction.SyncRegion sync(Fields fields) {
    Map<String, JsonValue> tagged = Tagged.members(fields.at("request"), fields.value("request"));
    String tag = tagged.keySet().iterator().next();
    JsonValue body = tagged.values().iterator().next();
    SyncSource source =
        switch (tag) {
          case "FromRegion" -> fromRegion(Fields.of(tag, body));
          case "FromManifest" -> fromManifest(Tagged.members(tag, body));
          default ->
              throw new JsonFormatException(fields.at("request") + ": unknown variant " + tag);
        };
    return new Instruction.SyncRegion(fields.region("region_id"), source);
  }

  private static SyncSource fromRegion(Fields fields) {
    return new SyncSource.FromRegion(fields.region("source_region_id"), fields.u64("parallelism"));
  }

  private static SyncSource fromManifest(Map<String, JsonValue> tagged) {
    String engine = tagged.keySet().iterator().next();
    Fields fields = Fields.of(engine, tagged.values().iterator().next());
    return switch (engine) {
      case "Mito" -> new SyncSource.FromMitoManifest(fields.u64("manifest_version"));
      case "Metric" ->
          new SyncSource.FromMetricManifest(
              fields.u64("data_manifest_version"), fields.u64("metadata_manifest_version"));
      default -> throw new JsonFormatException("FromManifest: unknown engine " + engine);
    };
  }

  private static Instruction remap(Fields fields) {
    return new Instruction.RemapManifest(
        fields.region("region_id"),
        fields.regions("input_regions"),
        fields.byRegion("region_mapping", item -> regions("region_mapping", item)),
        fields.byRegion("new_partition_exprs", item -> Fields.text("new_partition_exprs", item)));
  }

  private static Instruction.ApplyStagingManifest applyStaging(Fields fields) {
    return new Instruction.ApplyStagingManifest(
        fields.region("region_id"),
        fields.text("partition_expr"),
        fields.region("central_region_id"),
        fields.text("manifest_path"));
  }

  private static List<RegionId> regions(String place, JsonValue value) {
    return Fields.list(place, value, item -> Fields.region(place, item));
  }

  private static Optional<String> oneOf(Fields fields, String name, List<String> allowed) {
    Optional<String> value = fields.optionalText(name);
    if (value.isPresent() && !allowed.contains(value.get())) {
      throw new JsonFormatException(
          fields.at(name) + ": expected one of " + allowed + ", found " + value.get());
    }
    return value;
  }
}
