package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.database.AlterDatabaseProcedure;
import io.metasrv.application.ddl.database.CreateDatabaseProcedure;
import io.metasrv.application.ddl.database.DropDatabaseProcedure;
import io.metasrv.application.ddl.database.NewDatabase;
import io.metasrv.application.ddl.task.DdlTask;
import io.metasrv.application.ddl.task.DdlTaskReader;
import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.AlterDatabaseExpr;
import io.metasrv.protocol.v1.Option;
import io.metasrv.protocol.v1.SetDatabaseOptions;
import io.metasrv.protocol.v1.UnsetDatabaseOptions;
import io.metasrv.protocol.v1.meta.AlterDatabaseTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Databases (sheet 06 §14, §24). */
class DatabaseStatementsTest {

  private static final String KEY = "__schema_name/greptime/public";

  private final Statements statements = new Statements();
  private final DdlWorld world = statements.world;

  private static AlterDatabaseExpr.Builder alteration(String schema) {
    return AlterDatabaseExpr.newBuilder().setCatalogName("greptime").setSchemaName(schema);
  }

  private static DdlTask.AlterDatabase set(String schema, String key, String value) {
    return read(
        alteration(schema)
            .setSetDatabaseOptions(
                SetDatabaseOptions.newBuilder()
                    .addSetDatabaseOptions(Option.newBuilder().setKey(key).setValue(value))));
  }

  private static DdlTask.AlterDatabase unset(String schema, String key) {
    return read(
        alteration(schema).setUnsetDatabaseOptions(UnsetDatabaseOptions.newBuilder().addKeys(key)));
  }

  private static DdlTask.AlterDatabase read(AlterDatabaseExpr.Builder expr) {
    return (DdlTask.AlterDatabase)
        DdlTaskReader.read(
            DdlTaskRequest.newBuilder()
                .setAlterDatabaseTask(AlterDatabaseTask.newBuilder().setTask(expr))
                .build());
  }

  private AlterDatabaseProcedure procedure(DdlTask.AlterDatabase task) {
    return new AlterDatabaseProcedure(
        statements.context(), task.catalog(), task.schema(), task.alteration());
  }

  private static StatusCode code(Throwable failure) {
    return ((MetasrvException) failure).code();
  }

  @Test
  void case31_unknownOptionsAndValuesAreRefusedBeforeAnythingIsDone() throws Exception {
    assertThatThrownBy(() -> set("public", "ttl", "instant"))
        .returns(StatusCode.INVALID_ARGUMENTS, DatabaseStatementsTest::code)
        .hasMessage("Invalid set database option, key: ttl, value: instant");
    assertThatThrownBy(() -> set("public", "ttl", "soon"))
        .returns(StatusCode.INVALID_ARGUMENTS, DatabaseStatementsTest::code);
    assertThatThrownBy(() -> unset("public", "colour"))
        .returns(StatusCode.INVALID_ARGUMENTS, DatabaseStatementsTest::code);
    assertThatThrownBy(() -> read(alteration("public")))
        .returns(StatusCode.INVALID_ARGUMENTS, DatabaseStatementsTest::code)
        .hasMessageContaining("'kind' is absent");
    assertThat(ProcedureDriver.run(procedure(set("x", "ttl", "1d"))).error())
        .returns(StatusCode.INVALID_ARGUMENTS, MetasrvException::code)
        .hasMessage("Schema nod found, schema: x");
  }

  @Test
  void optionsAreSetAndRemovedAndEveryNodeHears() throws InterruptedException {
    ProcedureDriver driver =
        ProcedureDriver.run(procedure(set("public", "Compaction.Type", "twcs")));
    assertThat(driver.dumps().getFirst())
        .isEqualTo(
            "{\"state\":\"UpdateMetadata\",\"kind\":{\"SetDatabaseOptions\":[{\"Other\":"
                + "[\"compaction.type\",\"twcs\"]}]},\"catalog_name\":\"greptime\","
                + "\"schema_name\":\"public\",\"schema_value\":"
                + "\"{\\\"ttl\\\":null,\\\"extra_options\\\":{}}\"}");
    ProcedureDriver.run(procedure(set("public", "ttl", "forever"))).output();
    assertThat(world.value(KEY))
        .isEqualTo("{\"ttl\":\"forever\",\"extra_options\":{\"compaction.type\":\"twcs\"}}");
    ProcedureDriver.run(procedure(unset("public", "ttl"))).output();
    ProcedureDriver.run(procedure(unset("public", "compaction.type"))).output();
    assertThat(world.value(KEY)).isEqualTo("{\"ttl\":null,\"extra_options\":{}}");
    assertThat(world.heard())
        .hasSize(4)
        .allMatch(
            each ->
                each.equals(
                    "Invalidate table|{\"InvalidateCaches\":[{\"SchemaName\":"
                        + "{\"catalog_name\":\"greptime\",\"schema_name\":\"public\"}}]}"));
  }

  @Test
  void anAlterationTakenOverAfterItWasAppliedOnlyTellsTheNodes() throws InterruptedException {
    String dump = ProcedureDriver.crashAfter(procedure(set("public", "ttl", "1d")), 1);
    AlterDatabaseProcedure applied = AlterDatabaseProcedure.load(statements.context(), dump);
    ProcedureDriver.crashAfter(applied, 1);
    world.nextLeader();
    ProcedureDriver.run(AlterDatabaseProcedure.load(statements.context(), dump)).output();
    assertThat(world.value(KEY)).isEqualTo("{\"ttl\":\"1day\",\"extra_options\":{}}");
    assertThat(world.heard()).hasSize(1);
  }

