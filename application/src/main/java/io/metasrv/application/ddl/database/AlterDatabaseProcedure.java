package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.SteppedProcedure;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.SchemaOptionsCodec;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.table.SchemaOptions;
import java.util.List;
import java.util.Optional;

/** ALTER DATABASE: changes options that its tables fall back on; the tables stay as they are. */
public final class AlterDatabaseProcedure extends SteppedProcedure<AlterDatabaseProcedure.State> {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "AlterDatabase";

  enum State {
    PREPARE,
    UPDATE_METADATA,
    INVALIDATE_SCHEMA_CACHE
  }

  private final DdlContext context;
  private final String catalog;
  private final String schema;
  private final DatabaseAlteration alteration;
  private Optional<Stored<SchemaOptions>> current = Optional.empty();

  /** A new one. */
  public AlterDatabaseProcedure(
      DdlContext context, String catalog, String schema, DatabaseAlteration alteration) {
    super(TYPE, State.PREPARE);
    this.context = context;
    this.catalog = catalog;
    this.schema = schema;
    this.alteration = alteration;
  }

  /** The one whose dump this is. */
  public static AlterDatabaseProcedure load(DdlContext context, String dump) {
    return restore(dump, State.values(), data -> read(context, data));
  }

  private static AlterDatabaseProcedure read(DdlContext context, JsonValue.Object data) {
    AlterDatabaseProcedure loaded =
        new AlterDatabaseProcedure(
            context,
            data.text("catalog_name"),
            data.text("schema_name"),
            DatabaseAlteration.read(data.require("kind")));
    loaded.current =
        data.find("schema_value").map(value -> Stored.read(value, SchemaOptionsCodec.CODEC));
    return loaded;
  }

  @Override
  protected Step step(State at, ProcedureContext run) throws InterruptedException {
    return switch (at) {
      case PREPARE -> prepare();
      case UPDATE_METADATA -> updateMetadata();
      case INVALIDATE_SCHEMA_CACHE -> invalidateCache();
    };
  }

  private Step prepare() {
    current = Optional.of(stored());
    return next(State.UPDATE_METADATA);
  }

  private Stored<SchemaOptions> stored() {
    return context
        .tables()
        .schemas()
        .get(catalog, schema)
        .orElseThrow(() -> DdlErrors.schemaNotFound(schema));
  }

  private Step updateMetadata() {
    Stored<SchemaOptions> before = current.orElseGet(this::stored);
    context.tables().schemas().update(catalog, schema, before, alteration.apply(before.value()));
    return next(State.INVALIDATE_SCHEMA_CACHE);
  }

  private Step invalidateCache() {
    context.caches().invalidate(List.of(new CacheIdent.OfSchemaName(catalog, schema)));
    return Step.done();
  }

  @Override
  protected void writeMembers(JsonWriter out) {
    alteration.write(out.name("kind"));
    out.member("catalog_name", catalog).member("schema_name", schema).name("schema_value");
    current.ifPresentOrElse(value -> value.write(out), out::nullValue);
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
