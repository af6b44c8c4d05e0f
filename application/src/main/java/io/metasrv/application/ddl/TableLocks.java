package io.metasrv.application.ddl;

import io.metasrv.domain.TableId;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.table.TableName;
import java.util.List;

/** The locks of procedures on one table (sheet 05 §21.3). */
public final class TableLocks {

  private TableLocks() {}

  /** A name that is taken or looked up: catalog and schema shared, the name alone. */
  public static List<LockKey> ofName(TableName name) {
    return List.of(
        LockKey.catalog(LockMode.SHARE, name.catalog()),
        LockKey.schema(LockMode.SHARE, name.catalog(), name.schema()),
        LockKey.tableName(name.catalog(), name.schema(), name.table()));
  }

  /** A table known by name and by id: catalog and schema shared, both of its own alone. */
  public static List<LockKey> of(TableName name, TableId table) {
    return List.of(
        LockKey.catalog(LockMode.SHARE, name.catalog()),
        LockKey.schema(LockMode.SHARE, name.catalog(), name.schema()),
        LockKey.table(LockMode.EXCLUSIVE, table),
        LockKey.tableName(name.catalog(), name.schema(), name.table()));
  }
}
