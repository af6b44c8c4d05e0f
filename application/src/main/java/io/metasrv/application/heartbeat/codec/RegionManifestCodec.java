package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.error.ServiceException;
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
    Map.Entry<String, JsonValue> tagged = json.object().only();
    JsonObject body = tagged.getValue().object();
    return switch (tagged.getKey()) {
      case "Mito" ->
          new RegionManifest.Mito(
              body.get("manifest_version").unsigned(),
              body.get("flushed_entry_id").unsigned(),
              body.unsignedOr("file_removed_cnt", 0));
      case "Metric" ->
          new RegionManifest.Metric(
              body.get("data_manifest_version").unsigned(),
              body.get("data_flushed_entry_id").unsigned(),
              body.get("metadata_manifest_version").unsigned(),
              body.get("metadata_flushed_entry_id").unsigned());
      default ->
          throw ServiceException.unexpected(
              "Failed to deserialize JSON: unknown variant `"
                  + tagged.getKey()
                  + "`, expected `Mito` or `Metric`");
    };
  }
}
