package io.metasrv.nodes.frontend;

import io.metasrv.domain.table.TableName;
import io.metasrv.nodes.json.JsonText;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/** Parts of a table info's JSON that tables and views share (sheet 03 §5). */
final class TableInfoText {

  private TableInfoText() {}

  static void head(JsonText json, TableName name) {
    json.name("ident").startObject();
    json.name("table_id").unsigned(0).name("version").unsigned(0).endObject();
    json.name("name").string(name.table()).name("desc").nothing();
    json.name("catalog_name").string(name.catalog());
    json.name("schema_name").string(name.schema());
  }

  static void options(JsonText json, SortedMap<String, String> options) {
    json.name("options").startObject();
    json.name("write_buffer_size").nothing().name("ttl").nothing().name("skip_wal").bool(false);
    json.name("extra_options").startObject();
    for (Map.Entry<String, String> option : options.entrySet()) {
      json.name(option.getKey()).string(option.getValue());
    }
    json.endObject().endObject();
  }

  static void times(JsonText json, Instant at) {
    json.name("created_on").string(at.toString()).name("updated_on").string(at.toString());
  }

  /** The info of a view. */
  static String ofView(TableName name, Instant at) {
    JsonText json = new JsonText().startObject();
    head(json, name);
    json.name("meta").startObject().name("schema").startObject();
    json.name("column_schemas").startArray().endArray().name("version").unsigned(0).endObject();
    json.name("primary_key_indices").startArray().endArray();
    json.name("value_indices").startArray().endArray();
    json.name("engine").string("").name("next_column_id").unsigned(0);
    options(json, java.util.Collections.emptySortedMap());
    times(json, at);
    json.name("partition_key_indices").startArray().endArray();
    json.endObject().name("table_type").string("View");
    return json.endObject().toString();
  }
}
