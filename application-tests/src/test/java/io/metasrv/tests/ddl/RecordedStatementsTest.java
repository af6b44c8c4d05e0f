package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.comment.CommentOnProcedure;
import io.metasrv.application.ddl.database.AlterDatabaseProcedure;
import io.metasrv.application.ddl.database.CreateDatabaseProcedure;
import io.metasrv.application.ddl.database.DatabaseAlteration;
import io.metasrv.application.ddl.database.DropDatabaseProcedure;
import io.metasrv.application.ddl.database.NewDatabase;
import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.flow.DropFlowProcedure;
import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.ddl.view.DropViewProcedure;
import io.metasrv.application.ddl.view.ViewDrop;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.FlowInfoCodec;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.ViewInfoCodec;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.application.procedure.ProcedureLoader;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TimeToLive;
import io.metasrv.domain.table.ViewInfo;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.CreateViewExpr;
import io.metasrv.protocol.v1.ExpireAfter;
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
    return StatementRecordings.dumps();
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

  private StatementRecordings.Step before(String step, long nextTable) {
    StatementRecordings.Step recorded = StatementRecordings.step(step);
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
    StatementRecordings.Step created = before("call-24", 1024);
    run(createDatabase("refdb", false, sevenDays())).output();
    assertStored(created.after(), "__schema_name/");
    assertThat(run(createDatabase("refdb", false, new LinkedHashMap<>())).error())
        .returns(StatusCode.DATABASE_ALREADY_EXISTS, each -> ((ServiceException) each).code())
        .hasMessage("Schema already exists, catalog:greptime, schema: refdb");
    assertStored(StatementRecordings.step("call-25").after(), "__schema_name/");
    run(createDatabase("refdb", true, new LinkedHashMap<>())).output();
    assertStored(StatementRecordings.step("call-26").after(), "__schema_name/");

    StatementRecordings.Step bySql = before("sql-01", 1024);
    run(createDatabase("gdb", false, sevenDays())).output();
    assertStored(bySql.after(), "__schema_name/");
    assertThat(run(createDatabase("gdb", false, new LinkedHashMap<>())).error().code())
        .isEqualTo(StatusCode.DATABASE_ALREADY_EXISTS);
    assertStored(StatementRecordings.step("sql-02").after(), "__schema_name/");
  }

  @Test
  void aDatabaseIsAltered() throws InterruptedException {
    StatementRecordings.Step recorded = before("sql-18", 1024);
    var tenDays =
        new DatabaseAlteration.Set(
            List.of(new DatabaseAlteration.Setting.Ttl(new TimeToLive.For(Duration.ofDays(10)))));
    run(new AlterDatabaseProcedure(statements.context(), "greptime", "gdb", tenDays)).output();
    assertStored(recorded.after(), "__schema_name/");
  }

  @Test
  void viewsAreCreatedReplacedAndDropped() throws InterruptedException {
    StatementRecordings.Step created = before("call-34", 1026);
    createView(created.after(), 1026, false);
    assertStored(created.after(), "__table_name/", "__table_info/", "__view_info/");
    StatementRecordings.Step replaced = StatementRecordings.step("call-35");
    createView(replaced.after(), 1026, true);
    assertStored(replaced.after(), "__table_name/", "__table_info/", "__view_info/");

    StatementRecordings.Step dropped = before("call-47", 1030);
    run(new DropViewProcedure(
            statements.context(),
            new ViewDrop(new TableName("greptime", "refdb", "v1"), new TableId(1026), false)))
        .output();
    assertStored(dropped.after(), "__table_name/", "__table_info/", "__view_info/");
  }

  @Test
  void viewsAreCreatedAndReplacedBySql() throws InterruptedException {
    StatementRecordings.Step created = before("sql-09", 1031);
    createView(created.after(), 1031, false);
    assertStored(created.after(), "__table_name/", "__table_info/", "__view_info/");
    StatementRecordings.Step replaced = StatementRecordings.step("sql-10");
    createView(replaced.after(), 1031, true);
    assertStored(replaced.after(), "__table_name/", "__table_info/", "__view_info/");
  }

  private void createView(SortedMap<String, String> wanted, long id, boolean orReplace)
      throws InterruptedException {
    ViewInfo view =
        ViewInfoCodec.CODEC.read(JsonReader.read(Recordings.value(wanted, "__view_info/" + id)));
    TableInfo info =
        TableInfoValueCodec.CODEC
            .read(JsonReader.read(Recordings.value(wanted, "__table_info/" + id)))
            .info()
            .withIdent(TableIdent.of(new TableId(0)));
    CreateViewExpr.Builder expr =
        CreateViewExpr.newBuilder()
            .setCatalogName(info.catalogName())
            .setSchemaName(info.schemaName())
            .setViewName(info.name())
            .setLogicalPlan(ByteString.copyFrom(view.plan().toByteArray()))
            .addAllTableNames(view.tableNames().stream().map(Statements::wireName).toList())
            .addAllColumns(view.columns())
            .addAllPlanColumns(view.planColumns())
            .setDefinition(view.definition())
            .setOrReplace(orReplace);
    run(new CreateViewProcedure(statements.context(), Statements.view(expr, info))).output();
  }

  @Test
  void aFlowIsCreatedOnceAndDropped() throws InterruptedException {
    StatementRecordings.Step created = before("call-36", 1026);
    statements.placeFlowsOn(new Peer(1, "127.0.0.1:24150"));
    createFlow(created.after(), false).output();
    assertStored(created.after(), "__flow/");
    assertThat(createFlow(created.after(), false).error().code())
        .isEqualTo(StatusCode.FLOW_ALREADY_EXISTS);
    assertStored(StatementRecordings.step("call-37").after(), "__flow/");

    StatementRecordings.Step dropped = before("call-46", 1026);
    run(new DropFlowProcedure(statements.context(), Statements.dropFlow("f1", 1024, false)))
        .output();
    assertStored(dropped.after(), "__flow/");
  }

  @Test
  void aFlowIsCreatedBySqlAndStaysIfItsReplacementIsRefused() throws InterruptedException {
    StatementRecordings.Step created = before("sql-23", 1040);
    statements.placeFlowsOn(new Peer(0, "127.0.0.1:29051"));
    createFlow(created.after(), false).output();
    assertStored(created.after(), "__flow/");
    statements.flownodes.fail(
        new ServiceException(StatusCode.INTERNAL, "the flownode cannot plan this"));
    assertThat(createFlow(created.after(), true).error().code()).isEqualTo(StatusCode.INTERNAL);
    assertStored(StatementRecordings.step("sql-24").after(), "__flow/");
  }

  private ProcedureDriver createFlow(SortedMap<String, String> wanted, boolean orReplace)
      throws InterruptedException {
    FlowInfo info =
        FlowInfoCodec.CODEC.read(JsonReader.read(Recordings.value(wanted, "__flow/info/1024")));
    LinkedHashMap<String, String> given = new LinkedHashMap<>(info.options());
    CreateFlowExpr.Builder expr =
        CreateFlowExpr.newBuilder()
            .setCatalogName(info.catalogName())
            .setFlowName(info.flowName())
            .addAllSourceTableNames(
                info.allSourceTableNames().stream().map(Statements::wireName).toList())
            .setSinkTableName(Statements.wireName(info.sinkTableName()))
            .setExpireAfter(ExpireAfter.newBuilder().setValue(info.expireAfterSecs().orElseThrow()))
            .setComment(info.comment())
            .setSql(info.rawSql())
            .putAllFlowOptions(given)
            .setOrReplace(orReplace);
    return run(
        new CreateFlowProcedure(
            statements.context(), Statements.task(expr), info.queryContext().orElseThrow()));
  }

  @Test
  void aDatabaseIsDroppedWithItsTable() throws InterruptedException {
    StatementRecordings.Step dropped = before("call-51", 1040);
    for (long datanode = 1; datanode <= 3; datanode++) {
      statements.world.datanodes.accept(datanode);
    }
    run(dropDatabase()).output();
    assertStored(dropped.after(), "__schema_name/", "__table", "__dn_table/", "__flow/");
    assertThat(statements.world.datanodes.received(BodyCase.DROP)).hasSize(3);
    assertThat(run(dropDatabase()).error())
        .returns(StatusCode.INVALID_ARGUMENTS, each -> ((ServiceException) each).code())
        .hasMessage("Schema nod found, schema: refdb");
    assertStored(
        StatementRecordings.step("call-52").after(), "__schema_name/", "__table", "__dn_table/");
  }

  private DropDatabaseProcedure dropDatabase() {
    return new DropDatabaseProcedure(statements.context(), "greptime", "refdb", false);
  }

  @Test
  void commentsAreSet() throws InterruptedException {
    TableName table = new TableName("greptime", "gdb", "tp");
    StatementRecordings.Step onTable = before("sql-20", 1040);
    run(CommentOnProcedure.of(statements.context(), Statements.onTable(table, "hello"))).output();
    assertStored(onTable.after(), "__table_info/");
    run(CommentOnProcedure.of(statements.context(), Statements.onColumn(table, "v", "vv")))
        .output();
    assertStored(StatementRecordings.step("sql-21").after(), "__table_info/");
  }
}
