package io.metasrv.nodes.region;

import com.google.protobuf.ByteString;
import io.metasrv.domain.RegionId;
import io.metasrv.nodes.json.JsonText;
import java.util.List;
import java.util.Optional;

/** JSON that a datanode puts into region responses and region statistics. */
public final class RegionJson {

  private RegionJson() {}

  /** Extension {@code MANIFEST_INFO}: pairs of region id and manifest (sheet 06 §5.3). */
  static ByteString manifestInfo(List<RegionId> regions, RegionStorage storage) {
    JsonText json = new JsonText().startArray();
    for (RegionId region : regions) {
      storage
          .find(region)
          .ifPresent(
              content ->
                  json.startArray().unsigned(region.value()).raw(manifest(content)).endArray());
    }
    return ByteString.copyFromUtf8(json.endArray().toString());
  }

  /** The manifest of a region, tagged with its engine. */
  public static String manifest(RegionContent content) {
    JsonText json = new JsonText().startObject();
    Progress data = content.data();
    if (content.isMetric()) {
      Progress metadata = content.metadata();
      json.name("Metric").startObject();
      json.name("data_manifest_version").unsigned(data.manifestVersion());
      json.name("data_flushed_entry_id").unsigned(data.flushedEntryId());
      json.name("metadata_manifest_version").unsigned(metadata.manifestVersion());
      json.name("metadata_flushed_entry_id").unsigned(metadata.flushedEntryId());
    } else {
      json.name("Mito").startObject();
      json.name("manifest_version").unsigned(data.manifestVersion());
      json.name("flushed_entry_id").unsigned(data.flushedEntryId());
      json.name("file_removed_cnt").unsigned(0);
    }
    return json.endObject().endObject().toString();
  }

  /** The list of columns as an extension's value. */
  static ByteString columns(List<ColumnMetadata> columns) {
    return ByteString.copyFromUtf8(ColumnMetadata.toJson(columns));
  }

  /** The answer to list_metadata: one element a region asked for, null where it is not open. */
  static ByteString metadata(List<RegionId> asked, RegionHost host) {
    JsonText json = new JsonText().startArray();
    for (RegionId region : asked) {
      Optional<RegionContent> content = host.content(region);
      if (content.isPresent()) {
        metadata(json, region, content.get());
      } else {
        json.nothing();
      }
    }
    return ByteString.copyFromUtf8(json.endArray().toString());
  }

  private static void metadata(JsonText json, RegionId region, RegionContent content) {
    json.startObject();
    json.name("column_metadatas").raw(ColumnMetadata.toJson(content.columns()));
    json.name("primary_key").startArray();
    content.primaryKey().forEach(json::unsigned);
    json.endArray();
    json.name("region_id").unsigned(region.value());
    json.name("schema_version").unsigned(content.schemaVersion());
    json.name("primary_key_encoding").string(content.isMetric() ? "sparse" : "dense");
    json.name("partition_expr");
    if (content.partitionExpression().isEmpty()) {
      json.nothing();
    } else {
      json.string(content.partitionExpression());
    }
    json.endObject();
  }

  /** Extension {@code __region_statistic} of a heartbeat (sheet 04 §10.2). */
  public static ByteString statistic(RegionContent content) {
    Progress data = content.data();
    JsonText json = new JsonText().startObject();
    json.name("num_rows").unsigned(data.rows());
    json.name("memtable_size").unsigned(data.memtableBytes());
    json.name("wal_size").unsigned(0);
    json.name("manifest_size").unsigned(manifestBytes(data));
    json.name("sst_size").unsigned(data.fileBytes());
    json.name("sst_num").unsigned(data.fileCount());
    json.name("index_size").unsigned(0);
    json.name("manifest").raw(manifest(content));
    json.name("written_bytes").unsigned(data.writtenBytes());
    json.name("data_topic_latest_entry_id").unsigned(topicEntry(content, data));
    json.name("metadata_topic_latest_entry_id")
        .unsigned(content.isMetric() ? topicEntry(content, content.metadata()) : 0);
    return ByteString.copyFromUtf8(json.endObject().toString());
  }

  /** What a region occupies on disk, as the heartbeat reports it. */
  public static long approximateBytes(RegionContent content) {
    Progress data = content.data();
    return data.memtableBytes() + data.fileBytes() + manifestBytes(data);
  }

  private static long manifestBytes(Progress data) {
    // A manifest grows by about this much with each version.
    return 300 * (data.manifestVersion() + 1);
  }

  /** Only a remote WAL has topics; a local one reports 0. */
  private static long topicEntry(RegionContent content, Progress progress) {
    return WalOptions.topicOf(content.options()).isPresent() ? progress.lastEntryId() : 0;
  }
}
