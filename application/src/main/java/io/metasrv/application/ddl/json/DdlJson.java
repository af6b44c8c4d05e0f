package io.metasrv.application.ddl.json;

import io.metasrv.application.heartbeat.codec.PeerCodec;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.RegionWalOptions;
import io.metasrv.application.metadata.codec.RegionRouteCodec;
import io.metasrv.application.metadata.codec.WalOptionsCodec;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.route.RegionDistribution;
import io.metasrv.domain.route.RegionRoles;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.wal.WalOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parts that the states of several procedures share (sheet 05 §22). */
public final class DdlJson {

  private DdlJson() {}

  /**
   * {@code {"0":"{\"wal.provider\":\"raft_engine\"}"}}: WAL options as text, as in CREATE TABLE.
   */
  public static void writeWalTexts(JsonWriter out, RegionWalOptions options) {
    out.beginObject();
    options.texts().forEach((number, text) -> out.member(Long.toString(number), text));
    out.endObject();
  }

  /** Reads what {@link #writeWalTexts} writes. */
  public static RegionWalOptions readWalTexts(JsonValue json) {
    LinkedHashMap<Long, String> texts = new LinkedHashMap<>();
    json.asObject().members().forEach((key, text) -> texts.put(number32(key), text.asText()));
    return new RegionWalOptions(texts);
  }

  /** {@code {"0":{"wal.provider":"raft_engine"}}}: WAL options as objects, as in DROP TABLE. */
  public static void writeWalObjects(JsonWriter out, RegionWalOptions options) {
    out.beginObject();
    options
        .options()
        .forEach(
            (number, each) -> {
              out.name(Long.toString(number));
              WalOptionsCodec.CODEC.write(out, each);
            });
    out.endObject();
  }

  /** Reads what {@link #writeWalObjects} writes. */
  public static RegionWalOptions readWalObjects(JsonValue json) {
    TreeMap<Long, WalOptions> options = new TreeMap<>();
    json.asObject()
        .members()
        .forEach((key, each) -> options.put(number32(key), WalOptionsCodec.CODEC.read(each)));
    return RegionWalOptions.of(options);
  }

  /** A list of region routes. */
  public static void writeRoutes(JsonWriter out, List<RegionRoute> routes) {
    out.array(routes, RegionRouteCodec.CODEC::write);
  }

  /** Reads a list of region routes. */
  public static List<RegionRoute> readRoutes(JsonValue json) {
    return json.asArray().stream().map(RegionRouteCodec.CODEC::read).toList();
  }

  /** {@code {"region_routes":[],"max_region_number":0,"version":0}}: a route without its type. */
  public static void writePhysicalRoute(JsonWriter out, TableRoute.Physical route) {
    out.beginObject().name("region_routes");
    writeRoutes(out, route.regions());
    out.unsignedMember("max_region_number", route.maxRegionNumber())
        .unsignedMember("version", route.version())
        .endObject();
  }

  /** Reads a route without its type; the largest number may be missing. */
  public static TableRoute.Physical readPhysicalRoute(JsonValue json) {
    JsonValue.Object object = json.asObject();
    List<RegionRoute> regions = readRoutes(object.require("region_routes"));
    return new TableRoute.Physical(
        regions,
        object
            .find("max_region_number")
            .map(JsonValue::asUnsigned32)
            .orElseGet(() -> TableRoute.maxRegionNumber(regions)),
        object.unsigned("version"),
        UnknownMembers.NONE);
  }

  /** {@code {"catalog_name":"","schema_name":"","table_name":""}}. */
  public static void writeTableName(JsonWriter out, TableName name) {
    out.beginObject()
        .member("catalog_name", name.catalog())
        .member("schema_name", name.schema())
        .member("table_name", name.table())
        .endObject();
  }

  /** Reads a table name. */
  public static TableName readTableName(JsonValue json) {
    JsonValue.Object object = json.asObject();
    return new TableName(
        object.text("catalog_name"), object.text("schema_name"), object.text("table_name"));
  }

  /** A list of peers. */
  public static void writePeers(JsonWriter out, List<Peer> peers) {
    out.array(peers, PeerCodec::write);
  }

  /** Reads a list of peers. */
  public static List<Peer> readPeers(JsonValue json) {
    return json.asArray().stream().map(PeerCodec::read).toList();
  }

  /** A list of table ids. */
  public static void writeTableIds(JsonWriter out, List<TableId> ids) {
    out.array(ids, (each, id) -> each.value(id.value()));
  }

  /** Reads a list of table ids. */
  public static List<TableId> readTableIds(JsonValue json) {
    return json.asArray().stream().map(DdlJson::readTableId).toList();
  }

  /** Reads a table id. */
  public static TableId readTableId(JsonValue json) {
    return new TableId(json.asUnsigned32());
  }

  /** A list of texts. */
  public static void writeTexts(JsonWriter out, List<String> texts) {
    out.array(texts, JsonWriter::value);
  }

  /** Reads a list of texts. */
  public static List<String> readTexts(JsonValue json) {
    return json.asArray().stream().map(JsonValue::asText).toList();
  }

  /** {@code {"1":{"leader_regions":[0],"follower_regions":[]}}}. */
  public static void writeDistribution(JsonWriter out, RegionDistribution distribution) {
    out.beginObject();
    distribution
        .byNode()
        .forEach(
            (node, roles) -> {
              out.name(Long.toUnsignedString(node)).beginObject();
              out.name("leader_regions").array(roles.leaders(), JsonWriter::value);
              out.name("follower_regions").array(roles.followers(), JsonWriter::value);
              out.endObject();
            });
    out.endObject();
  }

  /** Reads a distribution; a plain list, the older form, stands for leaders. */
  public static RegionDistribution readDistribution(JsonValue json) {
    SortedMap<Long, RegionRoles> byNode = new TreeMap<>(Long::compareUnsigned);
    json.asObject().members().forEach((node, roles) -> byNode.put(number64(node), roles(roles)));
    return new RegionDistribution(byNode);
  }

  private static RegionRoles roles(JsonValue json) {
    if (json instanceof JsonValue.Array) {
      return RegionRoles.leaders(numbers(json));
    }
    JsonValue.Object object = json.asObject();
    return new RegionRoles(
        numbers(object.require("leader_regions")), numbers(object.require("follower_regions")));
  }

  /** Reads a list of region numbers, unsigned 32 bits. */
  public static List<Long> numbers(JsonValue json) {
    return json.asArray().stream().map(JsonValue::asUnsigned32).toList();
  }

  private static long number32(String key) {
    long number = number64(key);
    if (number >>> 32 != 0) {
      throw new JsonFormatException("expected an unsigned 32-bit number, found `" + key + "`");
    }
    return number;
  }

  private static long number64(String key) {
    try {
      return Long.parseUnsignedLong(key);
    } catch (NumberFormatException notOne) {
      throw new JsonFormatException("expected an unsigned number, found `" + key + "`", notOne);
    }
  }
}
