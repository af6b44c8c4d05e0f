package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.comment.CommentOn;
import io.metasrv.application.ddl.comment.CommentOnProcedure;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.task.DdlTask;
import io.metasrv.application.ddl.task.DdlTaskReader;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.CommentObjectType;
import io.metasrv.protocol.v1.CommentOnExpr;
import io.metasrv.protocol.v1.meta.CommentOnTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comments (sheet 06 §17, §24). */
class CommentStatementsTest {

  private static final String INFO = "__table_info/1024";
  private static final TableName TABLE = Statements.name("t");

  private final Statements statements = new Statements();
  private final DdlWorld world = statements.world;

  @BeforeEach
  void table() throws InterruptedException {
    statements.created(Tasks.table("t"));
  }

  private CommentOnProcedure procedure(CommentOn comment) {
    return CommentOnProcedure.of(statements.context(), comment);
  }

  private ProcedureDriver comment(CommentOn comment) throws InterruptedException {
    ProcedureDriver driver = ProcedureDriver.run(procedure(comment));
    driver.output();
    return driver;
  }

  @Test
  void case37_theSameCommentIsNotWrittenAndNoneRemovesIt() throws InterruptedException {
    String before = world.value(INFO);
    assertThat(comment(Statements.onTable(TABLE, "hi")).dumps())
        .containsExactly(
            "{\"state\":\"UpdateMetadata\",\"catalog_name\":\"greptime\","
                + "\"schema_name\":\"public\",\"object_type\":\"Table\",\"object_name\":\"t\","
                + "\"column_name\":null,\"comment\":\"hi\",\"table_id\":1024}",
            "{\"state\":\"InvalidateCache\",\"catalog_name\":\"greptime\","
                + "\"schema_name\":\"public\",\"object_type\":\"Table\",\"object_name\":\"t\","
                + "\"column_name\":null,\"comment\":\"hi\",\"table_id\":1024}");
    String commented = world.value(INFO);
    assertThat(commented)
        .contains("\"desc\":\"hi\"")
        .contains("\"extra_options\":{\"comment\":\"hi\"}")
        .endsWith("\"version\":1}");
    assertThat(world.heard())
        .containsExactly(
            "Invalidate table|{\"InvalidateCaches\":[{\"TableId\":1024},{\"TableName\":"
                + "{\"catalog_name\":\"greptime\",\"schema_name\":\"public\","
                + "\"table_name\":\"t\"}}]}");

    assertThat(comment(Statements.onTable(TABLE, "hi")).dumps()).isEmpty();
    assertThat(world.value(INFO)).isEqualTo(commented);
    assertThat(world.heard()).hasSize(1);

    comment(Statements.onTable(TABLE, ""));
    assertThat(world.value(INFO)).isEqualTo(before.substring(0, before.length() - 2) + "2}");
  }

  @Test
  void columnsAreCommented() throws InterruptedException {
    comment(Statements.onColumn(TABLE, "cpu", "load"));
    assertThat(world.value(INFO)).contains("\"greptime:storage:comment\":\"load\"");
    comment(Statements.onColumn(TABLE, "cpu", ""));
    assertThat(world.value(INFO)).doesNotContain("greptime:storage:comment");
    assertThat(ProcedureDriver.run(procedure(Statements.onColumn(TABLE, "x", "y"))).error())
        .returns(StatusCode.UNEXPECTED, MetasrvException::code)
        .hasMessageStartingWith("Column not found, column: x, column id: 0");
  }

  @Test
  void givenATableDroppedWhileTheCommentWaited_thenItIsNotFound() throws InterruptedException {
    CommentOnProcedure waiting = procedure(Statements.onTable(TABLE, "hi"));
    ProcedureDriver.run(DropTable.of(statements.context(), Tasks.drop("t", 1024, false))).output();

    assertThat(ProcedureDriver.run(waiting).error())
        .returns(StatusCode.TABLE_NOT_FOUND, MetasrvException::code)
        .hasMessageContaining("greptime.public.t");
  }