  @Test
  void aDatabaseThatAppearsMeanwhileIsNotOverwritten() throws InterruptedException {
    String dump =
        ProcedureDriver.crashAfter(
            new CreateDatabaseProcedure(
                statements.context(),
                new NewDatabase("greptime", "db1", false, new LinkedHashMap<>())),
            1);
    String others = "{\"ttl\":\"3days\",\"extra_options\":{}}";
    world.store.put(Bytes.utf8("__schema_name/greptime/db1"), Bytes.utf8(others), Previous.DISCARD);

    assertThat(
            ProcedureDriver.run(CreateDatabaseProcedure.load(statements.context(), dump))
                .error()
                .code())
        .isEqualTo(StatusCode.DATABASE_ALREADY_EXISTS);
    assertThat(world.value("__schema_name/greptime/db1")).isEqualTo(others);
  }

  @Test
  void aCreationTakenOverAfterItWasAppliedSucceeds() throws InterruptedException {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    options.put("ttl", "Forever");
    options.put("storage", "S3");
    CreateDatabaseProcedure create =
        new CreateDatabaseProcedure(
            statements.context(), new NewDatabase("greptime", "db1", false, options));
    String dump = ProcedureDriver.crashAfter(create, 1);
    ProcedureDriver.run(create).output();
    ProcedureDriver.run(CreateDatabaseProcedure.load(statements.context(), dump)).output();
    assertThat(world.value("__schema_name/greptime/db1"))
        .isEqualTo("{\"ttl\":\"forever\",\"extra_options\":{\"storage\":\"S3\"}}");
  }

  private DropDatabaseProcedure drop() {
    return new DropDatabaseProcedure(statements.context(), "greptime", "public", false);
  }

  private void filled() throws InterruptedException {
    statements.created(Tasks.physical("phy"));
    for (String logical : List.of("aaa", "zzz")) {
      ProcedureDriver.run(
              CreateLogicalTables.of(
                  statements.context(), List.of(Tasks.logical(logical, "phy", "host", false))))
          .output();
    }
    ProcedureDriver.run(
            new CreateViewProcedure(
                statements.context(), Statements.view("v", "SELECT 1", false, false)))
        .output();
    world.datanodes.forget();
    world.nextLeader();
  }

  @Test
  void case28_viewsAndLogicalTablesGoBeforeTablesWithRegions() throws InterruptedException {
    filled();
    ProcedureDriver.run(drop()).output();

    assertThat(world.values("__table")).isEmpty();
    assertThat(world.values("__dn_table")).isEmpty();
    assertThat(world.values("__view_info")).isEmpty();
    assertThat(world.values("__tombstone")).isEmpty();
    assertThat(world.value(KEY)).isEmpty();
    assertThat(world.datanodes.received(BodyCase.DROP))
        .hasSize(3)
        .allMatch(each -> each.request().getDrop().getFastPath());
    assertThat(world.heard().stream().map(each -> each.substring(0, each.indexOf('|'))))
        .containsExactly(
            "Invalidate table cache by dropping table greptime.public.aaa, table_id: 1025",
            "Invalidate table cache by dropping table",
            "Invalidate table cache by dropping table greptime.public.zzz, table_id: 1026",
            "Invalidate table cache by dropping table greptime.public.phy, table_id: 1024",
            "Invalidate schema cache by dropping database");
    assertThat(world.heard().getLast())
        .endsWith(
            "{\"InvalidateCaches\":[{\"SchemaName\":{\"catalog_name\":\"greptime\","
                + "\"schema_name\":\"public\"}}]}");
  }

  @Test
  void case29_takenOverInTheMiddleOfATable() throws InterruptedException {
    filled();
    // Cursor, then the first logical table.
    String dump = ProcedureDriver.crashAfter(drop(), 2);
    assertThat(dump).contains("DropDatabaseExecutor").contains("\"table_id\":1025");
    world.nextLeader();
    DropDatabaseProcedure loaded = DropDatabaseProcedure.load(statements.context(), dump);
    loaded.recover();
    ProcedureDriver.run(loaded).output();
    assertThat(world.values("__table")).isEmpty();
    assertThat(world.value(KEY)).isEmpty();
    assertThat(world.datanodes.received(BodyCase.DROP)).hasSize(3);
  }

  @Test
  void aNameWithNothingBehindItDoesNotStandInTheWay() throws InterruptedException {
    filled();
    world.store.put(
        Bytes.utf8("__table_name/greptime/public/orphan"),
        Bytes.utf8("{\"table_id\":4000}"),
        Previous.DISCARD);
    ProcedureDriver.run(drop()).output();
    assertThat(world.values("__table")).isEmpty();
    assertThat(world.value(KEY)).isEmpty();
  }

  @Test
  void aDatanodeThatCannotBeReachedIsAskedAgain() throws InterruptedException {
    statements.created(Tasks.table("t"));
    world.datanodes.fail(1, Datanodes.unavailable());
    ProcedureDriver driver = ProcedureDriver.run(drop());
    driver.output();
    assertThat(driver.failedSteps()).isEqualTo(1);
    assertThat(world.datanodes.received(BodyCase.DROP)).hasSize(2);
    assertThat(world.watched().watched()).isEmpty();
  }

  @Test
  void aMissingDatabaseIsFineIfTheStatementSaysSo() throws InterruptedException {
    ProcedureDriver.run(
            new DropDatabaseProcedure(statements.context(), "greptime", "nowhere", true))
        .output();
    assertThat(world.heard()).isEmpty();
  }
}
