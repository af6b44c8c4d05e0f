package io.metasrv.application.ddl.comment;

import io.metasrv.application.ddl.TableLocks;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.table.TableName;
import java.util.List;

/** What a comment is about. */
public sealed interface CommentTarget {

  /** A table or view. */
  record Table(TableName name) implements CommentTarget {
    @Override
    public String toString() {
      return "table " + name;
    }
  }

  /** A column of a table. */
  record Column(TableName table, String column) implements CommentTarget {
    @Override
    public String toString() {
      return "column " + column + " of table " + table;
    }
  }

  /**
   * A flow.
   *
   * @param schema as given; flows have none
   */
  record Flow(String catalog, String schema, String name) implements CommentTarget {
    /** {@code catalog.flow}. */
    public String fullName() {
      return catalog + "." + name;
    }

    @Override
    public String toString() {
      return "flow " + fullName();
    }
  }

  /** The locks, without that of the id (sheet 05 §21.3). */
  default List<LockKey> locks() {
    return switch (this) {
      case Table(TableName name) -> TableLocks.ofName(name);
      case Column(TableName name, String ignored) -> TableLocks.ofName(name);
      case Flow(String catalog, String ignored, String name) ->
          List.of(LockKey.catalog(LockMode.SHARE, catalog), LockKey.flowName(catalog, name));
    };
  }
}
