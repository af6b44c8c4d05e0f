package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.alter.TableAlteration.SetIndex;
import io.metasrv.domain.table.alter.TableAlteration.UnsetIndex;
import java.util.List;
import java.util.Optional;

/** Indexes of columns, kept in their metadata (sheet 06 §10.1, sheet 03 §5.4). */
final class IndexRules {

  private IndexRules() {}

  /**
   * With the indexes.
   *
   * @throws ServiceException if a column cannot have one
   */
  static TableMeta set(String table, TableMeta meta, List<SetIndex> indexes, StoredTexts texts) {
    TableMeta changed = meta;
    for (SetIndex index : indexes) {
      changed =
          ColumnRules.change(
              table, changed, index.column(), column -> set(table, column, index.options(), texts));
    }
    return published(changed);
  }

  private static ColumnSchema set(
      String table, ColumnSchema column, IndexOptions options, StoredTexts texts) {
    if (options instanceof IndexOptions.Fulltext fulltext) {
      checkFulltext(table, column, fulltext, texts);
    }
    return column.withMetadata(key(options), texts.text(options));
  }

  private static void checkFulltext(
      String table, ColumnSchema column, IndexOptions.Fulltext asked, StoredTexts texts) {
    if (!column.dataType().isText()) {
      throw AlterErrors.invalid(
          table, "column " + column.name() + " is not a string type, which FULLTEXT needs");
    }
    Optional<IndexOptions.Fulltext> held = fulltext(column, texts);
    if (held.isEmpty()) {
      return;
    }
    if (held.get().analyzer() != asked.analyzer()
        || held.get().caseSensitive() != asked.caseSensitive()) {
      throw AlterErrors.invalid(
          table,
          "Cannot change analyzer or case_sensitive of the FULLTEXT index of column %s once set;"
                  .formatted(column.name())
              + " they are %s and %s"
                  .formatted(held.get().analyzer().text(), held.get().caseSensitive()));
    }
  }

  /**
   * Without the indexes.
   *
   * @throws ServiceException if there is no such column or a full-text index is off already
   */
  static TableMeta unset(
      String table, TableMeta meta, List<UnsetIndex> indexes, StoredTexts texts) {
    TableMeta changed = meta;
    for (UnsetIndex index : indexes) {
      changed =
          ColumnRules.change(
              table, changed, index.column(), column -> unset(table, column, index.kind(), texts));
    }
    return published(changed);
  }

  private static ColumnSchema unset(
      String table, ColumnSchema column, IndexOptions.Kind kind, StoredTexts texts) {
    return switch (kind) {
      case FULLTEXT -> disableFulltext(table, column, texts);
      case INVERTED -> column.withoutMetadata(ColumnMetadataKeys.INVERTED_INDEX);
      case SKIPPING -> column.withoutMetadata(ColumnMetadataKeys.SKIPPING_INDEX);
    };
  }

  private static ColumnSchema disableFulltext(
      String table, ColumnSchema column, StoredTexts texts) {
    if (!column.dataType().isText()) {
      throw AlterErrors.invalid(
          table, "column " + column.name() + " is not a string type, which FULLTEXT needs");
    }
    IndexOptions.Fulltext held =
        fulltext(column, texts)
            .filter(IndexOptions.Fulltext::enable)
            .orElseThrow(
                () -> ServiceException.invalidArguments("FULLTEXT index already disabled"));
    return column.withMetadata(ColumnMetadataKeys.FULLTEXT, texts.text(held.disabled()));
  }

  private static Optional<IndexOptions.Fulltext> fulltext(ColumnSchema column, StoredTexts texts) {
    return Optional.ofNullable(column.metadata().get(ColumnMetadataKeys.FULLTEXT))
        .map(texts::fulltext);
  }

  private static TableMeta published(TableMeta meta) {
    return meta.withSchema(meta.schema().next(meta.schema().columns()));
  }

  private static String key(IndexOptions options) {
    return switch (options) {
      case IndexOptions.Fulltext ignored -> ColumnMetadataKeys.FULLTEXT;
      case IndexOptions.Inverted ignored -> ColumnMetadataKeys.INVERTED_INDEX;
      case IndexOptions.Skipping ignored -> ColumnMetadataKeys.SKIPPING_INDEX;
    };
  }
}
