package io.metasrv.domain.table.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import java.time.Instant;

/** What an alteration makes of a table's info (sheet 06 §10). Stateless. */
public final class Alterations {

  private final StoredTexts texts;

  /**
   * @param texts how parts are stored
   */
  public Alterations(StoredTexts texts) {
    this.texts = texts;
  }

  /**
   * The info after the alteration.
   *
   * @param now becomes the moment of the last change, unless only the name changes
   * @throws ServiceException if the table cannot be altered so
   */
  public TableInfo apply(TableInfo info, TableAlteration alteration, Instant now) {
    if (alteration instanceof TableAlteration.Rename(String newName)) {
      return info.withName(newName);
    }
    TableMeta changed = meta(info.name(), info.meta(), alteration);
    if (alteration instanceof TableAlteration.AddColumns(var columns)) {
      changed = changed.withNextColumnId(changed.nextColumnId() + columns.size());
    }
    return finish(info, changed, now);
  }

  /**
   * The info of a logical table with more columns. Its next column id stays: the ids are those of
   * the physical table.
   *
   * @throws ServiceException if the table cannot be altered so
   */
  public TableInfo applyLogical(
      TableInfo info, TableAlteration.AddColumns alteration, Instant now) {
    return finish(info, meta(info.name(), info.meta(), alteration), now);
  }

  private static TableInfo finish(TableInfo info, TableMeta changed, Instant now) {
    TableMeta published =
        changed
            .withIndices(
                changed.primaryKeyIndices(),
                Indices.others(changed.schema().columns().size(), changed.primaryKeyIndices()),
                changed.partitionKeyIndices())
            .withUpdatedOn(now);
    return info.withMeta(published).withIdent(info.ident().next());
  }

  private TableMeta meta(String table, TableMeta meta, TableAlteration alteration) {
    return switch (alteration) {
      case TableAlteration.AddColumns(var columns) -> AddColumnsRule.apply(table, meta, columns);
      case TableAlteration.DropColumns(var names) -> ColumnRules.drop(table, meta, names);
      case TableAlteration.ModifyTypes(var changes) ->
          ColumnRules.modify(table, meta, changes, texts);
      case TableAlteration.Rename ignored -> meta;
      case TableAlteration.ChangeOptions(var changes) ->
          meta.withOptions(OptionRules.apply(meta.options(), changes));
      case TableAlteration.SetIndexes(var indexes) -> IndexRules.set(table, meta, indexes, texts);
      case TableAlteration.UnsetIndexes(var indexes) ->
          IndexRules.unset(table, meta, indexes, texts);
      case TableAlteration.DropDefaults(var columns) -> DefaultRules.drop(table, meta, columns);
      case TableAlteration.SetDefaults(var defaults) ->
          DefaultRules.set(table, meta, defaults, texts);
    };
  }
}
