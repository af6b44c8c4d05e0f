package io.metasrv.application.ddl.alter;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.ColumnSchemaCodec;
import io.metasrv.application.wire.ColumnTypes;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.ColumnDefault;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.alter.DefaultRules;
import io.metasrv.domain.table.value.ValueTypes;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.SemanticType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Definitions of columns on the wire (sheet 06 §10.2). */
final class ColumnDefinitions {

  /** Names of options, and what they are called in a column's metadata. */
  private static final List<Map.Entry<String, String>> OPTIONS =
      List.of(
          Map.entry("fulltext", ColumnMetadataKeys.FULLTEXT),
          Map.entry("inverted_index", ColumnMetadataKeys.INVERTED_INDEX),
          Map.entry("skipping_index", ColumnMetadataKeys.SKIPPING_INDEX),
          Map.entry("vector_index", ColumnMetadataKeys.VECTOR_INDEX),
          Map.entry(ColumnMetadataKeys.EXTENSION_NAME, ColumnMetadataKeys.EXTENSION_NAME),
          Map.entry(ColumnMetadataKeys.EXTENSION_METADATA, ColumnMetadataKeys.EXTENSION_METADATA));

  private ColumnDefinitions() {}

  /**
   * The column.
   *
   * @throws ServiceException (InvalidArguments) if its type or its default is wrong
   */
  static ColumnSchema fromWire(ColumnDef definition) {
    if (definition.getName().isEmpty()) {
      throw ServiceException.invalidArguments("A column definition has no name");
    }
    DataType type =
        ColumnTypes.fromWire(definition.getDataType(), definition.getDatatypeExtension());
    ColumnSchema column =
        new ColumnSchema(
            definition.getName(),
            type,
            definition.getIsNullable(),
            false,
            defaultOf(definition, type),
            metadata(definition),
            UnknownMembers.NONE);
    return DefaultRules.checked(
        definition.getSemanticType() == SemanticType.TIMESTAMP ? column.asTimeIndex() : column);
  }

  private static Optional<ColumnDefault> defaultOf(ColumnDef definition, DataType type) {
    if (definition.getDefaultConstraint().isEmpty()) {
      return Optional.empty();
    }
    String json = definition.getDefaultConstraint().toStringUtf8();
    try {
      ColumnDefault read = ColumnSchemaCodec.readDefault(JsonReader.read(json));
      if (read instanceof ColumnDefault.Value(String value)
          && !ValueTypes.fits(StoredJson.TEXTS.value(value), type)) {
        throw ServiceException.invalidArguments(
            "Column %s of type %s cannot default to %s"
                .formatted(definition.getName(), type, value));
      }
      return Optional.of(read);
    } catch (JsonFormatException e) {
      throw ServiceException.invalidArguments(
          "Invalid default constraint of column %s: %s: %s"
              .formatted(definition.getName(), json, e.getMessage()));
    }
  }

  private static SequencedMap<String, String> metadata(ColumnDef definition) {
    LinkedHashMap<String, String> metadata = new LinkedHashMap<>();
    if (!definition.getComment().isEmpty()) {
      metadata.put(ColumnMetadataKeys.COMMENT, definition.getComment());
    }
    Map<String, String> given = definition.getOptions().getOptionsMap();
    for (Map.Entry<String, String> option : OPTIONS) {
      String value = given.get(option.getKey());
      if (value != null) {
        metadata.put(option.getValue(), value);
      }
    }
    return metadata;
  }
}
