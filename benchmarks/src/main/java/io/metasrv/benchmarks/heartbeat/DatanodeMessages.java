package io.metasrv.benchmarks.heartbeat;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.key.TableRouteKey;
import io.metasrv.protocol.v1.meta.DatanodeWorkloads;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.NodeInfo;
import io.metasrv.protocol.v1.meta.Peer;
import io.metasrv.protocol.v1.meta.RegionRole;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.RequestHeader;
import io.metasrv.protocol.v1.meta.Role;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a datanode of v1.1.4 says in its heartbeats, and the routes of the tables it speaks of (the
 * wire and the JSON as in sheet 04 §2.2 and §10.2, sheet 03 §3.5).
 *
 * @param id of the datanode
 * @param firstTable its tables have this id and those above
 * @param tables how many it has regions of
 * @param regionsPerTable how many of each; all led by it
 */
public record DatanodeMessages(long id, int firstTable, int tables, int regionsPerTable) {

  /** Of four heartbeats, one reports that a region was flushed. */
  private static final int FLUSH_EVERY = 4;

  /** How many regions each heartbeat reports. */
  public int regions() {
    return tables * regionsPerTable;
  }

  /** What opens a stream. */
  public HeartbeatRequest handshake() {
    return header().build();
  }

  /**
   * The heartbeat with the number: in each, the counters of every region have moved on, and the
   * manifest of every fourth.
   */
  public HeartbeatRequest heartbeat(int number) {
    HeartbeatRequest.Builder request =
        header()
            .setPeer(Peer.newBuilder().setId(id).setAddr(address()))
            .setDurationSinceEpoch(3_000L * number)
            .setNodeEpoch(1_795_431_202_000L)
            .setInfo(info())
            .setDatanode(DatanodeWorkloads.newBuilder().addTypes(0))
            .putExtensions("__gc_stat", ByteString.copyFromUtf8(gcStat()))
            .putExtensions("__env_vars", ByteString.copyFromUtf8("{\"vars\":{\"ZONE\":\"a\"}}"));
    for (int table = 0; table < tables; table++) {
      for (int region = 0; region < regionsPerTable; region++) {
        request.addRegionStats(stat(regionId(table, region), number));
      }
    }
    return request.build();
  }

  private HeartbeatRequest.Builder header() {
    return HeartbeatRequest.newBuilder()
        .setHeader(
            RequestHeader.newBuilder()
                .setProtocolVersion(1)
                .setMemberId(id)
                .setRole(Role.DATANODE));
  }

  private static NodeInfo info() {
    return NodeInfo.newBuilder()
        .setVersion("1.1.4")
        .setGitCommit("16e9abe")
        .setStartTimeMs(1_795_431_202_000L)
        .setHostname("datanode.example")
        .setTotalCpuMillicores(8_000)
        .setTotalMemoryBytes(25_276_502_016L)
        .setCpuUsageMillicores(1_234)
        .setMemoryUsageBytes(3_276_502_016L)
        .build();
  }

  private static String gcStat() {
    return JsonWriter.text(
        out ->
            out.object(
                () ->
                    out.unsignedMember("running_gc_tasks", 0).unsignedMember("gc_concurrency", 4)));
  }

  private static RegionStat stat(long region, int number) {
    int seed = (int) (region ^ (region >>> 32));
    return RegionStat.newBuilder()
        .setRegionId(region)
        .setApproximateBytes(57_675_776L + 1_000L * number + seed)
        .setEngine("mito")
        .setRole(RegionRole.Leader)
        .putExtensions("__region_statistic", ByteString.copyFromUtf8(statistic(seed, number)))
        .build();
  }

  private static String statistic(int seed, int number) {
    // The version stays: it never goes back, and the same heartbeats are sent over and over.
    long flushed = 81_000L + seed + (seed % FLUSH_EVERY == number % FLUSH_EVERY ? number : 0);
    return JsonWriter.text(
        out ->
            out.object(
                () -> {
                  out.unsignedMember("num_rows", 1_048_576L + seed + 100L * number);
                  out.unsignedMember("memtable_size", 4_194_304L + 9_000L * number);
                  out.unsignedMember("wal_size", 0);
                  out.unsignedMember("manifest_size", 1_512);
                  out.unsignedMember("sst_size", 52_428_800L + seed);
                  out.unsignedMember("sst_num", 12);
                  out.unsignedMember("index_size", 1_048_576L);
                  out.name("manifest")
                      .object(() -> out.name("Mito").object(() -> mito(out, flushed)));
                  out.unsignedMember("written_bytes", 262_144_000L + 9_000L * number);
                  out.unsignedMember("data_topic_latest_entry_id", 0);
                  out.unsignedMember("metadata_topic_latest_entry_id", 0);
                }));
  }

  private static void mito(JsonWriter out, long flushed) {
    out.unsignedMember("manifest_version", 37);
    out.unsignedMember("flushed_entry_id", flushed);
    out.unsignedMember("file_removed_cnt", 3);
  }

  /** The stored routes of the tables, by key. */
  public Map<Bytes, Bytes> routes() {
    Map<Bytes, Bytes> routes = new LinkedHashMap<>();
    for (int table = 0; table < tables; table++) {
      int index = table;
      routes.put(
          new TableRouteKey(new TableId(firstTable + table)).toBytes(),
          JsonWriter.bytes(out -> out.object(() -> writeRoute(out, index))));
    }
    return routes;
  }

  private void writeRoute(JsonWriter out, int table) {
    out.member("type", "physical").name("region_routes").beginArray();
    for (int region = 0; region < regionsPerTable; region++) {
      long regionId = regionId(table, region);
      out.object(() -> writeRegionRoute(out, regionId));
    }
    out.endArray().member("max_region_number", regionsPerTable - 1).member("version", 0);
  }

  private void writeRegionRoute(JsonWriter out, long regionId) {
    out.name("region")
        .object(
            () -> {
              out.unsignedMember("id", regionId).member("name", "");
              out.name("attrs").object(() -> {}).member("partition_expr", "");
            });
    out.name("leader_peer").object(() -> out.unsignedMember("id", id).member("addr", address()));
    out.name("follower_peers").array(() -> {});
    out.name("leader_down_since").nullValue();
  }

  private String address() {
    return "10.0.%d.%d:4001".formatted(id / 250, 1 + id % 250);
  }

  private long regionId(int table, int region) {
    return ((long) (firstTable + table) << 32) | region;
  }
}
