package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.DdlContext;
import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.ddl.RepeatableStep;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.SchemaManager;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureContext;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.table.SchemaOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * CREATE DATABASE. The key is only ever put if it is absent, so that no database that appears in
 * between is overwritten.
 */
public final class CreateDatabaseProcedure implements Procedure {

  /** Its type. */
  public static final String TYPE = TYPE_PREFIX + "CreateDatabase";

  private enum State {
    PREPARE,
    CREATE_METADATA
  }

  private final SchemaManager schemas;
  private final NewDatabase database;
  private State state;

  /** A new one. */
  public CreateDatabaseProcedure(DdlContext context, NewDatabase database) {
    this(context, database, State.PREPARE);
  }

  private CreateDatabaseProcedure(DdlContext context, NewDatabase database, State state) {
    this.schemas = context.tables().schemas();
    this.database = database;
    this.state = state;
  }

  /** The one whose dump this is. */
  public static CreateDatabaseProcedure load(DdlContext context, String dump) {
    JsonValue.Object data = JsonReader.read(dump).asObject();
    return new CreateDatabaseProcedure(
        context,
        new NewDatabase(
            data.text("catalog"),
            data.text("schema"),
            data.require("create_if_not_exists").asBool(),
            options(data)),
        StateNames.read(data, State.values()));
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
  public String typeName() {
    return TYPE;
  }

  @Override
  public Step execute(ProcedureContext run) throws InterruptedException {
    return RepeatableStep.run(
        () ->
            switch (state) {
              case PREPARE -> prepare();
              case CREATE_METADATA -> createMetadata();
            });
  }

  private Step prepare() {
    if (schemas.exists(database.catalog(), database.schema())) {
      return alreadyThere();
    }
    // Refused before anything is stored.
    SchemaOptions unused = database.stored();
    state = State.CREATE_METADATA;
    return Step.persisted();
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
  public String dump() {
    return JsonWriter.text(
        out -> {
          out.beginObject();
          StateNames.write(out, state);
          out.member("catalog", database.catalog())
              .member("schema", database.schema())
              .member("create_if_not_exists", database.ifNotExists())
              .name("options")
              .beginObject();
          database.options().forEach(out::member);
          out.endObject().endObject();
        });
  }

  @Override
  public List<LockKey> locks() {
    return List.of(
        LockKey.catalog(LockMode.SHARE, database.catalog()),
        LockKey.schema(LockMode.EXCLUSIVE, database.catalog(), database.schema()));
  }

  @Override
  public String subject() {
    return "database " + database.catalog() + "." + database.schema();
  }
}
