package io.metasrv.application.instruction;

import io.metasrv.application.heartbeat.codec.PeerCodec;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import java.util.List;
import java.util.Map;

/** Cache identifiers, externally tagged (sheet 04 §6.5). */
public final class CacheIdentCodec {

  private CacheIdentCodec() {}

  /** Writes an identifier. */
  public static void write(JsonWriter out, CacheIdent ident) {
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
                          .value(catalog)
                          .name("schema_name")
                          .value(schema)
                          .name("table_name")
                          .value(table));
      case CacheIdent.OfSchemaName(String catalog, String schema) ->
          out.name("SchemaName")
              .object(
                  () -> out.name("catalog_name").value(catalog).name("schema_name").value(schema));
      case CacheIdent.OfFlowId(long flowId) -> out.name("FlowId").unsigned(flowId);
      case CacheIdent.OfFlowName(String catalog, String flow) ->
          out.name("FlowName")
              .object(() -> out.name("catalog_name").value(catalog).name("flow_name").value(flow));
      case CacheIdent.FlownodeAddress(long flownodeId) ->
          out.name("FlowNodeAddressChange").unsigned(flownodeId);
      case CacheIdent.CreateFlow create ->
          out.name("CreateFlow").object(() -> writeCreateFlow(out, create));
      case CacheIdent.DropFlow drop -> out.name("DropFlow").object(() -> writeDropFlow(out, drop));
      case CacheIdent.OfUser(String catalog, String username) ->
          out.name("User")
              .object(() -> out.name("catalog").value(catalog).name("username").value(username));
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

  /**
   * Reads an identifier.
   *
   * @throws io.metasrv.application.json.JsonFormatException if it is none
   */
  public static CacheIdent read(JsonValue json) {
    Map.Entry<String, JsonValue> tagged = json.asObject().only();
    JsonValue body = tagged.getValue();
    return switch (tagged.getKey()) {
      case "TableId" -> new CacheIdent.OfTableId(new TableId(body.asUnsigned32()));
      case "FlowId" -> new CacheIdent.OfFlowId(body.asUnsigned32());
      case "FlowNodeAddressChange" -> new CacheIdent.FlownodeAddress(body.asUnsigned());
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
      case "CreateFlow" -> readCreateFlow(json.asObject());
      case "DropFlow" -> readDropFlow(json.asObject());
      case "User" -> new CacheIdent.OfUser(text(json, "catalog"), text(json, "username"));
      default -> throw JsonNames.unknown("cache identifier", variant);
    };
  }

  private static String text(JsonValue json, String name) {
    return json.asObject().require(name).asText();
  }

  private static CacheIdent readCreateFlow(JsonValue.Object body) {
    return new CacheIdent.CreateFlow(
        body.require("flow_id").asUnsigned32(),
        readTables(body),
        body.require("partition_to_peer_mapping").asArray().stream()
            .map(JsonPair::of)
            .map(
                pair ->
                    new CacheIdent.PartitionPeer(
                        pair.first().asUnsigned32(), PeerCodec.read(pair.second())))
            .toList());
  }

  private static CacheIdent readDropFlow(JsonValue.Object body) {
    return new CacheIdent.DropFlow(
        body.require("flow_id").asUnsigned32(),
        readTables(body),
        body.require("flow_part2node_id").asArray().stream()
            .map(JsonPair::of)
            .map(
                pair ->
                    new CacheIdent.PartitionNode(
                        pair.first().asUnsigned32(), pair.second().asUnsigned()))
            .toList());
  }

  private static List<TableId> readTables(JsonValue.Object body) {
    return body.require("source_table_ids").asArray().stream()
        .map(item -> new TableId(item.asUnsigned32()))
        .toList();
  }
}
