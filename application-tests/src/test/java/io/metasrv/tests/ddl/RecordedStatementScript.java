package io.metasrv.tests.ddl;

import static io.metasrv.tests.ddl.RecordedRequests.alter;
import static io.metasrv.tests.ddl.RecordedRequests.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.error.StatusCode;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.ColumnDataType;
import io.metasrv.protocol.v1.ModifyColumnType;
import io.metasrv.protocol.v1.ModifyColumnTypes;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetIndexes;
import io.metasrv.protocol.v1.SetInverted;
import io.metasrv.protocol.v1.UnsetTableOptions;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The requests that a frontend made of the recorded statements. */
final class RecordedStatementScript {

  private final RecordedSession session;
  private final DdlRequests sql = DdlRequests.of("gdb", Instant.EPOCH);

  RecordedStatementScript(RecordedSession session) {
    this.session = session;
  }

  /**
   * What a step does; empty if its statement comes to nothing at a metasrv: the second CREATE
   * DATABASE was refused by the frontend itself.
   */
  Optional<Runnable> statement(RecordedRun.Step step) {
    return Optional.ofNullable(
        switch (step.name()) {
          // The recording begins when there is a table already.
          case "00_startup" -> create(step, 1024);
          case "01_create_database" -> () -> session.ddl(sevenDays());
          case "03_create_table" -> create(step, 1025);
          case "04_create_table_types" -> create(step, 1026);
          case "05_create_table_partitioned" -> create(step, 1027);
          case "06_create_physical_metric" -> create(step, 1028);
          case "07_create_logical_metric" -> create(step, 1029, "ts", "val", "host");
          case "08_create_logical_metric2" -> create(step, 1030, "ts", "val", "job");
          case "09_create_view" ->
              () -> session.creates(RecordedRequests.createView(step, 1031, false), 1031);
          case "10_replace_view" ->
              () -> session.creates(RecordedRequests.createView(step, 1031, true), 1031);
          case "18_alter_database" -> () -> session.ddl(sql.setDatabaseOption("gdb", "ttl", "10d"));
          case "20_comment_table" -> () -> session.ddl(sql.comment(sql.name("tp"), "hello"));
          case "21_comment_column" ->
              () -> session.ddl(sql.commentOnColumn(sql.name("tp"), "v", "vv"));
          case "22_create_sink" -> create(step, 1032);
          case "23_create_flow" ->
              () -> session.ddl(RecordedRequests.createFlow(step, 1024, false));
          case "24_create_flow_replace" -> () -> replaceFlow(step);
          case "26_truncate" -> () -> session.ddl(sql.truncate(sql.name("tp"), 1027));
          case "30_procedure_info" -> () -> procedures(step);
          default ->
              alteration(step).map(request -> (Runnable) () -> session.ddl(request)).orElse(null);
        });
  }

  private Runnable create(RecordedRun.Step step, int id, String... columns) {
    return () -> session.creates(RecordedRequests.createTable(step, id, false, columns), id);
  }

  private DdlTaskRequest sevenDays() {
    DdlTaskRequest.Builder request = sql.createDatabase("gdb", false).toBuilder();
    request.getCreateDatabaseTaskBuilder().getCreateDatabaseBuilder().putOptions("ttl", "7d");
    return request.build();
  }

  private Optional<DdlTaskRequest> alteration(RecordedRun.Step step) {
    AlterTableExpr.Builder table = of("gdb", "t1");
    return Optional.ofNullable(
        switch (step.name()) {
          case "11_alter_add_column" ->
              alter(
                  table.setAddColumns(
                      RecordedRequests.added(RecordedRequests.table(step, 1025), "disk", "tag2")));
          case "12_alter_drop_column" -> sql.dropColumn(sql.name("t1"), "disk");
          case "13_alter_modify_column" ->
              alter(
                  table.setModifyColumnTypes(
                      ModifyColumnTypes.newBuilder()
                          .addModifyColumnTypes(
                              ModifyColumnType.newBuilder()
                                  .setColumnName("cpu")
                                  .setTargetType(ColumnDataType.STRING))));
          case "14_alter_set_option" -> sql.setOption(sql.name("t1"), "ttl", "3d");
          case "15_alter_unset_option" ->
              alter(table.setUnsetTableOptions(UnsetTableOptions.newBuilder().addKeys("ttl")));
          case "16_alter_set_index" ->
              alter(
                  table.setSetIndexes(
                      SetIndexes.newBuilder()
                          .addSetIndexes(
                              SetIndex.newBuilder()
                                  .setInverted(SetInverted.newBuilder().setColumnName("host")))));
          case "17_alter_rename" -> sql.rename(sql.name("t1"), "t1r");
          case "19_alter_logical" ->
              RecordedRequests.alterLogical(
                  of("gdb", "log1")
                      .setAddColumns(
                          RecordedRequests.added(RecordedRequests.table(step, 1029), "zone")));
          default -> null;
        });
  }

  /** The flownode refuses it, which is no client's business (sheet 06 §21). */
  private void replaceFlow(RecordedRun.Step step) {
    session.server.fleet.flownode().refuseNext(StatusCode.INTERNAL);
    session.refused(
        RecordedRequests.createFlow(step, 1024, true), StatusCode.INTERNAL, "Internal error: 1003");
  }

  /** The listing names neither ids nor errors. */
  private void procedures(RecordedRun.Step step) {
    List<String> recorded =
        step.procedures().stream().map(row -> String.join(" | ", row)).sorted().toList();
    assertThat(
            session.procedures().stream()
                .map(text -> text.substring(0, text.lastIndexOf(" | ")))
                .sorted())
        .isEqualTo(recorded);
  }
}
