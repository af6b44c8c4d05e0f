package io.metasrv.application.ddl.view;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.SteppedProcedure;
import io.metasrv.application.ddl.TableLocks;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.TableId;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableType;
import java.util.List;
import java.util.Optional;

/**
 * DROP VIEW. Beside the id it locks the name, so that no view of that name appears meanwhile, and
 * it refuses a name and an id that don't belong together.
 */
public final class DropViewProcedure extends SteppedProcedure<DropViewProcedure.State> {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "DropView";

  enum State {
    PREPARE,
    DELETE_METADATA,
    INVALIDATE_VIEW_CACHE
  }

  private final DdlContext context;
  private final ViewDrop task;

  /** A new one. */
  public DropViewProcedure(DdlContext context, ViewDrop task) {
    super(TYPE, State.PREPARE);
    this.context = context;
    this.task = task;
  }

  /** The one whose dump this is. */
  public static DropViewProcedure load(DdlContext context, String dump) {
    return restore(
        dump,
        State.values(),
        data -> new DropViewProcedure(context, ViewDrop.read(data.require("task"))));
  }

  @Override
  protected Step step(State at, ProcedureContext run) throws InterruptedException {
    return switch (at) {
      case PREPARE -> prepare();
      case DELETE_METADATA -> deleteMetadata();
      case INVALIDATE_VIEW_CACHE -> invalidateCache();
    };
  }

  private Step prepare() {
    Optional<TableId> named = context.tables().names().get(task.name());
    if (named.isEmpty()) {
      if (task.ifExists()) {
        return Step.done();
      }
      throw DdlErrors.viewNotFound(task.name());
    }
    if (!named.get().equals(task.view())) {
      throw DdlErrors.nameAndIdDiffer(task.name(), task.view(), named.get());
    }
    requireView(context.tables());
    return next(State.DELETE_METADATA);
  }

  private void requireView(TableMetadata tables) {
    TableInfo info =
        tables
            .infos()
            .get(task.view())
            .orElseThrow(() -> DdlErrors.tableInfoNotFound(task.name().toString()))
            .value()
            .info();
    if (info.type() != TableType.VIEW) {
      throw DdlErrors.invalidViewInfo(task.name() + " is not a view");
    }
    if (tables.views().get(task.view()).isEmpty()) {
      throw DdlErrors.viewNotFound(task.name());
    }
  }

  private Step deleteMetadata() {
    context.tables().destroyView(task.view(), task.name());
    return next(State.INVALIDATE_VIEW_CACHE);
  }

  private Step invalidateCache() {
    TableName name = task.name();
    context
        .caches()
        .invalidate(
            "Invalidate view cache by dropping view",
            List.of(
                new CacheIdent.OfTableId(task.view()),
                new CacheIdent.OfTableName(name.catalog(), name.schema(), name.table())));
    return Step.done();
  }

  @Override
  protected void writeMembers(JsonWriter out) {
    task.write(out.name("task"));
  }

  @Override
  public List<LockKey> locks() {
    return TableLocks.of(task.name(), task.view());
  }

  @Override
  public String subject() {
    return "view " + task.name();
  }
}
