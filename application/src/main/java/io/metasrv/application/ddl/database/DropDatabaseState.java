package io.metasrv.application.ddl.database;

import io.metasrv.application.ddl.json.DdlJson;
import io.metasrv.application.ddl.json.StateNames;
import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.TableId;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.table.TableName;
import java.util.List;

/** How far DROP DATABASE has come (sheet 05 §21.1, sheet 06 §14). */
sealed interface DropDatabaseState {

  /** Which tables are dropped: those without regions of their own go first. */
  enum Target {
    LOGICAL,
    PHYSICAL
  }

  /** Nothing has been done. */
  record Start() implements DropDatabaseState {}

  /** Looks for the next table of a kind. */
  record Cursor(Target target) implements DropDatabaseState {}

  /**
   * Drops a table.
   *
   * @param table its id
   * @param name its name
   * @param regions of the table that holds its rows, which is itself unless it is logical
   * @param target what is looked for afterwards; tells which kind the table is of
   */
  record Executor(TableId table, TableName name, List<RegionRoute> regions, Target target)
      implements DropDatabaseState {
    public Executor {
      regions = List.copyOf(regions);
    }
  }

  /** Every table is gone. */
  record RemoveMetadata() implements DropDatabaseState {}

  /** The database is gone. */
  record Broadcast() implements DropDatabaseState {}

  /** There was nothing to do. */
  record End() implements DropDatabaseState {}

  /** Member that says which state it is. */
  String TAG = "drop_database_state";

  /** Writes the form inside a procedure's state. */
  default void write(JsonWriter out) {
    out.beginObject();
    switch (this) {
      case Start ignored -> out.member(TAG, "DropDatabaseStart");
      case Cursor(Target target) ->
          out.member(TAG, "DropDatabaseCursor").member("target", StateNames.text(target));
      case Executor executor -> writeExecutor(out.member(TAG, "DropDatabaseExecutor"), executor);
      case RemoveMetadata ignored -> out.member(TAG, "DropDatabaseRemoveMetadata");
      case Broadcast ignored -> out.member(TAG, "DropMetadataBroadcast");
      case End ignored -> out.member(TAG, "DropDatabaseEnd");
    }
    out.endObject();
  }

  // The reference writes the table's own id as that of the physical table, also for a logical one.
  private static void writeExecutor(JsonWriter out, Executor executor) {
    out.member("table_id", executor.table().value())
        .member("physical_table_id", executor.table().value());
    DdlJson.writeTableName(out.name("table_name"), executor.name());
    DdlJson.writeRoutes(out.name("physical_region_routes"), executor.regions());
    out.member("target", StateNames.text(executor.target()));
  }

  /**
   * Reads the form inside a procedure's state.
   *
   * @throws JsonFormatException if it is none
   */
  static DropDatabaseState read(JsonValue json) {
    JsonValue.Object state = json.asObject();
    String name = state.text(TAG);
    return switch (name) {
      case "DropDatabaseStart" -> new Start();
      case "DropDatabaseCursor" -> new Cursor(target(state));
      case "DropDatabaseExecutor" ->
          new Executor(
              DdlJson.readTableId(state.require("table_id")),
              DdlJson.readTableName(state.require("table_name")),
              DdlJson.readRoutes(state.require("physical_region_routes")),
              target(state));
      case "DropDatabaseRemoveMetadata" -> new RemoveMetadata();
      case "DropMetadataBroadcast" -> new Broadcast();
      case "DropDatabaseEnd" -> new End();
      default -> throw new JsonFormatException("unknown variant `" + name + "`");
    };
  }

  private static Target target(JsonValue.Object state) {
    return StateNames.of(state.text("target"), Target.values());
  }
}
