package io.metasrv.nodes.instruction;

import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.nodes.json.Fields;
import io.metasrv.nodes.json.JsonFormatException;
import io.metasrv.nodes.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads one cache identifier (sheet 04 §6.5). */
final class CacheIdentReader {

  private static final String PLACE = "InvalidateCaches";

  private CacheIdentReader() {}

  static CacheIdent read(JsonValue value) {
    Map<String, JsonValue> tagged = Tagged.members(PLACE, value);
    String tag = tagged.keySet().iterator().next();
    JsonValue body = tagged.values().iterator().next();
    String place = PLACE + "." + tag;
    return switch (tag) {
      case "TableId" -> new CacheIdent.OfTableId(new TableId(Fields.u32(place, body)));
      case "FlowId" -> new CacheIdent.OfFlowId(Fields.u32(place, body));
      case "FlowNodeAddressChange" -> new CacheIdent.FlownodeAddressChange(Fields.u64(place, body));
      default -> readStructured(tag, Fields.of(place, body));
    };
  }

  private static CacheIdent readStructured(String tag, Fields fields) {
    return switch (tag) {
      case "TableName" ->
          new CacheIdent.OfTableName(
              fields.text("catalog_name"), fields.text("schema_name"), fields.text("table_name"));
      case "SchemaName" ->
          new CacheIdent.OfSchemaName(fields.text("catalog_name"), fields.text("schema_name"));
      case "FlowName" ->
          new CacheIdent.OfFlowName(fields.text("catalog_name"), fields.text("flow_name"));
      case "CreateFlow" ->
          new CacheIdent.CreateFlow(
              fields.u32("flow_id"),
              tables(fields),
              pairs(fields, "partition_to_peer_mapping", CacheIdentReader::peer));
      case "DropFlow" ->
          new CacheIdent.DropFlow(
              fields.u32("flow_id"),
              tables(fields),
              pairs(
                  fields,
                  "flow_part2node_id",
                  value -> Fields.u64("DropFlow.flow_part2node_id", value)));
      case "User" -> new CacheIdent.OfUser(fields.text("catalog"), fields.text("username"));
      default -> throw new JsonFormatException(PLACE + ": unknown cache identifier " + tag);
    };
  }

  private static List<TableId> tables(Fields fields) {
    return fields.list(
        "source_table_ids", item -> new TableId(Fields.u32(fields.at("source_table_ids"), item)));
  }

  private static <T> Map<Long, T> pairs(Fields fields, String name, Function<JsonValue, T> second) {
    Map<Long, T> result = new TreeMap<>();
    for (List<JsonValue> pair :
        fields.list(name, item -> Fields.list(fields.at(name), item, part -> part))) {
      if (pair.size() != 2) {
        throw new JsonFormatException(fields.at(name) + ": expected pairs");
      }
      result.put(Fields.u32(fields.at(name), pair.get(0)), second.apply(pair.get(1)));
    }
    return result;
  }

  private static Peer peer(JsonValue value) {
    Fields fields = Fields.of("CreateFlow.partition_to_peer_mapping", value);
    return new Peer(fields.u64("id"), fields.text("addr"));
  }
}
