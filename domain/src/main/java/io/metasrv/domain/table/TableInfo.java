package io.metasrv.domain.table;

import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import java.util.Optional;

/**
 * A table or view (sheet 03 §5.1).
 *
 * @param ident id and version
 * @param name its name
 * @param desc its comment
 * @param catalogName its catalog
 * @param schemaName its schema
 * @param meta what it is made of
 * @param type table or view
 * @param unknown members kept for others
 */
public record TableInfo(
    TableIdent ident,
    String name,
    Optional<String> desc,
    String catalogName,
    String schemaName,
    TableMeta meta,
    TableType type,
    UnknownMembers unknown) {

  /** The table's id. */
  public TableId tableId() {
    return ident.tableId();
  }

  /** The full name. */
  public TableName tableName() {
    return new TableName(catalogName, schemaName, name);
  }

  /** Where a region's data are, below the root: {@code catalog/schema}. */
  public String regionStoragePath() {
    return catalogName + "/" + schemaName;
  }

  /** With another name. */
  public TableInfo withName(String changed) {
    return new TableInfo(ident, changed, desc, catalogName, schemaName, meta, type, unknown);
  }

  /** With another comment. */
  public TableInfo withDesc(Optional<String> changed) {
    return new TableInfo(ident, name, changed, catalogName, schemaName, meta, type, unknown);
  }

  /** With other meta. */
  public TableInfo withMeta(TableMeta changed) {
    return new TableInfo(ident, name, desc, catalogName, schemaName, changed, type, unknown);
  }

  /** With another id and version. */
  public TableInfo withIdent(TableIdent changed) {
    return new TableInfo(changed, name, desc, catalogName, schemaName, meta, type, unknown);
  }
}
