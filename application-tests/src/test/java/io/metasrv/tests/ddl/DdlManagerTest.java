package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.DdlManager;
import io.metasrv.application.ddl.task.StatementContext;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Task;
import io.metasrv.application.procedure.ProcedureManager;
import io.metasrv.application.procedure.ProcedureTerms;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.wire.ProcedureIds;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.CreateDatabaseExpr;
import io.metasrv.protocol.v1.QueryContext;
import io.metasrv.protocol.v1.RenameTable;
import io.metasrv.protocol.v1.Repartition;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.AlterTableTasks;
import io.metasrv.protocol.v1.meta.CommentOnTask;
import io.metasrv.protocol.v1.meta.CreateDatabaseTask;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTasks;
import io.metasrv.protocol.v1.meta.CreateTriggerTask;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.DropDatabaseTask;
import io.metasrv.protocol.v1.meta.DropFlowTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import io.metasrv.protocol.v1.meta.DropTableTasks;
import io.metasrv.protocol.v1.meta.DropTriggerTask;
import io.metasrv.protocol.v1.meta.DropViewTask;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ddl call, with real procedures under a real manager (sheet 06 §1, §24). */
@Timeout(60)
class DdlManagerTest {

  private final VirtualThreadRuntime runtime = new VirtualThreadRuntime();
  private final Statements statements = new Statements();
  private final DdlWorld world = statements.world;
  private final List<ProcedureManager> managers = new ArrayList<>();
  private DdlManager ddl = lead();

  /** A leader on what the last one left. */
  private DdlManager lead() {
    DdlManager service = new DdlManager(term -> statements.context(), "meta-1:3002");
    TermContext term =
        new TermContext(
            statements.context().term(),
            world.store,
            world.store,
            runtime,
            new NoMetrics(),
            new RecentEvents(10),
            "meta-1:3002");
    ProcedureManager manager =
        (ProcedureManager)
            new ProcedureTerms(ProcedureOptions.defaults(), List.of(service)).create(term);
    manager.start();
    managers.add(manager);
    return service;
  }

  private void nextLeader() throws InterruptedException {
    stepDown();
    world.nextLeader();
    ddl = lead();
  }

  private void stepDown() throws InterruptedException {
    world.context().term().end("the test says so");
    managers.getLast().stop();
  }

  @AfterEach
  void end() throws InterruptedException {
    stepDown();
  }

  private static DdlTaskRequest.Builder request(String... extensions) {
    QueryContext.Builder context =
        QueryContext.newBuilder()
            .setCurrentCatalog("greptime")
            .setCurrentSchema("public")
            .setTimezone("UTC");
    for (int i = 0; i < extensions.length; i += 2) {
      context.putExtensions(extensions[i], extensions[i + 1]);
    }
    return DdlTaskRequest.newBuilder().setQueryContext(context).setWait(true).setTimeoutSecs(60);
  }

  private static DdlTaskRequest.Builder createTable(String name, String... extensions) {
    return request(extensions).setCreateTableTask(Tasks.table(name));
  }

  private static DdlTaskRequest.Builder createDatabase(String name, String... extensions) {
    return request(extensions)
        .setCreateDatabaseTask(
            CreateDatabaseTask.newBuilder()
                .setCreateDatabase(
                    CreateDatabaseExpr.newBuilder()
                        .setCatalogName("greptime")
                        .setSchemaName(name)));
  }

  private DdlTaskResponse run(DdlTaskRequest.Builder request) throws InterruptedException {
    return ddl.run(request.build());
  }

  private void refused(DdlTaskRequest.Builder request, StatusCode code, String message) {
    assertThatThrownBy(() -> run(request))
        .isInstanceOf(MetasrvException.class)
        .returns(code, each -> ((MetasrvException) each).code())
        .hasMessage(message);
  }

  private static ProcedureId pid(DdlTaskResponse response) {
    return new ProcedureId(ProcedureIds.fromWire(response.getPid()));
  }

  @Test
  void aTaskIsRunAndItsIdsAreReturned() throws InterruptedException {
    DdlTaskResponse response = run(createTable("t"));
    assertThat(response.hasHeader()).isFalse();
    assertThat(response.getTableIdsList()).extracting(TableId::getId).containsExactly(1024);
    assertThat(managers.getLast().state(pid(response)))
        .contains(
            new ProcedureState.Done(
                new ProcedureOutput.TableIds(List.of(new io.metasrv.domain.TableId(1024)))));
    assertThat(run(createDatabase("db1")).getTableIdsList()).isEmpty();
    refused(
        createTable("t"),
        StatusCode.TABLE_ALREADY_EXISTS,
        "Table already exists, table: greptime.public.t");
  }

