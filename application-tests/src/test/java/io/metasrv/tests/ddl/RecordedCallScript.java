package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.json.JsonReader;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableName;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The recorded calls that change the catalogue or ask for procedures. */
final class RecordedCallScript {

  private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

  private final RecordedRun run = RecordedRun.ofCalls();
  private final RecordedSession session;
  private final DdlRequests sql = DdlRequests.of("refdb", Instant.EPOCH);

  RecordedCallScript(RecordedSession session) {
    this.session = session;
  }

  /** What a step does; empty if it is no call to procedures. */
  Optional<Runnable> call(RecordedRun.Step step) {
    return Optional.ofNullable(
        switch (step.name()) {
          case "24_ddl_create_database" -> () -> session.ddl(sevenDays());
          case "25_ddl_create_database_dup" ->
              () ->
                  session.refused(
                      sql.createDatabase("refdb", false),
                      StatusCode.DATABASE_ALREADY_EXISTS,
                      "Schema already exists, catalog:greptime, schema: refdb");
          case "26_ddl_create_database_if_not_exists" ->
              () -> session.ddl(sql.createDatabase("refdb", true));
          case "27_ddl_create_table" ->
              () -> session.creates(RecordedRequests.createTable(step, 1024, false), 1024);
          case "28_ddl_create_table_dup" ->
              () ->
                  session.refused(
                      RecordedRequests.createTable(step, 1024, false),
                      StatusCode.TABLE_ALREADY_EXISTS,
                      "Table already exists, table: greptime.refdb.t1");
          case "29_ddl_create_table_if_not_exists" ->
              () -> session.creates(RecordedRequests.createTable(step, 1024, true), 1024);
          case "30_ddl_create_table_partitioned" ->
              () -> session.creates(RecordedRequests.createTable(step, 1025, false), 1025);
          case "31_ddl_alter_add_column" -> () -> session.ddl(alteration(0, "t1"));
          case "32_ddl_alter_rename" -> () -> session.ddl(alteration(3, "t1"));
          case "33_ddl_alter_missing_table" ->
              () ->
                  session.refused(
                      alteration(0, "missing"),
                      StatusCode.TABLE_NOT_FOUND,
                      "Table not found: 'greptime.refdb.missing'");
          case "34_ddl_create_view" ->
              () -> session.creates(RecordedRequests.createView(step, 1026, false), 1026);
          case "35_ddl_replace_view" ->
              () -> session.creates(RecordedRequests.createView(step, 1026, true), 1026);
          case "36_ddl_create_flow" ->
              () -> session.ddl(RecordedRequests.createFlow(step, 1024, false));
          case "37_ddl_create_flow_dup" ->
              () ->
                  session.refused(
                      RecordedRequests.createFlow(step, 1024, false),
                      StatusCode.FLOW_ALREADY_EXISTS,
                      "Flow already exists: greptime.f1");
          case "38_ddl_truncate" -> () -> session.ddl(sql.truncate(sql.name("tp"), 1025));
          case "39_procedure_query" -> session::knowsTheLastProcedure;
          case "40_procedure_query_bad_pid" ->
              () ->
                  RecordedSession.refused(
                      () -> session.client.procedures().query("bad"),
                      StatusCode.INVALID_ARGUMENTS,
                      "Failed to parse procedure id: 626164: invalid length: expected length 32"
                          + " for simple format, found 3");
          case "41_procedure_query_unknown" ->
              () ->
                  RecordedSession.refused(
                      () -> session.client.procedures().query(UNKNOWN),
                      StatusCode.INVALID_ARGUMENTS,
                      "Procedure not found: " + UNKNOWN);
          case "42_procedure_list" ->
              () -> assertThat(session.procedures()).isEqualTo(RecordedListing.untilTruncation());
          case "46_ddl_drop_flow" -> () -> session.ddl(sql.dropFlow("f1", 1024));
          case "47_ddl_drop_view" -> () -> session.ddl(sql.dropView(sql.name("v1"), 1026));
          case "48_ddl_drop_table" -> () -> session.ddl(dropTable(false));
          case "49_ddl_drop_table_again" ->
              () ->
                  session.refused(
                      dropTable(false),
                      StatusCode.TABLE_NOT_FOUND,
                      "Table not found: 'greptime.refdb.t1r'");
          case "50_ddl_drop_table_if_exists" -> () -> session.ddl(dropTable(true));
          case "51_ddl_drop_database" -> () -> session.ddl(sql.dropDatabase("refdb", false));
          case "52_ddl_drop_database_again" ->
              () -> {
                session.refused(
                    sql.dropDatabase("refdb", false),
                    StatusCode.INVALID_ARGUMENTS,
                    "Schema nod found, schema: refdb");
                assertThat(session.procedures()).isEqualTo(RecordedListing.withoutMigration());
              };
          default -> null;
        });
  }

  /**
   * What is stored after a step if the region was not moved that the recording moved in steps 44
   * and 45.
   */
  SortedMap<String, String> unmoved(RecordedRun.Step step) {
    SortedMap<String, String> before = run.step("43").after();
    TreeMap<String, String> unmoved = new TreeMap<>(step.after());
    unmoved.remove("__meta_seq-heartbeat_mailbox");
    if (unmoved.containsKey("__table_route/1025")) {
      before.forEach(
          (key, value) -> {
            if (key.endsWith("/1025") && key.matches("__(table_route|dn_table)/.*")) {
              unmoved.put(key, value);
            }
          });
    }
    return unmoved;
  }

  private DdlTaskRequest sevenDays() {
    DdlTaskRequest.Builder request = sql.createDatabase("refdb", false).toBuilder();
    request.getCreateDatabaseTaskBuilder().getCreateDatabaseBuilder().putOptions("ttl", "7d");
    return request.build();
  }

  private DdlTaskRequest dropTable(boolean ifExists) {
    TableName name = sql.name("t1r");
    return sql.dropTable(name, 1024, ifExists);
  }

  /** An alteration that was recorded as a state of its procedure, of a table here. */
  private static DdlTaskRequest alteration(int dump, String table) {
    List<String> dumps = RecordedAltersTest.dumps();
    AlterTableExpr recorded =
        ProtoText.decode(
                JsonReader.read(dumps.get(dump)).asObject().text("task"), AlterTableTask.parser())
            .getAlterTable();
    return RecordedRequests.alter(recorded.toBuilder().setSchemaName("refdb").setTableName(table));
  }
}
