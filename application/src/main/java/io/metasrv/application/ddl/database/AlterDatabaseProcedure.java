package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.RepeatableStep;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.metadata.codec.SchemaOptionsCodec;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.table.SchemaOptions;
import java.util.List;
import java.util.Optional;

/** ALTER DATABASE: changes options that its tables fall back on; the tables stay as they are. */
public final class AlterDatabaseProcedure implements Procedure {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "AlterDatabase";

  private enum State {
    PREPARE,
    UPDATE_METADATA,
    INVALIDATE_SCHEMA_CACHE
  }

  private final DdlContext context;
  private final String catalog;
  private final String schema;
  private final DatabaseAlteration alteration;
  private State state = State.PREPARE;
  private Optional<Stored<SchemaOptions>> current = Optional.empty();

  /** A new one. */
  public AlterDatabaseProcedure(
      DdlContext context, String catalog, String schema, DatabaseAlteration alteration) {
    this.context = context;
    this.catalog = catalog;
    this.schema = schema;
    this.alteration = alteration;
  }

  /** The one whose dump this is. */
  public static AlterDatabaseProcedure load(DdlContext context, String dump) {
    JsonValue.Object data = JsonReader.read(dump).asObject();
    AlterDatabaseProcedure loaded =
        new AlterDatabaseProcedure(
            context,
            data.text("catalog_name"),
            data.text("schema_name"),
            DatabaseAlteration.read(data.require("kind")));
    loaded.state = StateNames.read(data, State.values());
    loaded.current =
        data.find("schema_value").map(value -> Stored.read(value, SchemaOptionsCodec.CODEC));
    return loaded;
  }

  @Override
  public String typeName() {
    return TYPE;
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return RepeatableStep.run(
        () ->
            switch (state) {
              case PREPARE -> prepare();
              case UPDATE_METADATA -> updateMetadata();
              case INVALIDATE_SCHEMA_CACHE -> invalidateCache();
            });
  }

  private Step prepare() {
    current = Optional.of(stored());
    state = State.UPDATE_METADATA;
    return Step.persisted();
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
    state = State.INVALIDATE_SCHEMA_CACHE;
    return Step.persisted();
  }

  private Step invalidateCache() {
    context.caches().invalidate(List.of(new CacheIdent.OfSchemaName(catalog, schema)));
    return Step.done();
  }

  @Override
  public String dump() {
    return JsonWriter.text(
        out -> {
          out.beginObject();
          StateNames.write(out, state);
          alteration.write(out.name("kind"));
          out.member("catalog_name", catalog).member("schema_name", schema).name("schema_value");
          current.ifPresentOrElse(value -> value.write(out), out::nullValue);
          out.endObject();
        });
  }

  @Override
  public List<LockKey> locks() {
    return List.of(
        LockKey.catalog(LockMode.SHARE, catalog),
        LockKey.schema(LockMode.EXCLUSIVE, catalog, schema));
  }

  @Override
  public String subject() {
    return "database " + catalog + "." + schema;
  }
}