  @Test
  void case38_triggersAreRefusedAndManyTablesAreDroppedOneByOne() throws InterruptedException {
    refused(
        request().setCreateTriggerTask(CreateTriggerTask.getDefaultInstance()),
        StatusCode.UNSUPPORTED,
        "Unsupported operation create trigger");
    refused(
        request().setDropTriggerTask(DropTriggerTask.getDefaultInstance()),
        StatusCode.UNSUPPORTED,
        "Unsupported operation drop trigger");
    refused(dropTables(), StatusCode.INVALID_ARGUMENTS, "The tasks of drop tables cannot be empty");
    run(createTable("a"));
    run(createTable("b"));
    assertThat(run(dropTables(Tasks.drop("a", 1024, false), Tasks.drop("b", 1025, false))).hasPid())
        .isTrue();
    assertThat(world.values("__table")).isEmpty();
  }

  private static DdlTaskRequest.Builder dropTables(DropTableTask... tasks) {
    return request().setDropTableTasks(DropTableTasks.newBuilder().addAllTasks(List.of(tasks)));
  }

  @Test
  void case39_aCallerWhoGivesUpLeavesTheProcedureAlone() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    slowDatanodes(arrived, go);
    Promise<String> caller = runtime.promise();
    Task call =
        runtime.start(
            "caller",
            () -> {
              try {
                run(createTable("t", StatementContext.TOKEN, "one"));
              } catch (InterruptedException cancelled) {
                caller.complete("cancelled");
              }
            });
    arrived.await();
    call.cancel();
    assertThat(caller.await()).isEqualTo("cancelled");
    go.countDown();

