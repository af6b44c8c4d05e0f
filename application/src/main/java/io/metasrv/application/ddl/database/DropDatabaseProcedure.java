package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.RepeatableStep;
import io.metasrv.application.ddl.database.DropDatabaseState.Target;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DROP DATABASE with everything in it: views and logical tables first, then tables with regions. A
 * name with nothing behind it is removed and reported; it does not stand in the way for ever, as it
 * does in the original.
 */
public final class DropDatabaseProcedure implements Procedure {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "DropDatabase";

  private static final Logger LOG = LoggerFactory.getLogger(DropDatabaseProcedure.class);

  private final DdlContext context;
  private final String catalog;
  private final String schema;
  private final boolean ifExists;
  private final DatabaseTableDrop drop;
  private DropDatabaseState state = new DropDatabaseState.Start();
  private Optional<DatabaseTables> remaining = Optional.empty();

  /** A new one. */
  public DropDatabaseProcedure(
      DdlContext context, String catalog, String schema, boolean ifExists) {
    this.context = context;
    this.catalog = catalog;
    this.schema = schema;
    this.ifExists = ifExists;
    this.drop = new DatabaseTableDrop(context);
  }

  /** The one whose dump this is. */
  public static DropDatabaseProcedure load(DdlContext context, String dump) {
    JsonValue.Object data = JsonReader.read(dump).asObject();
    DropDatabaseProcedure loaded =
        new DropDatabaseProcedure(
            context,
            data.text("catalog"),
            data.text("schema"),
            data.boolOr("drop_if_exists", false));
    loaded.state = DropDatabaseState.read(data.require("state"));
    return loaded;
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public void recover() {
    if (state instanceof DropDatabaseState.Executor executor) {
      drop.hold(executor);
    }
  }

  @Override
  public void ended() {
    drop.release();
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return RepeatableStep.run(
        () ->
            switch (state) {
              case DropDatabaseState.Start ignored -> start();
              case DropDatabaseState.Cursor(Target target) -> findNext(target);
              case DropDatabaseState.Executor executor -> dropTable(executor, run.isRetrying());
              case DropDatabaseState.RemoveMetadata ignored -> removeMetadata();
              case DropDatabaseState.Broadcast ignored -> broadcast();
              case DropDatabaseState.End ignored -> Step.done();
            });
  }

  private Step start() {
    if (context.tables().schemas().exists(catalog, schema)) {
      state = new DropDatabaseState.Cursor(Target.LOGICAL);
      return Step.persisted();
    }
    if (ifExists) {
      state = new DropDatabaseState.End();
      return Step.done();
    }
    throw DdlErrors.schemaNotFound(schema);
  }

  private Step findNext(Target target) {
    DatabaseTables tables =
        remaining.orElseGet(() -> new DatabaseTables(context.tables(), catalog, schema));
    remaining = Optional.of(tables);
    Optional<DatabaseTable> next = tables.next();
    return next.isPresent() ? dropFound(next.get(), target) : passOver(target);
  }

  private Step dropFound(DatabaseTable found, Target target) {
    return switch (found) {
      case DatabaseTable.View view -> {
        drop.view(view);
        yield Step.volatileStep();
      }
      case DatabaseTable.Remnant remnant -> {
        LOG.warn(
            "DROP DATABASE {}.{}: {} (id {}) has no {}; its keys are removed. Regions it may have"
                + " had close with their leases, their files stay",
            catalog,
            schema,
            remnant.name(),
            remnant.table(),
            remnant.missing());
        drop.remnant(remnant);
        yield Step.volatileStep();
      }
      case DatabaseTable.Regions table -> {
        if (table.target() != target) {
          yield Step.volatileStep();
        }
        state =
            new DropDatabaseState.Executor(table.table(), table.name(), table.regions(), target);
        yield Step.persisted();
      }
    };
  }

  private Step passOver(Target target) {
    remaining = Optional.empty();
    state =
        switch (target) {
          case LOGICAL -> new DropDatabaseState.Cursor(Target.PHYSICAL);
          case PHYSICAL -> new DropDatabaseState.RemoveMetadata();
        };
    return Step.persisted();
  }

  private Step dropTable(DropDatabaseState.Executor executor, boolean retrying)
      throws InterruptedException {
    drop.table(executor, retrying);
    state = new DropDatabaseState.Cursor(executor.target());
    return Step.volatileStep();
  }

  private Step removeMetadata() {
    context.tables().schemas().delete(catalog, schema);
    state = new DropDatabaseState.Broadcast();
    return Step.persisted();
  }

  private Step broadcast() {
    context
        .caches()
        .invalidate(
            "Invalidate schema cache by dropping database",
            List.of(new CacheIdent.OfSchemaName(catalog, schema)));
    return Step.done();
  }

  @Override
  public String dump() {
    return JsonWriter.text(
        out -> {
          out.beginObject()
              .member("catalog", catalog)
              .member("schema", schema)
              .member("drop_if_exists", ifExists)
              .name("state");
          state.write(out);
          out.endObject();
        });
  }

  @Override
  public List<LockKey> locks() {
    return DatabaseLocks.of(catalog, schema);
  }

  @Override
  public String subject() {
    return "database " + catalog + "." + schema;
  }
}
