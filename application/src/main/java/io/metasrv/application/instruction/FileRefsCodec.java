package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.RegionIds;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;

/** Files in use (sheet 04 §6.8). */
final class FileRefsCodec {

  private FileRefsCodec() {}

  static void write(JsonWriter out, FileRefsManifest manifest) {
    out.object(
        () -> {
          out.name("file_refs");
          RegionJson.writeByRegion(
              out,
              manifest.fileRefs(),
              (writer, files) -> writer.array(files, FileRefsCodec::writeFile));
          out.name("manifest_version");
          RegionJson.writeByRegion(out, manifest.manifestVersions(), JsonWriter::unsigned);
          out.name("cross_region_refs");
          RegionJson.writeByRegion(out, manifest.crossRegionRefs(), RegionJson::writeIds);
        });
  }

  private static void writeFile(JsonWriter out, FileRefsManifest.FileRef file) {
    out.object(
        () -> {
          out.name("region_id").unsigned(file.region().value());
          out.name("file_id").value(file.fileId());
          RegionJson.writeOptional(out, "index_version", file.indexVersion());
        });
  }

  static FileRefsManifest read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new FileRefsManifest(
        RegionJson.readByRegion(
            object.require("file_refs"),
            files -> files.asArray().stream().map(FileRefsCodec::readFile).toList()),
        RegionJson.readByRegion(object.require("manifest_version"), JsonValue::asUnsigned),
        RegionJson.readByRegion(object.require("cross_region_refs"), RegionJson::readIds));
  }

  private static FileRefsManifest.FileRef readFile(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new FileRefsManifest.FileRef(
        RegionIds.read(object.require("region_id")),
        object.require("file_id").asText(),
        object.findUnsigned("index_version"));
  }
}
