package io.metasrv.bootstrap.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A table as text. */
final class TableText {

  private final JsonNode table;
  private final Ages ages;
  private final StringBuilder text = new StringBuilder();

  TableText(JsonNode table, Ages ages) {
    this.table = table;
    this.ages = ages;
  }

  String text() {
    head();
    columns();
    regions();
    relations();
    return text.toString();
  }

  private void head() {
    Tables head =
        Tables.ofPairs()
            .row("Table", name())
            .pair("Id", table.path("id").asString(""))
            .row("Kind", table.path("kind").asString())
            .pair("Engine", table.path("engine").asString(""))
            .pair("Comment", table.path("comment").asString(""));
    if (table.has("created_ms")) {
      head.row("Created", ages.at(table.path("created_ms").asLong()));
      head.row("Updated", ages.at(table.path("updated_ms").asLong()));
      head.row(
          "Versions",
          "table %s, schema %s, stored %s"
              .formatted(
                  table.path("version").asString(),
                  table.path("schema_version").asString(),
                  table.path("stored_version").asString()));
    }
    head.pair("Options", DatabasesCommand.options(table.path("options")))
        .pair("Primary key", joined(table.path("primary_key")))
        .pair("Time index", table.path("time_index").asString(""))
        .pair("Partitioned by", joined(table.path("partition_columns")))
        .pair("Lies on", related(table.path("physical_table")))
        .pair("Definition", table.path("view").path("definition").asString(""))
        .pair("Reads", joined(table.path("view").path("reads")));
    text.append(head);
  }

  private String name() {
    return table.has("name")
        ? "%s.%s.%s"
            .formatted(
                table.path("catalog").asString(),
                table.path("database").asString(),
                table.path("name").asString())
        : "(its name cannot be read)";
  }

  private void columns() {
    if (table.path("columns").isEmpty()) {
      return;
    }
    Tables columns = Tables.of("COLUMN", "TYPE", "SEMANTIC", "NULLABLE", "DEFAULT");
    for (JsonNode column : table.path("columns")) {
      columns.row(
          column.path("name").asString(),
          column.path("type").asString(),
          column.path("semantic").asString(),
          column.path("nullable").asBoolean() ? "yes" : "no",
          column.path("default").asString("-"));
    }
    text.append('\n').append(columns);
  }

  private void regions() {
    JsonNode regions = table.path("route").path("regions");
    if (regions.isEmpty()) {
      return;
    }
    Tables rows = Tables.of("REGION", "ID", "LEADER", "FOLLOWERS", "STATE", "ROWS WHERE", "WAL");
    for (JsonNode region : regions) {
      rows.row(
          region.path("number").asString(),
          region.path("id").asString(),
          peer(region.path("leader")),
          peers(region.path("followers")),
          state(region),
          region.path("partition").asString("all"),
          region.path("wal_topic").asString("-"));
    }
    text.append('\n').append(rows);
    Tables nodes = Tables.of("DATANODE", "TO OPEN AS LEADER", "AS FOLLOWER");
    for (JsonNode node : table.path("datanode_tables")) {
      nodes.row(
          node.path("datanode").asString(),
          orNothing(joined(node.path("leaders"))),
          orNothing(joined(node.path("followers"))));
    }
    text.append('\n').append(nodes);
  }

  private String state(JsonNode region) {
    String state = region.path("state").asString();
    return region.has("leader_down_since_ms")
        ? state + " for " + ages.since(region.path("leader_down_since_ms").asLong())
        : state;
  }

  private void relations() {
    JsonNode logical = table.path("logical_tables");
    if (logical.isObject()) {
      text.append('\n').append("Logical tables: ").append(logical.path("count").asString());
      text.append('\n');
      Tables rows = Tables.of("ID", "NAME");
      logical
          .path("tables")
          .forEach(row -> rows.row(row.path("id").asString(), row.path("name").asString("?")));
      text.append(rows);
      if (logical.path("tables").size() < logical.path("count").asLong()) {
        text.append("(only the first are shown)\n");
      }
    }
    if (!table.path("flows").isEmpty()) {
      Tables rows = Tables.of("READ BY FLOW", "ID", "INTO", "PARTITION", "FLOWNODE");
      for (JsonNode flow : table.path("flows")) {
        rows.row(
            flow.path("name").asString("?"),
            flow.path("id").asString(),
            flow.path("sink_table").asString("?"),
            flow.path("partition").asString(),
            peer(flow.path("flownode")));
      }
      text.append('\n').append(rows);
    }
  }

  private static String related(JsonNode other) {
    return other.isObject()
        ? "%s (id %s)".formatted(other.path("name").asString("?"), other.path("id").asString())
        : "";
  }

  private static String peer(JsonNode peer) {
    return peer.isObject()
        ? peer.path("id").asString() + " at " + peer.path("address").asString()
        : "-";
  }

  private static String peers(JsonNode peers) {
    List<String> texts = new ArrayList<>();
    peers.forEach(each -> texts.add(peer(each)));
    return orNothing(String.join(", ", texts));
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? "-" : text;
  }

  static String joined(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
  }
}