  @Test
  void flowsAreCommented() throws InterruptedException {
    ProcedureDriver.run(
            new CreateFlowProcedure(
                statements.context(),
                Statements.task(Statements.flow("f", "t", "sink").setComment("old")),
                Tasks.SESSION))
        .output();
    world.nextLeader();
    comment(Statements.onFlow("f", "new"));
    assertThat(world.value("__flow/info/1024")).contains("\"comment\":\"new\"");
    comment(Statements.onFlow("f", ""));
    assertThat(world.value("__flow/info/1024")).contains("\"comment\":\"\"");
    assertThat(world.heard())
        .containsExactly(
            "Invalidate table|{\"InvalidateCaches\":[{\"FlowId\":1024}]}",
            "Invalidate table|{\"InvalidateCaches\":[{\"FlowId\":1024}]}");
    assertThat(procedure(Statements.onFlow("f", "x")).locks())
        .extracting(LockKey::toString)
        .containsExactlyInAnyOrder(
            "Share(\"__catalog_lock/greptime\")",
            "Exclusive(\"__flow_name_lock/greptime.f\")",
            "Exclusive(\"__flow_lock/1024\")");
  }

  /** The original panics here, for it does not store what it had read. */
  @Test
  void takenOverBeforeTheWriteAndAfterIt() throws InterruptedException {
    CommentOnProcedure first = procedure(Statements.onTable(TABLE, "hi"));
    String dump = ProcedureDriver.crashAfter(first, 1);
    world.nextLeader();
    ProcedureDriver.run(CommentOnProcedure.load(statements.context(), dump)).output();
    String commented = world.value(INFO);
    assertThat(commented).contains("\"desc\":\"hi\"");
    ProcedureDriver.run(CommentOnProcedure.load(statements.context(), dump)).output();
    assertThat(world.value(INFO)).isEqualTo(commented);
  }

  @Test
  void statesWithoutAnIdAreRead() throws InterruptedException {
    String dump = ProcedureDriver.crashAfter(procedure(Statements.onTable(TABLE, "hi")), 1);
    CommentOnProcedure loaded =
        CommentOnProcedure.load(statements.context(), dump.replace(",\"table_id\":1024", ""));
    ProcedureDriver.run(loaded).output();
    assertThat(world.value(INFO)).contains("\"desc\":\"hi\"");
  }

  @Test
  void whatIsNotThereIsSaidBeforeAProcedureBegins() {
    assertThatThrownBy(() -> procedure(Statements.onTable(Statements.name("x"), "hi")))
        .hasMessage("Table not found: 'greptime.public.x'");
    assertThatThrownBy(() -> procedure(Statements.onFlow("x", "hi")))
        .hasMessage("Flow not found: 'greptime.x'");
  }

  @Test
  void messagesAreReadAsTheyAreMeant() {
    CommentOnExpr.Builder expr =
        CommentOnExpr.newBuilder()
            .setCatalogName("greptime")
            .setSchemaName("public")
            .setObjectName("t");
    assertThat(read(expr)).isEqualTo(new DdlTask.Comment(Statements.onTable(TABLE, "")));
    expr.setObjectType(CommentObjectType.COLUMN).setComment("c");
    assertThatThrownBy(() -> read(expr))
        .returns(StatusCode.INVALID_ARGUMENTS, each -> ((MetasrvException) each).code());
    assertThat(read(expr.setColumnName("cpu")))
        .isEqualTo(new DdlTask.Comment(Statements.onColumn(TABLE, "cpu", "c")));
    assertThatThrownBy(() -> read(expr.setObjectTypeValue(9)))
        .hasMessageStartingWith("Invalid protobuf message: ")
        .returns(StatusCode.UNEXPECTED, each -> ((MetasrvException) each).code());
  }

  private static DdlTask read(CommentOnExpr.Builder expr) {
    return DdlTaskReader.read(
        DdlTaskRequest.newBuilder()
            .setCommentOnTask(CommentOnTask.newBuilder().setCommentOn(expr))
            .build());
  }
}
