package io.metasrv.benchmarks.heartbeat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.protobuf.ByteString;
import io.metasrv.application.heartbeat.codec.RegionStatisticReader;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.RegionStat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Merely reads a heartbeat: gRPC's own marshaller, then the JSON of each region. */
final class Unmarshalling {

  /** As people write it with Jackson. */
  record Statistic(
      @JsonProperty("num_rows") long rows,
      @JsonProperty("memtable_size") long memtableSize,
      @JsonProperty("wal_size") long walSize,
      @JsonProperty("manifest_size") long manifestSize,
      @JsonProperty("sst_size") long sstSize,
      @JsonProperty("sst_num") long sstCount,
      @JsonProperty("index_size") long indexSize,
      @JsonProperty("manifest") Manifest manifest,
      @JsonProperty("written_bytes") long writtenBytes,
      @JsonProperty("data_topic_latest_entry_id") long dataTopicLatestEntryId,
      @JsonProperty("metadata_topic_latest_entry_id") long metadataTopicLatestEntryId) {}

  record Manifest(@JsonProperty("Mito") @Nullable Mito mito) {}

  record Mito(
      @JsonProperty("manifest_version") long version,
      @JsonProperty("flushed_entry_id") long flushedEntryId,
      @JsonProperty("file_removed_cnt") long filesRemoved) {}

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final ObjectReader TYPED = MAPPER.readerFor(Statistic.class);

  private Unmarshalling() {}

  /** The protobuf message only; its extensions stay bytes. */
  static HeartbeatRequest protobuf(Frames frames) {
    return HeartbeatGrpc.getHeartbeatMethod().parseRequest(frames.open());
  }

  /** The JSON by Jackson's databind into records. */
  static List<Object> jacksonRecords(Frames frames) {
    HeartbeatRequest request = protobuf(frames);
    List<Object> values = new ArrayList<>(request.getRegionStatsCount() + 1);
    values.add(request);
    for (RegionStat region : request.getRegionStatsList()) {
      Statistic statistic = TYPED.readValue(json(region).toByteArray());
      values.add(statistic);
    }
    return values;
  }

  /** The JSON by Jackson into a tree. */
  static List<Object> jacksonTree(Frames frames) {
    HeartbeatRequest request = protobuf(frames);
    List<Object> values = new ArrayList<>(request.getRegionStatsCount() + 1);
    values.add(request);
    for (RegionStat region : request.getRegionStatsList()) {
      JsonNode tree = MAPPER.readTree(json(region).toByteArray());
      values.add(tree);
    }
    return values;
  }

  /** The JSON by the reader that production uses, the fastest there is here. */
  static List<Object> ownReader(Frames frames) {
    HeartbeatRequest request = protobuf(frames);
    List<Object> values = new ArrayList<>(request.getRegionStatsCount() + 1);
    values.add(request);
    RegionStatisticReader reader = new RegionStatisticReader();
    for (RegionStat region : request.getRegionStatsList()) {
      values.add(reader.read(json(region)));
    }
    return values;
  }

  private static ByteString json(RegionStat region) {
    return region.getExtensionsOrThrow(RegionStatisticReader.EXTENSION);
  }
}
