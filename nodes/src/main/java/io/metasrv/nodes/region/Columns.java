package io.metasrv.nodes.region;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.ColumnDef;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.region.RegionColumnDef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Column definitions of region requests as column metadata (sheet 03 §5.4, sheet 06 §8). */
final class Columns {

  static final String TIME_INDEX_KEY = "greptime:time_index";
  private static final String COMMENT_KEY = "greptime:storage:comment";
  private static final Map<String, String> OPTION_KEYS =
      new TreeMap<>(
          Map.of(
              "fulltext", "greptime:fulltext",
              "inverted_index", "greptime:inverted_index",
              "skipping_index", "greptime:skipping_index",
              "vector_index", "greptime:vector_index"));

  private Columns() {}

  static ColumnMetadata of(RegionColumnDef definition) {
    ColumnDef column = definition.getColumnDef();
    if (column.getName().isEmpty()) {
      throw ServiceException.invalidArguments("A column definition has no name");
    }
    return new ColumnMetadata(
        column.getName(),
        ColumnTypes.toJson(column.getDataType(), column.getDatatypeExtension()),
        column.getIsNullable(),
        column.getDefaultConstraint().isEmpty()
            ? "null"
            : column.getDefaultConstraint().toString(StandardCharsets.UTF_8),
        metadata(column),
        semantic(column.getSemanticType()),
        Integer.toUnsignedLong(definition.getColumnId()));
  }

  static List<ColumnMetadata> of(List<RegionColumnDef> definitions) {
    return definitions.stream().map(Columns::of).toList();
  }

  private static SortedMap<String, String> metadata(ColumnDef column) {
    SortedMap<String, String> metadata = new TreeMap<>();
    if (column.getSemanticType() == SemanticType.TIMESTAMP) {
      metadata.put(TIME_INDEX_KEY, "true");
    }
    if (!column.getComment().isEmpty()) {
      metadata.put(COMMENT_KEY, column.getComment());
    }
    Map<String, String> options = new TreeMap<>(column.getOptions().getOptionsMap());
    options.forEach((key, value) -> metadata.put(OPTION_KEYS.getOrDefault(key, key), value));
    return metadata;
  }

  private static String semantic(SemanticType type) {
    return switch (type) {
      case TAG -> ColumnMetadata.TAG;
      case FIELD -> ColumnMetadata.FIELD;
      case TIMESTAMP -> ColumnMetadata.TIMESTAMP;
      case UNRECOGNIZED -> throw ServiceException.invalidArguments("unknown semantic type");
    };
  }
}
