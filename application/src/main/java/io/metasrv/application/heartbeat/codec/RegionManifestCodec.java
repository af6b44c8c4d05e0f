package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.heartbeat.RegionManifest;
import java.util.Map;

/** Manifests of regions, tagged by engine (sheet 04 §10.2). */
public final class RegionManifestCodec {

  private RegionManifestCodec() {}

  /** Writes a manifest. */
  public static void write(JsonWriter out, RegionManifest manifest) {
    switch (manifest) {
      case RegionManifest.Mito mito ->
          out.object(
              () ->
                  out.name("Mito")
                      .object(
                          () ->
                              out.name("manifest_version")
                                  .unsigned(mito.manifestVersion())
                                  .name("flushed_entry_id")
                                  .unsigned(mito.flushedEntryId())
                                  .name("file_removed_cnt")
                                  .unsigned(mito.fileRemovedCount())));
      case RegionManifest.Metric metric ->
          out.object(
              () ->
                  out.name("Metric")
                      .object(
                          () ->
                              out.name("data_manifest_version")
                                  .unsigned(metric.dataManifestVersion())
                                  .name("data_flushed_entry_id")
                                  .unsigned(metric.dataFlushedEntryId())
                                  .name("metadata_manifest_version")
                                  .unsigned(metric.metadataManifestVersion())
                                  .name("metadata_flushed_entry_id")
                                  .unsigned(metric.metadataFlushedEntryId())));
    }
  }

  /** Reads a manifest; the count of removed files may be missing. */
  public static RegionManifest read(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    JsonValue.Object body = tagged.getValue().asObject();
    return switch (tagged.getKey()) {
      case "Mito" ->
          new RegionManifest.Mito(
              body.require("manifest_version").asUnsigned(),
              body.require("flushed_entry_id").asUnsigned(),
              body.unsignedOr("file_removed_cnt", 0));
      case "Metric" ->
          new RegionManifest.Metric(
              body.require("data_manifest_version").asUnsigned(),
              body.require("data_flushed_entry_id").asUnsigned(),
              body.require("metadata_manifest_version").asUnsigned(),
              body.require("metadata_flushed_entry_id").asUnsigned());
      default ->
          throw new JsonFormatException(
              "unknown variant `" + tagged.getKey() + "`, expected `Mito` or `Metric`");
    };
  }
}
