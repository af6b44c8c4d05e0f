package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.ColumnSchemaCodec;
import io.metasrv.domain.table.ColumnDefault;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.SemanticType;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableOptions;
import java.util.List;
import java.util.Optional;

/** Columns, keys and options of a table. */
final class InfoReport {

  private InfoReport() {}

  /** Members of the object that shows the table. */
  static void write(JsonWriter json, TableInfoValue value) {
    TableInfo info = value.info();
    TableMeta meta = info.meta();
    json.member("engine", meta.engine());
    info.desc().ifPresent(comment -> json.member("comment", comment));
    json.member("created_ms", meta.createdOn().toEpochMilli())
        .member("updated_ms", meta.updatedOn().toEpochMilli())
        .unsignedMember("version", info.ident().version())
        .unsignedMember("stored_version", value.version())
        .member("schema_version", meta.schema().version())
        .member("next_column_id", meta.nextColumnId());
    columns(json, meta);
    names(json, "primary_key", meta, meta.primaryKeyIndices());
    meta.schema()
        .timeIndex()
        .ifPresent(at -> json.member("time_index", meta.schema().columns().get(at).name()));
    names(json, "partition_columns", meta, meta.partitionKeyIndices());
    json.name("options").beginObject();
    meta.options().toRegionOptions().forEach(json::member);
    if (meta.options().skipWal()) {
      json.member(TableOptions.SKIP_WAL, "true");
    }
    json.endObject();
  }

  private static void columns(JsonWriter json, TableMeta meta) {
    List<ColumnSchema> columns = meta.schema().columns();
    boolean numbered = meta.columnIds().size() == columns.size();
    json.name("columns").beginArray();
    for (int i = 0; i < columns.size(); i++) {
      ColumnSchema column = columns.get(i);
      json.beginObject();
      if (numbered) {
        json.member("id", meta.columnIds().get(i));
      }
      json.member("name", column.name())
          .member("type", TypeText.of(column.dataType()))
          .member("semantic", semantic(meta, i).text())
          .member("nullable", column.nullable());
      column.defaultConstraint().ifPresent(text -> json.member("default", text(text)));
      json.name("metadata").beginObject();
      column.metadata().forEach(json::member);
      json.endObject().endObject();
    }
    json.endArray();
  }

  private static SemanticType semantic(TableMeta meta, int index) {
    if (meta.schema().columns().get(index).timeIndex()) {
      return SemanticType.TIMESTAMP;
    }
    return meta.primaryKeyIndices().contains(index) ? SemanticType.TAG : SemanticType.FIELD;
  }

  private static String text(ColumnDefault value) {
    return switch (value) {
      case ColumnDefault.Function(String expression) -> expression;
      case ColumnDefault.Value(String json) -> json;
      case ColumnDefault.Foreign ignored ->
          JsonWriter.text(out -> ColumnSchemaCodec.writeDefault(out, value));
    };
  }

  /** Names of the columns; an index that leads nowhere is shown as it is. */
  private static void names(JsonWriter json, String member, TableMeta meta, List<Integer> indices) {
    List<ColumnSchema> columns = meta.schema().columns();
    json.name(member)
        .array(
            indices,
            (out, index) ->
                out.value(
                    Optional.of(index)
                        .filter(at -> at >= 0 && at < columns.size())
                        .map(at -> columns.get(at).name())
                        .orElseGet(() -> "#" + index)));
  }
}
