package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.PeerCodec;
import io.metasrv.application.json.JsonObject;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import java.util.List;
import java.util.Map;

/** Cache identifiers, externally tagged (sheet 04 §6.5). */
final class CacheIdentCodec {

  private CacheIdentCodec() {}

  static void write(JsonWriter out, CacheIdent ident) {
    out.object(() -> writeMember(out, ident));
  }

  private static void writeMember(JsonWriter out, CacheIdent ident) {
    switch (ident) {
      case CacheIdent.OfTableId(TableId table) -> out.name("TableId").unsigned(table.value());
      case CacheIdent.OfTableName(String catalog, String schema, String table) ->
          out.name("TableName")
              .object(
                  () ->
                      out.name("catalog_name")
                          .string(catalog)
                          .name("schema_name")
                          .string(schema)
                          .name("table_name")
                          .string(table));
      case CacheIdent.OfSchemaName(String catalog, String schema) ->
          out.name("SchemaName")
              .object(
                  () ->
                      out.name("catalog_name").string(catalog).name("schema_name").string(schema));
      case CacheIdent.OfFlowId(long flowId) -> out.name("FlowId").unsigned(flowId);
      case CacheIdent.OfFlowName(String catalog, String flow) ->
          out.name("FlowName")
              .object(
                  () -> out.name("catalog_name").string(catalog).name("flow_name").string(flow));
      case CacheIdent.FlownodeAddress(long flownodeId) ->
          out.name("FlowNodeAddressChange").unsigned(flownodeId);
      case CacheIdent.CreateFlow create ->
          out.name("CreateFlow").object(() -> writeCreateFlow(out, create));
      case CacheIdent.DropFlow drop -> out.name("DropFlow").object(() -> writeDropFlow(out, drop));
      case CacheIdent.OfUser(String catalog, String username) ->
          out.name("User")
              .object(() -> out.name("catalog").string(catalog).name("username").string(username));
    }
  }

  private static void writeCreateFlow(JsonWriter out, CacheIdent.CreateFlow create) {
    writeFlow(out, create.flowId(), create.sourceTables());
    out.name("partition_to_peer_mapping")
        .array(
            create.partitions(),
            (writer, partition) ->
                writer.array(
                    () -> {
                      writer.unsigned(partition.partition());
                      PeerCodec.write(writer, partition.flownode());
                    }));
  }

  private static void writeDropFlow(JsonWriter out, CacheIdent.DropFlow drop) {
    writeFlow(out, drop.flowId(), drop.sourceTables());
    out.name("flow_part2node_id")
        .array(
            drop.partitions(),
            (writer, partition) ->
                writer.array(
                    () -> writer.unsigned(partition.partition()).unsigned(partition.flownodeId())));
  }

  private static void writeFlow(JsonWriter out, long flowId, List<TableId> sourceTables) {
    out.name("flow_id").unsigned(flowId);
    out.name("source_table_ids")
        .array(sourceTables, (writer, table) -> writer.unsigned(table.value()));
  }

  static CacheIdent read(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.object().only();
    JsonValue body = tagged.getValue();
    return switch (tagged.getKey()) {
      case "TableId" -> new CacheIdent.OfTableId(new TableId(body.unsigned32()));
      case "FlowId" -> new CacheIdent.OfFlowId(body.unsigned32());
      case "FlowNodeAddressChange" -> new CacheIdent.FlownodeAddress(body.unsigned());
      default -> readObject(tagged.getKey(), body);
    };
  }

  private static CacheIdent readObject(String variant, JsonValue json) {
    return switch (variant) {
      case "TableName" ->
          new CacheIdent.OfTableName(
              text(json, "catalog_name"), text(json, "schema_name"), text(json, "table_name"));
      case "SchemaName" ->
          new CacheIdent.OfSchemaName(text(json, "catalog_name"), text(json, "schema_name"));
      case "FlowName" ->
          new CacheIdent.OfFlowName(text(json, "catalog_name"), text(json, "flow_name"));
      case "CreateFlow" -> readCreateFlow(json.object());
      case "DropFlow" -> readDropFlow(json.object());
      case "User" -> new CacheIdent.OfUser(text(json, "catalog"), text(json, "username"));
      default -> throw JsonNames.unknown("cache identifier", variant);
    };
  }

  private static String text(JsonValue json, String name) {
    return json.object().get(name).text();
  }

  private static CacheIdent readCreateFlow(JsonObject body) {
    return new CacheIdent.CreateFlow(
        body.get("flow_id").unsigned32(),
        readTables(body),
        body.get("partition_to_peer_mapping").items().stream()
            .map(JsonPair::of)
            .map(
                pair ->
                    new CacheIdent.PartitionPeer(
                        pair.first().unsigned32(), PeerCodec.read(pair.second())))
            .toList());
  }

  private static CacheIdent readDropFlow(JsonObject body) {
    return new CacheIdent.DropFlow(
        body.get("flow_id").unsigned32(),
        readTables(body),
        body.get("flow_part2node_id").items().stream()
            .map(JsonPair::of)
            .map(
                pair ->
                    new CacheIdent.PartitionNode(
                        pair.first().unsigned32(), pair.second().unsigned()))
            .toList());
  }

  private static List<TableId> readTables(JsonObject body) {
    return body.get("source_table_ids").items().stream()
        .map(item -> new TableId(item.unsigned32()))
        .toList();
  }
}
