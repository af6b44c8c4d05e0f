package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.instruction.Instruction.DowngradeRegion;
import io.metasrv.application.instruction.Instruction.OpenReason;
import io.metasrv.application.instruction.Instruction.OpenRegion;
import io.metasrv.application.instruction.Instruction.RegionIdent;
import io.metasrv.application.instruction.Instruction.UpgradeRegion;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.options.HumanDuration;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The items of the instructions that move regions (sheet 04 §6.1–6.4). */
final class MigrationJson {

  private MigrationJson() {}

  static void writeIdent(JsonWriter out, RegionIdent ident) {
    out.object(
        () ->
            out.name("datanode_id")
                .unsigned(ident.datanodeId())
                .name("table_id")
                .unsigned(ident.region().table().value())
                .name("region_number")
                .unsigned(ident.region().regionNumber())
                .name("engine")
                .value(ident.engine()));
  }

  static RegionIdent readIdent(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new RegionIdent(
        body.require("datanode_id").asUnsigned(),
        RegionId.of(
            new TableId(body.require("table_id").asUnsigned32()),
            body.require("region_number").asUnsigned32()),
        body.require("engine").asText());
  }

  static void writeOpen(JsonWriter out, OpenRegion open) {
    out.object(
        () -> {
          out.name("region_ident");
          writeIdent(out, open.ident());
          out.name("region_storage_path").value(open.storagePath());
          out.name("region_options");
          RegionJson.writeTexts(out, open.options());
          out.name("region_wal_options")
              .object(
                  () ->
                      open.walOptions()
                          .forEach(
                              (number, options) -> out.name(Long.toString(number)).value(options)));
          out.name("skip_wal_replay").value(open.skipWalReplay());
          open.reason().ifPresent(reason -> out.name("reason").value(JsonNames.of(reason)));
          out.name("requirements")
              .object(() -> out.name("object_storage").value(open.requiresObjectStorage()));
        });
  }

  static OpenRegion readOpen(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new OpenRegion(
        readIdent(body.require("region_ident")),
        body.require("region_storage_path").asText(),
        RegionJson.readTexts(body.require("region_options")),
        readWalOptions(body),
        body.boolOr("skip_wal_replay", false),
        body.find("reason").map(reason -> JsonNames.parse(OpenReason.class, reason.asText())),
        body.find("requirements")
            .map(all -> all.asObject().boolOr("object_storage", false))
            .orElse(false));
  }

  private static SequencedMap<Long, String> readWalOptions(JsonValue.Object body) {
    LinkedHashMap<Long, String> options = new LinkedHashMap<>();
    body.find("region_wal_options")
        .ifPresent(
            map ->
                map.asObject()
                    .members()
                    .forEach((name, text) -> options.put(regionNumber(name), text.asText())));
    return options;
  }

  private static long regionNumber(String name) {
    try {
      return Integer.toUnsignedLong(Integer.parseUnsignedInt(name));
    } catch (NumberFormatException e) {
      throw new JsonFormatException("expected a region number, found \"" + name + "\"");
    }
  }

  static void writeDowngrade(JsonWriter out, DowngradeRegion downgrade) {
    out.object(
        () -> {
          out.name("region_id").unsigned(downgrade.region().value());
          out.name("flush_timeout");
          downgrade
              .flushTimeout()
              .ifPresentOrElse(timeout -> writeSecondsAndNanos(out, timeout), out::nullValue);
        });
  }

  private static void writeSecondsAndNanos(JsonWriter out, Duration duration) {
    out.object(
        () ->
            out.name("secs")
                .unsigned(duration.getSeconds())
                .name("nanos")
                .unsigned(duration.getNano()));
  }

  static DowngradeRegion readDowngrade(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new DowngradeRegion(
        RegionIds.read(body.require("region_id")),
        body.find("flush_timeout")
            .map(JsonValue::asObject)
            .map(
                timeout ->
                    Duration.ofSeconds(
                        timeout.require("secs").asLong(),
                        timeout.require("nanos").asUnsigned32())));
  }

  static void writeUpgrade(JsonWriter out, UpgradeRegion upgrade) {
    out.object(
        () -> {
          out.name("region_id").unsigned(upgrade.region().value());
          RegionJson.writeOptional(out, "last_entry_id", upgrade.lastEntryId());
          RegionJson.writeOptional(out, "metadata_last_entry_id", upgrade.metadataLastEntryId());
          out.name("replay_timeout").value(HumanDuration.format(upgrade.replayTimeout()));
          RegionJson.writeOptional(out, "location_id", upgrade.locationId());
          RegionJson.writeIfPresent(out, "replay_entry_id", upgrade.replayEntryId());
          RegionJson.writeIfPresent(
              out, "metadata_replay_entry_id", upgrade.metadataReplayEntryId());
        });
  }

  static UpgradeRegion readUpgrade(JsonValue json) {
    JsonValue.Object body = json.asObject();
    return new UpgradeRegion(
        RegionIds.read(body.require("region_id")),
        body.findUnsigned("last_entry_id"),
        body.findUnsigned("metadata_last_entry_id"),
        readDuration(body.require("replay_timeout").asText()),
        body.findUnsigned("location_id"),
        body.findUnsigned("replay_entry_id"),
        body.findUnsigned("metadata_replay_entry_id"));
  }

  private static Duration readDuration(String text) {
    try {
      return HumanDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new JsonFormatException("" + e.getMessage());
    }
  }
}
