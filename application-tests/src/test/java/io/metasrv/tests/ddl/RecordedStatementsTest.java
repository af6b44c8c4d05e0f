package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.comment.CommentOnProcedure;
import io.metasrv.application.ddl.database.AlterDatabaseProcedure;
import io.metasrv.application.ddl.database.CreateDatabaseProcedure;
import io.metasrv.application.ddl.database.DatabaseAlteration;
import io.metasrv.application.ddl.database.DropDatabaseProcedure;
import io.metasrv.application.ddl.database.NewDatabase;
import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.flow.DropFlowProcedure;
import io.metasrv.application.ddl.flow.NewFlow;
import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.ddl.view.DropViewProcedure;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.ddl.view.ViewDrop;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TimeToLive;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what the original stored: procedures' states, and metadata after each statement. */
class RecordedStatementsTest {

  private static final String TIME = "\"(created|updated)_time\":\"[^\"]*\"";

  private Statements statements = new Statements();

  static List<Recordings.Dump> dumps() {
    return Recordings.ofStatements();
  }

  private ProcedureLoader loader(String type) {
    var context = statements.context();
    return switch (type) {
      case CreateDatabaseProcedure.TYPE -> dump -> CreateDatabaseProcedure.load(context, dump);
      case DropDatabaseProcedure.TYPE -> dump -> DropDatabaseProcedure.load(context, dump);
      case CreateViewProcedure.TYPE -> dump -> CreateViewProcedure.load(context, dump);
      case DropViewProcedure.TYPE -> dump -> DropViewProcedure.load(context, dump);
      case CreateFlowProcedure.TYPE -> dump -> CreateFlowProcedure.load(context, dump);
      case DropFlowProcedure.TYPE -> dump -> DropFlowProcedure.load(context, dump);
      default -> throw new AssertionError("no loader of " + type);
    };
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void case29_loadedAndDumpedToTheSameText(Recordings.Dump recorded) {
    Procedure loaded = loader(recorded.type()).load(recorded.data());
    assertThat(loaded.typeName()).isEqualTo(recorded.type());
    assertThat(loaded.dump()).isEqualTo(recorded.data());
  }

  private RecordedRun.Step before(String step, long nextTable) {
    RecordedRun.Step recorded = RecordedRun.named(step);
    statements = Statements.on(recorded.before(), nextTable, 1024);
    return recorded;
  }

  private ProcedureDriver run(Procedure procedure) throws InterruptedException {
    return ProcedureDriver.run(procedure);
  }

  /** The stored content under the prefixes, times mapped. */
  private void assertStored(SortedMap<String, String> recorded, String... prefixes) {
    TreeMap<String, String> stored = new TreeMap<>();
    TreeMap<String, String> expected = new TreeMap<>();
    for (String prefix : prefixes) {
      stored.putAll(statements.world.values(prefix));
      recorded.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              expected.put(key, value);
            }
          });
    }
    stored.replaceAll((key, value) -> value.replaceAll(TIME, "\"$1_time\":\"then\""));
    expected.replaceAll((key, value) -> value.replaceAll(TIME, "\"$1_time\":\"then\""));
    // The world itself makes sure of this one.
    stored.remove("__schema_name/greptime/public");
    expected.remove("__schema_name/greptime/public");
    assertThat(stored).isEqualTo(expected);
  }

  private CreateDatabaseProcedure createDatabase(
      String schema, boolean ifNotExists, SequencedMap<String, String> options) {
    return new CreateDatabaseProcedure(
        statements.context(), new NewDatabase("greptime", schema, ifNotExists, options));
  }

  private static SequencedMap<String, String> sevenDays() {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    options.put("ttl", "7d");
    return options;
  }

  @Test
  void databasesAreCreated() throws InterruptedException {
    RecordedRun.Step created = before("call-24", 1024);
    run(createDatabase("refdb", false, sevenDays())).output();
    assertStored(created.after(), "__schema_name/");
    assertThat(run(createDatabase("refdb", false, new LinkedHashMap<>())).error())
        .returns(StatusCode.DATABASE_ALREADY_EXISTS, each -> ((ServiceException) each).code())
        .hasMessage("Schema already exists, catalog:greptime, schema: refdb");
    assertStored(RecordedRun.named("call-25").after(), "__schema_name/");
    run(createDatabase("refdb", true, new LinkedHashMap<>())).output();
    assertStored(RecordedRun.named("call-26").after(), "__schema_name/");

    RecordedRun.Step bySql = before("sql-01", 1024);
    run(createDatabase("gdb", false, sevenDays())).output();
    assertStored(bySql.after(), "__schema_name/");
    assertThat(run(createDatabase("gdb", false, new LinkedHashMap<>())).error().code())
        .isEqualTo(StatusCode.DATABASE_ALREADY_EXISTS);
    assertStored(RecordedRun.named("sql-02").after(), "__schema_name/");
  }

  @Test
  void aDatabaseIsAltered() throws InterruptedException {
    RecordedRun.Step recorded = before("sql-18", 1024);
    var tenDays =
        new DatabaseAlteration.Set(
            List.of(new DatabaseAlteration.Setting.Ttl(new TimeToLive.For(Duration.ofDays(10)))));
    run(new AlterDatabaseProcedure(statements.context(), "greptime", "gdb", tenDays)).output();
    assertStored(recorded.after(), "__schema_name/");
  }

  @Test
  void viewsAreCreatedReplacedAndDropped() throws InterruptedException {
    RecordedRun.Step created = before("call-34", 1026);
    createView(created, 1026, false);
    assertStored(created.after(), "__table_name/", "__table_info/", "__view_info/");
    RecordedRun.Step replaced = RecordedRun.named("call-35");
    createView(replaced, 1026, true);
    assertStored(replaced.after(), "__table_name/", "__table_info/", "__view_info/");

    RecordedRun.Step dropped = before("call-47", 1030);
    run(new DropViewProcedure(
            statements.context(),
            new ViewDrop(new TableName("greptime", "refdb", "v1"), new TableId(1026), false)))
        .output();
    assertStored(dropped.after(), "__table_name/", "__table_info/", "__view_info/");
  }

  @Test
  void viewsAreCreatedAndReplacedBySql() throws InterruptedException {
    RecordedRun.Step created = before("sql-09", 1031);
    createView(created, 1031, false);
    assertStored(created.after(), "__table_name/", "__table_info/", "__view_info/");
    RecordedRun.Step replaced = RecordedRun.named("sql-10");
    createView(replaced, 1031, true);
    assertStored(replaced.after(), "__table_name/", "__table_info/", "__view_info/");
  }

  private void createView(RecordedRun.Step wanted, long id, boolean orReplace)
      throws InterruptedException {
    NewView view =
        NewView.of(RecordedRequests.createView(wanted, id, orReplace).getCreateViewTask());
    run(new CreateViewProcedure(statements.context(), view)).output();
  }

  @Test
  void aFlowIsCreatedOnceAndDropped() throws InterruptedException {
    RecordedRun.Step created = before("call-36", 1026);
    statements.placeFlowsOn(new Peer(1, "127.0.0.1:24150"));
    createFlow(created, false).output();
    assertStored(created.after(), "__flow/");
    assertThat(createFlow(created, false).error().code()).isEqualTo(StatusCode.FLOW_ALREADY_EXISTS);
    assertStored(RecordedRun.named("call-37").after(), "__flow/");

    RecordedRun.Step dropped = before("call-46", 1026);
    run(new DropFlowProcedure(statements.context(), Statements.dropFlow("f1", 1024, false)))
        .output();
    assertStored(dropped.after(), "__flow/");
  }

  @Test
  void aFlowIsCreatedBySqlAndStaysIfItsReplacementIsRefused() throws InterruptedException {
    RecordedRun.Step created = before("sql-23", 1040);
    statements.placeFlowsOn(new Peer(0, "127.0.0.1:29051"));
    createFlow(created, false).output();
    assertStored(created.after(), "__flow/");
    statements.flownodes.fail(
        new ServiceException(StatusCode.INTERNAL, "the flownode cannot plan this"));
    assertThat(createFlow(created, true).error().code()).isEqualTo(StatusCode.INTERNAL);
    assertStored(RecordedRun.named("sql-24").after(), "__flow/");
  }

  private ProcedureDriver createFlow(RecordedRun.Step wanted, boolean orReplace)
      throws InterruptedException {
    DdlTaskRequest request = RecordedRequests.createFlow(wanted, 1024, orReplace);
    return run(
        new CreateFlowProcedure(
            statements.context(),
            NewFlow.of(request.getCreateFlowTask()),
            RecordedRequests.sessionOfFlow(wanted, 1024)));
  }

  @Test
  void aDatabaseIsDroppedWithItsTable() throws InterruptedException {
    RecordedRun.Step dropped = before("call-51", 1040);
    for (long datanode = 1; datanode <= 3; datanode++) {
      statements.world.datanodes.accept(datanode);
    }
    run(dropDatabase()).output();
    assertStored(dropped.after(), "__schema_name/", "__table", "__dn_table/", "__flow/");
    assertThat(statements.world.datanodes.received(BodyCase.DROP)).hasSize(3);
    assertThat(run(dropDatabase()).error())
        .returns(StatusCode.INVALID_ARGUMENTS, each -> ((ServiceException) each).code())
        .hasMessage("Schema nod found, schema: refdb");
    assertStored(RecordedRun.named("call-52").after(), "__schema_name/", "__table", "__dn_table/");
  }

  private DropDatabaseProcedure dropDatabase() {
    return new DropDatabaseProcedure(statements.context(), "greptime", "refdb", false);
  }

  @Test
  void commentsAreSet() throws InterruptedException {
    TableName table = new TableName("greptime", "gdb", "tp");
    RecordedRun.Step onTable = before("sql-20", 1040);
    run(CommentOnProcedure.of(statements.context(), Statements.onTable(table, "hello"))).output();
    assertStored(onTable.after(), "__table_info/");
    run(CommentOnProcedure.of(statements.context(), Statements.onColumn(table, "v", "vv")))
        .output();
    assertStored(RecordedRun.named("sql-21").after(), "__table_info/");
  }
}
