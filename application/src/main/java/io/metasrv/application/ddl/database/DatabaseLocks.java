package io.metasrv.application.ddl.database;

import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import java.util.List;

/** The locks of procedures on one database (sheet 05 §21.3). */
final class DatabaseLocks {

  private DatabaseLocks() {}

  /** The catalog shared, the database alone. */
  static List<LockKey> of(String catalog, String schema) {
    return List.of(
        LockKey.catalog(LockMode.SHARE, catalog),
        LockKey.schema(LockMode.EXCLUSIVE, catalog, schema));
  }
}
