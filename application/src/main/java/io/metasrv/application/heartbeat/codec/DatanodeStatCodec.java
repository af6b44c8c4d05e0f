package io.metasrv.application.heartbeat.codec;

import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
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
          out.name("timestamp_millis").signed(stat.timestampMillis());
          out.name("id").unsigned(stat.id());
          out.name("addr").string(stat.address());
          out.name("rcus").signed(stat.rcus());
          out.name("wcus").signed(stat.wcus());
          out.name("region_num").signed(stat.regionCount());
          out.name("region_stats").array(stat.regions(), DatanodeStatCodec::writeRegion);
          out.name("topic_stats").array(stat.topics(), DatanodeStatCodec::writeTopic);
          out.name("node_epoch").unsigned(stat.nodeEpoch());
          out.name("datanode_workloads");
          WorkloadsCodec.write(out, stat.workloads());
          out.name("gc_stat");
          stat.gc().ifPresentOrElse(gc -> writeGc(out, gc), out::nothing);
        });
  }

  private static void writeRegion(JsonWriter out, RegionStat region) {
    RegionStatistic statistic = region.statistic();
    out.object(
        () -> {
          out.name("id").unsigned(region.id().value());
          out.name("rcus").signed(region.rcus());
          out.name("wcus").signed(region.wcus());
          out.name("approximate_bytes").unsigned(region.approximateBytes());
          out.name("engine").string(region.engine());
          out.name("role").string(region.role().displayName());
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
          out.name("topic").string(topic.topic());
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
    return JsonValue.parse(json).items().stream().map(DatanodeStatCodec::read).toList();
  }

  private static DatanodeStat read(JsonValue json) {
    JsonObject object = json.object();
    // Required, although it says nothing that the regions do not say.
    object.get("region_num").unsigned();
    return new DatanodeStat(
        object.get("timestamp_millis").signed(),
        object.get("id").unsigned(),
        object.get("addr").text(),
        object.get("rcus").signed(),
        object.get("wcus").signed(),
        object.get("region_stats").items().stream().map(DatanodeStatCodec::readRegion).toList(),
        object.get("topic_stats").items().stream().map(DatanodeStatCodec::readTopic).toList(),
        object.get("node_epoch").unsigned(),
        WorkloadsCodec.read(NodeRole.DATANODE, object.get("datanode_workloads")),
        object.find("gc_stat").map(GcStatCodec::read));
  }

  private static RegionStat readRegion(JsonValue json) {
    JsonObject object = json.object();
    return new RegionStat(
        RegionIds.read(object.get("id")),
        object.get("rcus").signed(),
        object.get("wcus").signed(),
        object.get("approximate_bytes").unsigned(),
        object.get("engine").text(),
        readRole(object.get("role").text()),
        new RegionStatistic(
            object.get("num_rows").unsigned(),
            object.get("memtable_size").unsigned(),
            object.get("manifest_size").unsigned(),
            object.get("sst_size").unsigned(),
            object.get("sst_num").unsigned(),
            object.get("index_size").unsigned(),
            RegionManifestCodec.read(object.get("region_manifest")),
            object.get("written_bytes").unsigned(),
            object.get("data_topic_latest_entry_id").unsigned(),
            object.get("metadata_topic_latest_entry_id").unsigned()));
  }

  private static RegionRole readRole(String name) {
    return RegionRole.ofName(name)
        .orElseThrow(
            () ->
                ServiceException.unexpected(
                    "Failed to deserialize JSON: unknown region role `" + name + "`"));
  }

  private static TopicStat readTopic(JsonValue json) {
    JsonObject object = json.object();
    return new TopicStat(
        object.get("topic").text(),
        object.get("latest_entry_id").unsigned(),
        object.get("record_size").unsigned(),
        object.get("record_num").unsigned());
  }
}