    DdlTaskResponse again = run(createTable("t", StatementContext.TOKEN, "one"));
    assertThat(managers.getLast().state(pid(again)).orElseThrow())
        .isInstanceOf(ProcedureState.Done.class);
    assertThat(again.getTableIds(0).getId()).isEqualTo(1024);
  }

  /** Both datanodes of a table's regions answer only when told to. */
  private void slowDatanodes(CountDownLatch arrived, CountDownLatch go) {
    UnaryOperator<io.metasrv.protocol.v1.region.RegionResponse> wait =
        response -> {
          arrived.countDown();
          arrived.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return response;
        };
    world.datanodes.change(1, wait);
  }

  @Test
  void aRequestWithItsTokenIsRunOnceAlsoUnderTheNextLeader() throws InterruptedException {
    DdlTaskResponse first = run(createTable("t", StatementContext.TOKEN, "one"));
    assertThat(run(createTable("t", StatementContext.TOKEN, "one"))).isEqualTo(first);
    nextLeader();
    assertThat(run(createTable("t", StatementContext.TOKEN, "one"))).isEqualTo(first);
    assertThat(world.datanodes.received(BodyCase.CREATE)).hasSize(1);
    refused(
        createTable("t", StatementContext.TOKEN, "two"),
        StatusCode.TABLE_ALREADY_EXISTS,
        "Table already exists, table: greptime.public.t");
    // What it asks for counts, too.
    assertThat(run(createTable("u", StatementContext.TOKEN, "one")).getTableIds(0).getId())
        .isNotEqualTo(1024);
  }

  @Test
  void aRenameWithItsTokenIsFineAlthoughTheOldNameIsGone() throws InterruptedException {
    run(createTable("t"));
    DdlTaskRequest.Builder rename =
        alter(
            expr -> expr.setRenameTable(RenameTable.newBuilder().setNewTableName("t2")),
            StatementContext.TOKEN,
            "one");
    DdlTaskResponse first = run(rename);
    assertThat(run(rename)).isEqualTo(first);
    nextLeader();
    assertThat(run(rename).getPid()).isEqualTo(first.getPid());
    assertThat(world.values("__table_name/").keySet())
        .containsExactly("__table_name/greptime/public/t2");
  }

  @Test
  void aFailureWithItsTokenIsNotTriedAgain() throws InterruptedException {
    run(createTable("t"));
    DdlTaskRequest.Builder again = createTable("t", StatementContext.TOKEN, "one");
    refused(
        again, StatusCode.TABLE_ALREADY_EXISTS, "Table already exists, table: greptime.public.t");
    int procedures = managers.getLast().list().size();
    refused(
        again, StatusCode.TABLE_ALREADY_EXISTS, "Table already exists, table: greptime.public.t");
    assertThat(managers.getLast().list()).hasSize(procedures);
  }

  @Test
  void requestsOfOneQueryThatOverlapAreOneRequest() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    slowDatanodes(arrived, go);
    DdlTaskRequest.Builder resent = createTable("t", "remote_query_id", "q1");
    Promise<DdlTaskResponse> first = runtime.promise();
    Promise<DdlTaskResponse> second = runtime.promise();
    runtime.start("first", () -> first.complete(run(resent)));
    arrived.await();
    DdlTaskResponse submitted = run(resent.clone().setWait(false));
    runtime.start("second", () -> second.complete(run(resent)));
    go.countDown();

    assertThat(second.await().getTableIdsList()).isEqualTo(first.await().getTableIdsList());
    assertThat(first.await().getPid()).isEqualTo(submitted.getPid());
    assertThat(managers.getLast().state(pid(first.await())).orElseThrow().isTerminal()).isTrue();
    // Later it is another statement of the query.
    refused(
        resent, StatusCode.TABLE_ALREADY_EXISTS, "Table already exists, table: greptime.public.t");
  }

  @Test
  void equalRequestsThatNothingTellsApartAreRunEach() throws InterruptedException {
    DdlTaskResponse first = run(createDatabase("db1"));
    assertThat(first.hasPid()).isTrue();
    refused(
        createDatabase("db1"),
        StatusCode.DATABASE_ALREADY_EXISTS,
        "Schema already exists, catalog:greptime, schema: db1");
  }

  @Test
  void whoDoesNotWaitGetsTheIdAtOnce() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    slowDatanodes(arrived, go);
    DdlTaskResponse response = run(createTable("t").setWait(false));
    assertThat(response.getTableIdsList()).isEmpty();
    arrived.await();
    assertThat(managers.getLast().state(pid(response))).contains(new ProcedureState.Running());
    go.countDown();
    assertThat(managers.getLast().await(pid(response)))
        .isInstanceOf(ProcedureOutput.TableIds.class);
  }

  @Test
  void aRequestThatSaysNothingAboutWaitingWaits() throws InterruptedException {
    assertThat(run(createTable("t").clearWait().clearTimeoutSecs()).getTableIdsList()).hasSize(1);
  }

  @Test
  void theTokenIsNotKept() throws InterruptedException {
    statements.created(Tasks.table("t"));
    run(
        request(StatementContext.TOKEN, "one", "a", "b", "flow.scheduled_time_millis", "1")
            .setCreateFlowTask(
                CreateFlowTask.newBuilder().setCreateFlow(Statements.flow("f", "t", "sink"))));
    assertThat(world.value("__flow/info/1024")).contains("\"extensions\":{\"a\":\"b\"}");
  }

  private static DdlTaskRequest.Builder alter(
      UnaryOperator<AlterTableExpr.Builder> kind, String... extensions) {
    AlterTableExpr.Builder expr =
        AlterTableExpr.newBuilder()
            .setCatalogName("greptime")
            .setSchemaName("public")
            .setTableName("t");
    return request(extensions)
        .setAlterTableTask(AlterTableTask.newBuilder().setAlterTable(kind.apply(expr)));
  }

  @Test
  void checksComeBeforeProcedures() throws InterruptedException {
    refused(request(), StatusCode.INVALID_ARGUMENTS, "Missing required parameter, param: \"task\"");
    refused(
        alter(expr -> expr), StatusCode.TABLE_NOT_FOUND, "Table not found: 'greptime.public.t'");
    run(createTable("t"));
    refused(alter(expr -> expr), StatusCode.UNEXPECTED, "Unexpected: 'kind' is absent");
    refused(
        alter(expr -> expr.setRepartition(Repartition.getDefaultInstance())),
        StatusCode.UNSUPPORTED,
        "Unsupported operation repartition");
    refused(
        request().setAlterTableTasks(AlterTableTasks.getDefaultInstance()),
        StatusCode.INVALID_ARGUMENTS,
        "The tasks of alter logical tables cannot be empty");
    refused(
        request().setCreateTableTasks(CreateTableTasks.getDefaultInstance()),
        StatusCode.INVALID_ARGUMENTS,
        "The tasks of create logical tables cannot be empty");
    assertThat(managers.getLast().list()).hasSize(1);
  }

  @Test
  void messagesThatLackAPartAreRefusedInTheKnownWords() {
    Map<String, DdlTaskRequest.Builder> incomplete =
        Map.ofEntries(
            Map.entry(
                "create table", request().setCreateTableTask(CreateTableTask.getDefaultInstance())),
            Map.entry("drop table", request().setDropTableTask(DropTableTask.getDefaultInstance())),
            Map.entry(
                "alter_table", request().setAlterTableTask(AlterTableTask.getDefaultInstance())),
            Map.entry(
                "truncate table",
                request().setTruncateTableTask(TruncateTableTask.getDefaultInstance())),
            Map.entry(
                "create database",
                request().setCreateDatabaseTask(CreateDatabaseTask.getDefaultInstance())),
            Map.entry(
                "drop database",
                request().setDropDatabaseTask(DropDatabaseTask.getDefaultInstance())),
            Map.entry(
                "create_flow", request().setCreateFlowTask(CreateFlowTask.getDefaultInstance())),
            Map.entry("drop_flow", request().setDropFlowTask(DropFlowTask.getDefaultInstance())),
            Map.entry(
                "create view", request().setCreateViewTask(CreateViewTask.getDefaultInstance())),
            Map.entry("drop view", request().setDropViewTask(DropViewTask.getDefaultInstance())),
            Map.entry(
                "comment_on", request().setCommentOnTask(CommentOnTask.getDefaultInstance())));
    incomplete.forEach(
        (part, request) ->
            refused(request, StatusCode.UNEXPECTED, "Invalid protobuf message: expected " + part));
  }
}
