package io.metasrv.application.ddl.comment;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comments do to a table's info (sheet 06 §17). */
final class CommentChanges {

  private CommentChanges() {}

  /** Sets or removes that of the table: in its description and among its options. */
  static TableInfo ofTable(TableInfo info, Optional<String> text) {
    TableMeta meta = info.meta();
    TableOptions options =
        text.map(comment -> meta.options().withExtraOption(TableOptions.COMMENT, comment))
            .orElseGet(() -> meta.options().withoutExtraOption(TableOptions.COMMENT));
    return info.withDesc(text).withMeta(meta.withOptions(options));
  }

  /**
   * Sets or removes that of a column.
   *
   * @throws ServiceException (Unexpected) if there is no such column
   */
  static TableInfo ofColumn(TableInfo info, String column, Optional<String> text) {
    Schema schema = info.meta().schema();
    List<ColumnSchema> columns = new ArrayList<>();
    boolean found = false;
    for (ColumnSchema each : schema.columns()) {
      boolean wanted = each.name().equals(column);
      columns.add(wanted ? commented(each, text) : each);
      found |= wanted;
    }
    if (!found) {
      // The original has no id at hand either and says 0.
      throw ServiceException.unexpected(
          "Column not found, column: %s, column id: 0; table: %s"
              .formatted(column, info.tableName()));
    }
    return info.withMeta(info.meta().withSchema(schema.withColumns(columns)));
  }

  private static ColumnSchema commented(ColumnSchema column, Optional<String> text) {
    return text.map(comment -> column.withMetadata(ColumnMetadataKeys.COMMENT, comment))
        .orElseGet(() -> column.withoutMetadata(ColumnMetadataKeys.COMMENT));
  }
}
