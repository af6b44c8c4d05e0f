package io.metasrv.application.ddl.view;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.SteppedProcedure;
import io.metasrv.application.ddl.TableLocks;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.TableId;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableType;
import io.metasrv.domain.table.ViewInfo;
import java.util.List;
import java.util.Optional;

/**
 * CREATE VIEW, also with OR REPLACE, which changes what the view shows and nothing else. Unlike the
 * original it does not put views into databases that are not there.
 */
public final class CreateViewProcedure extends SteppedProcedure<CreateViewProcedure.State> {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "CreateView";

  enum State {
    PREPARE,
    CREATE_METADATA
  }

  private final DdlContext context;
  private NewView view;
  private boolean replaces;

  /** A new one. */
  public CreateViewProcedure(DdlContext context, NewView view) {
    super(TYPE, State.PREPARE);
    this.context = context;
    this.view = view;
  }

  /** The one whose dump this is. */
  public static CreateViewProcedure load(DdlContext context, String dump) {
    return restore(
        dump,
        State.values(),
        data -> {
          CreateViewProcedure loaded =
              new CreateViewProcedure(context, NewView.ofText(data.require("task")));
          loaded.replaces = data.require("need_update").asBool();
          return loaded;
        });
  }

  @Override
  protected Step step(State at, ProcedureContext run) throws InterruptedException {
    return switch (at) {
      case PREPARE -> prepare();
      case CREATE_METADATA -> createMetadata();
    };
  }

  private TableMetadata tables() {
    return context.tables();
  }

  private Step prepare() {
    Optional<TableId> existing = tables().names().get(view.name());
    if (existing.isPresent()) {
      return foundExisting(existing.get());
    }
    if (!tables().schemas().exists(view.name().catalog(), view.name().schema())) {
      throw DdlErrors.schemaNotFound(view.name().schema());
    }
    return begin(context.allocator().allocateId(Optional.empty()), false);
  }

  private Step foundExisting(TableId existing) {
    if (!view.expr().getOrReplace()) {
      if (view.expr().getCreateIfNotExists()) {
        return done(existing);
      }
      throw DdlErrors.viewAlreadyExists(view.name());
    }
    TableInfo info =
        tables()
            .infos()
            .get(existing)
            .orElseThrow(() -> DdlErrors.tableInfoNotFound(view.name().toString()))
            .value()
            .info();
    if (info.type() != TableType.VIEW) {
      throw DdlErrors.tableAlreadyExists(view.name());
    }
    return begin(existing, true);
  }

  private Step begin(TableId id, boolean replacing) {
    view = view.withId(id);
    replaces = replacing;
    return next(State.CREATE_METADATA);
  }

  private Step createMetadata() {
    if (replaces) {
      replace();
    } else {
      tables().createView(view.info(), view.stored());
    }
    TableName name = view.name();
    context
        .caches()
        .invalidate(
            "Invalidate view cache by creating view",
            List.of(
                new CacheIdent.OfTableName(name.catalog(), name.schema(), name.table()),
                new CacheIdent.OfTableId(view.id())));
    return done(view.id());
  }

  private void replace() {
    Stored<ViewInfo> current =
        tables().views().get(view.id()).orElseThrow(() -> DdlErrors.viewNotFound(view.name()));
    if (!view.isShownBy(current.value())) {
      tables().updateView(view.id(), current, view.replacing(current.value()));
    }
  }

  private static Step done(TableId id) {
    return new Step.Done(new ProcedureOutput.TableIds(List.of(id)));
  }

  @Override
  protected void writeMembers(JsonWriter out) {
    out.member("task", view.toText()).member("need_update", replaces);
  }

  @Override
  public List<LockKey> locks() {
    return TableLocks.ofName(view.name());
  }

  @Override
  public String subject() {
    return "view " + view.name();
  }
}
