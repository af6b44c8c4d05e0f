package io.metasrv.application.ddl.task;

import io.metasrv.application.ddl.comment.CommentOn;
import io.metasrv.application.ddl.database.DatabaseAlteration;
import io.metasrv.application.ddl.database.NewDatabase;
import io.metasrv.application.ddl.flow.FlowDrop;
import io.metasrv.application.ddl.flow.NewFlow;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.ddl.view.ViewDrop;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import java.util.List;

/**
 * What a client asks for (sheet 06 §1, §2). Tasks of tables stay messages here: their procedures
 * read them.
 */
public sealed interface DdlTask {

  /** CREATE TABLE. */
  record CreateTable(CreateTableTask task) implements DdlTask {}

  /** CREATE TABLE of logical tables on one physical table. */
  record CreateLogicalTables(List<CreateTableTask> tasks) implements DdlTask {
    public CreateLogicalTables {
      tasks = List.copyOf(tasks);
    }
  }

  /** ALTER TABLE. */
  record AlterTable(AlterTableTask task) implements DdlTask {}

  /** ALTER TABLE of logical tables on one physical table. */
  record AlterLogicalTables(List<AlterTableTask> tasks) implements DdlTask {
    public AlterLogicalTables {
      tasks = List.copyOf(tasks);
    }
  }

  /** DROP TABLE. */
  record DropTable(DropTableTask task) implements DdlTask {}

  /** DROP TABLE of several, one after the other. */
  record DropTables(List<DropTableTask> tasks) implements DdlTask {
    public DropTables {
      tasks = List.copyOf(tasks);
    }
  }

  /** TRUNCATE TABLE. */
  record TruncateTable(TruncateTableTask task) implements DdlTask {}

  /** CREATE DATABASE. */
  record CreateDatabase(NewDatabase database) implements DdlTask {}

  /** ALTER DATABASE. */
  record AlterDatabase(String catalog, String schema, DatabaseAlteration alteration)
      implements DdlTask {}

  /** DROP DATABASE. */
  record DropDatabase(String catalog, String schema, boolean ifExists) implements DdlTask {}

  /** CREATE VIEW. */
  record CreateView(NewView view) implements DdlTask {}

  /** DROP VIEW. */
  record DropView(ViewDrop task) implements DdlTask {}

  /** CREATE FLOW. */
  record CreateFlow(NewFlow flow) implements DdlTask {}

  /** DROP FLOW. */
  record DropFlow(FlowDrop task) implements DdlTask {}

  /** COMMENT ON. */
  record Comment(CommentOn comment) implements DdlTask {}
}
