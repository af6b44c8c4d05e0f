package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.heartbeat.DatanodeStat;
import io.metasrv.domain.heartbeat.GcStat;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.domain.heartbeat.RegionRole;
import io.metasrv.domain.heartbeat.RegionStat;
import io.metasrv.domain.heartbeat.RegionStatistic;
import io.metasrv.domain.heartbeat.TopicStat;
import java.util.List;

/**
 * Values of the datanode stat keys: a bare array of heartbeats, oldest first (sheet 04 §10.1–10.3).
 */
public final class DatanodeStatCodec {

  private DatanodeStatCodec() {}

  /** The JSON. */
  public static Bytes encode(List<DatanodeStat> stats) {
    return JsonWriter.bytes(out -> out.array(stats, DatanodeStatCodec::write));
  }

  private static void write(JsonWriter out, DatanodeStat stat) {
    out.object(
        () -> {
          out.name("timestamp_millis").value(stat.timestampMillis());
          out.name("id").unsigned(stat.id());
          out.name("addr").value(stat.address());
          out.name("rcus").value(stat.rcus());
          out.name("wcus").value(stat.wcus());
          out.name("region_num").value(stat.regionCount());
          out.name("region_stats").array(stat.regions(), DatanodeStatCodec::writeRegion);
          out.name("topic_stats").array(stat.topics(), DatanodeStatCodec::writeTopic);
          out.name("node_epoch").unsigned(stat.nodeEpoch());
          out.name("datanode_workloads");
          WorkloadsCodec.write(out, stat.workloads());
          out.name("gc_stat");
          stat.gc().ifPresentOrElse(gc -> writeGc(out, gc), out::nullValue);
        });
  }

  private static void writeRegion(JsonWriter out, RegionStat region) {
    RegionStatistic statistic = region.statistic();
    out.object(
        () -> {
          out.name("id").unsigned(region.id().value());
          out.name("rcus").value(region.rcus());
          out.name("wcus").value(region.wcus());
          out.name("approximate_bytes").unsigned(region.approximateBytes());
          out.name("engine").value(region.engine());
          out.name("role").value(region.role().displayName());
          out.name("num_rows").unsigned(statistic.rows());
          out.name("memtable_size").unsigned(statistic.memtableSize());
          out.name("manifest_size").unsigned(statistic.manifestSize());
          out.name("sst_size").unsigned(statistic.sstSize());
          out.name("sst_num").unsigned(statistic.sstCount());
          out.name("index_size").unsigned(statistic.indexSize());
          out.name("region_manifest");
          RegionManifestCodec.write(out, statistic.manifest());
          out.name("written_bytes").unsigned(statistic.writtenBytes());
          out.name("data_topic_latest_entry_id").unsigned(statistic.dataTopicLatestEntryId());
          out.name("metadata_topic_latest_entry_id")
              .unsigned(statistic.metadataTopicLatestEntryId());
        });
  }

  private static void writeTopic(JsonWriter out, TopicStat topic) {
    out.object(
        () -> {
          out.name("topic").value(topic.topic());
          out.name("latest_entry_id").unsigned(topic.latestEntryId());
          out.name("record_size").unsigned(topic.recordSize());
          out.name("record_num").unsigned(topic.recordCount());
        });
  }

  private static void writeGc(JsonWriter out, GcStat gc) {
    out.object(
        () ->
            out.name("running_gc_tasks")
                .unsigned(gc.runningTasks())
                .name("gc_concurrency")
                .unsigned(gc.concurrency()));
  }

  /** Reads the JSON; everything but the garbage collection is required. */
  public static List<DatanodeStat> decode(Bytes json) {
    return JsonReader.decode(
        json, document -> document.asArray().stream().map(DatanodeStatCodec::read).toList());
  }

  private static DatanodeStat read(JsonValue json) {
    JsonValue.Object object = json.asObject();
    // Required, although it says nothing that the regions do not say.
    object.require("region_num").asUnsigned();
    return new DatanodeStat(
        object.require("timestamp_millis").asLong(),
        object.require("id").asUnsigned(),
        object.require("addr").asText(),
        object.require("rcus").asLong(),
        object.require("wcus").asLong(),
        object.require("region_stats").asArray().stream()
            .map(DatanodeStatCodec::readRegion)
            .toList(),
        object.require("topic_stats").asArray().stream().map(DatanodeStatCodec::readTopic).toList(),
        object.require("node_epoch").asUnsigned(),
        WorkloadsCodec.read(NodeRole.DATANODE, object.require("datanode_workloads")),
        object.find("gc_stat").map(GcStatCodec::read));
  }

  private static RegionStat readRegion(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new RegionStat(
        RegionIds.read(object.require("id")),
        object.require("rcus").asLong(),
        object.require("wcus").asLong(),
        object.require("approximate_bytes").asUnsigned(),
        object.require("engine").asText(),
        readRole(object.require("role").asText()),
        new RegionStatistic(
            object.require("num_rows").asUnsigned(),
            object.require("memtable_size").asUnsigned(),
            object.require("manifest_size").asUnsigned(),
            object.require("sst_size").asUnsigned(),
            object.require("sst_num").asUnsigned(),
            object.require("index_size").asUnsigned(),
            RegionManifestCodec.read(object.require("region_manifest")),
            object.require("written_bytes").asUnsigned(),
            object.require("data_topic_latest_entry_id").asUnsigned(),
            object.require("metadata_topic_latest_entry_id").asUnsigned()));
  }

  private static RegionRole readRole(String name) {
    return RegionRole.ofName(name)
        .orElseThrow(() -> new JsonFormatException("unknown region role `" + name + "`"));
  }

  private static TopicStat readTopic(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new TopicStat(
        object.require("topic").asText(),
        object.require("latest_entry_id").asUnsigned(),
        object.require("record_size").asUnsigned(),
        object.require("record_num").asUnsigned());
  }
}
