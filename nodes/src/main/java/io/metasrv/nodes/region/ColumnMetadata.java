package io.metasrv.nodes.region;

import io.metasrv.nodes.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A column of a region (sheet 03 §5.4, §5.5; sheet 08 §20.1).
 *
 * @param dataType the type as JSON text
 * @param defaultConstraint the default as JSON text, {@code null} where there is none
 * @param metadata index options, comment and the mark of the time index
 * @param semanticType {@code Tag}, {@code Field} or {@code Timestamp}
 * @param columnId unsigned 32 bits
 */
public record ColumnMetadata(
    String name,
    String dataType,
    boolean nullable,
    String defaultConstraint,
    SortedMap<String, String> metadata,
    String semanticType,
    long columnId) {

  static final String TAG = "Tag";
  static final String FIELD = "Field";
  static final String TIMESTAMP = "Timestamp";

  /** Column ids from here on belong to the engines. */
  static final long FIRST_RESERVED_ID = 0x8000_0000L;

  public boolean isTag() {
    return semanticType.equals(TAG);
  }

  public boolean isTimeIndex() {
    return semanticType.equals(TIMESTAMP);
  }

  ColumnMetadata withDataType(String type) {
    return new ColumnMetadata(
        name, type, nullable, defaultConstraint, metadata, semanticType, columnId);
  }

  ColumnMetadata withDefault(String json) {
    return new ColumnMetadata(name, dataType, nullable, json, metadata, semanticType, columnId);
  }

  ColumnMetadata withColumnId(long id) {
    return new ColumnMetadata(
        name, dataType, nullable, defaultConstraint, metadata, semanticType, id);
  }

  ColumnMetadata with(String key, String value) {
    SortedMap<String, String> changed = new TreeMap<>(metadata);
    changed.put(key, value);
    return new ColumnMetadata(
        name, dataType, nullable, defaultConstraint, changed, semanticType, columnId);
  }

  ColumnMetadata without(String key) {
    SortedMap<String, String> changed = new TreeMap<>(metadata);
    changed.remove(key);
    return new ColumnMetadata(
        name, dataType, nullable, defaultConstraint, changed, semanticType, columnId);
  }

  /** Appends the JSON object of this column. */
  void write(JsonText json) {
    json.startObject().name("column_schema").startObject();
    json.name("name").string(name);
    json.name("data_type").raw(dataType);
    json.name("is_nullable").bool(nullable);
    json.name("is_time_index").bool(isTimeIndex());
    json.name("default_constraint").raw(defaultConstraint);
    json.name("metadata").startObject();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      json.name(entry.getKey()).string(entry.getValue());
    }
    json.endObject().endObject();
    json.name("semantic_type").string(semanticType);
    json.name("column_id").unsigned(columnId).endObject();
  }

  /** The JSON array of the columns. */
  static String toJson(List<ColumnMetadata> columns) {
    JsonText json = new JsonText().startArray();
    columns.forEach(column -> column.write(json));
    return json.endArray().toString();
  }
}
