package io.metasrv.application.ddl.region;

import com.google.protobuf.ByteString;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.codec.ColumnSchemaCodec;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.SemanticType;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.ColumnOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Columns of a table's info as datanodes are told of them (sheet 06 §5.1, §10.2). */
public final class ColumnDefs {

  /** Names of column options on the wire, by the name of the metadata they become. */
  private static final SequencedMap<String, String> OPTIONS = new LinkedHashMap<>();

  static {
    OPTIONS.put(ColumnMetadataKeys.FULLTEXT, "fulltext");
    OPTIONS.put(ColumnMetadataKeys.INVERTED_INDEX, "inverted_index");
    OPTIONS.put(ColumnMetadataKeys.SKIPPING_INDEX, "skipping_index");
    OPTIONS.put(ColumnMetadataKeys.VECTOR_INDEX, "vector_index");
    OPTIONS.put(ColumnMetadataKeys.EXTENSION_NAME, ColumnMetadataKeys.EXTENSION_NAME);
    OPTIONS.put(ColumnMetadataKeys.EXTENSION_METADATA, ColumnMetadataKeys.EXTENSION_METADATA);
  }

  private ColumnDefs() {}

  /**
   * The definition of a column.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unsupported) if its type cannot be sent
   */
  public static ColumnDef of(ColumnSchema column, SemanticType semanticType) {
    ColumnDef.Builder definition =
        ColumnDef.newBuilder()
            .setName(column.name())
            .setIsNullable(column.nullable())
            .setSemanticType(semantic(semanticType))
            .setComment(column.metadata().getOrDefault(ColumnMetadataKeys.COMMENT, ""));
    WireTypes.Wire type = WireTypes.of(column.dataType());
    definition.setDataType(type.type());
    type.extension().ifPresent(definition::setDatatypeExtension);
    column
        .defaultConstraint()
        .map(value -> JsonWriter.text(out -> ColumnSchemaCodec.writeDefault(out, value)))
        .map(ByteString::copyFromUtf8)
        .ifPresent(definition::setDefaultConstraint);
    Map<String, String> options = options(column);
    if (!options.isEmpty()) {
      definition.setOptions(ColumnOptions.newBuilder().putAllOptions(options));
    }
    return definition.build();
  }

  /** The wire's name of a semantic type. */
  public static io.metasrv.protocol.v1.SemanticType semantic(SemanticType type) {
    return switch (type) {
      case TAG -> io.metasrv.protocol.v1.SemanticType.TAG;
      case FIELD -> io.metasrv.protocol.v1.SemanticType.FIELD;
      case TIMESTAMP -> io.metasrv.protocol.v1.SemanticType.TIMESTAMP;
    };
  }

  private static Map<String, String> options(ColumnSchema column) {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    OPTIONS.forEach(
        (stored, wire) -> {
          String value = column.metadata().get(stored);
          if (value != null) {
            options.put(wire, value);
          }
        });
    return options;
  }
}
