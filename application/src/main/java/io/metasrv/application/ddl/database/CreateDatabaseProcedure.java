package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.SteppedProcedure;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.SchemaManager;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.table.SchemaOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * CREATE DATABASE. The key is only ever put if it is absent, so that no database that appears in
 * between is overwritten.
 */
public final class CreateDatabaseProcedure extends SteppedProcedure<CreateDatabaseProcedure.State> {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "CreateDatabase";

  enum State {
    PREPARE,
    CREATE_METADATA
  }

  private final SchemaManager schemas;
  private final NewDatabase database;

  /** A new one. */
  public CreateDatabaseProcedure(DdlContext context, NewDatabase database) {
    super(TYPE, State.PREPARE);
    this.schemas = context.tables().schemas();
    this.database = database;
  }

  /** The one whose dump this is. */
  public static CreateDatabaseProcedure load(DdlContext context, String dump) {
    return restore(
        dump,
        State.values(),
        data ->
            new CreateDatabaseProcedure(
                context,
                new NewDatabase(
                    data.text("catalog"),
                    data.text("schema"),
                    data.require("create_if_not_exists").asBool(),
                    options(data))));
  }

  private static SequencedMap<String, String> options(JsonValue.Object data) {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    data.find("options")
        .ifPresent(
            given ->
                given
                    .asObject()
                    .members()
                    .forEach((key, value) -> options.put(key, value.asText())));
    return options;
  }

  @Override
  protected Step step(State at, ProcedureContext run) throws InterruptedException {
    return switch (at) {
      case PREPARE -> prepare();
      case CREATE_METADATA -> createMetadata();
    };
  }

  private Step prepare() {
    if (schemas.exists(database.catalog(), database.schema())) {
      return alreadyThere();
    }
    // Refused before anything is stored.
    SchemaOptions unused = database.stored();
    return next(State.CREATE_METADATA);
  }

  private Step alreadyThere() {
    if (database.ifNotExists()) {
      return Step.done();
    }
    throw DdlErrors.schemaAlreadyExists(database.catalog(), database.schema());
  }

  private Step createMetadata() {
    SchemaOptions wanted = database.stored();
    if (schemas.create(database.catalog(), database.schema(), wanted)) {
      return Step.done();
    }
    Optional<SchemaOptions> found =
        schemas.get(database.catalog(), database.schema()).map(Stored::value);
    // The same: an attempt of this procedure got through whose end was not recorded.
    return found.equals(Optional.of(wanted)) ? Step.done() : alreadyThere();
  }

  @Override
  protected void writeMembers(JsonWriter out) {
    out.member("catalog", database.catalog())
        .member("schema", database.schema())
        .member("create_if_not_exists", database.ifNotExists())
        .name("options")
        .beginObject();
    database.options().forEach(out::member);
    out.endObject();
  }

  @Override
  public List<LockKey> locks() {
    return DatabaseLocks.of(database.catalog(), database.schema());
  }

  @Override
  public String subject() {
    return "database " + database.catalog() + "." + database.schema();
  }
}
