package io.metasrv.application.ddl.comment;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.domain.TableId;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import java.util.List;
import java.util.Optional;

/** A table whose comment, or a column's, is set. The version of the table itself stays. */
record CommentedTable(TableMetadata tables, TableName name, TableId id, TableChange change)
    implements CommentObject {

  /** What is done to the table's info. */
  @FunctionalInterface
  interface TableChange {
    TableInfo apply(TableInfo info);
  }

  /** Absent if it was dropped while the comment waited for its lock: said as of any other table. */
  private Stored<TableInfoValue> stored() {
    return tables.infos().get(id).orElseThrow(() -> DdlErrors.tableNotFound(name));
  }

  @Override
  public boolean isUpToDate() {
    TableInfo info = stored().value().info();
    return change.apply(info).equals(info);
  }

  @Override
  public void update() {
    Stored<TableInfoValue> current = stored();
    tables.updateTableInfo(current, Optional.empty(), change.apply(current.value().info()));
  }

  @Override
  public List<CacheIdent> caches() {
    return List.of(
        new CacheIdent.OfTableId(id),
        new CacheIdent.OfTableName(name.catalog(), name.schema(), name.table()));
  }

  @Override
  public LockKey lock() {
    return LockKey.table(LockMode.EXCLUSIVE, id);
  }

  @Override
  public void writeId(JsonWriter out) {
    out.member("table_id", id.value());
  }
}
