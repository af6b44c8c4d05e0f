package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.alterlogical.AlterLogicalTablesProcedure;
import io.metasrv.application.ddl.comment.CommentOnProcedure;
import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ALTER TABLE of logical tables (sheet 06 §11, §24). */
class AlterLogicalTablesTest {

  private static final TableId PHYSICAL = new TableId(1024);
  private static final String LAST_STATE =
      "{\"state\":\"InvalidateTableCache\",\"tasks\":[],\"table_info_values\":[],"
          + "\"physical_table_id\":0,\"physical_table_info\":null,\"physical_columns\":[],"
          + "\"table_cache_keys_to_invalidate\":[{\"TableId\":1025},{\"TableName\":"
          + "{\"catalog_name\":\"greptime\",\"schema_name\":\"public\",\"table_name\":\"log1\"}},"
          + "{\"TableId\":1024},{\"TableName\":{\"catalog_name\":\"greptime\","
          + "\"schema_name\":\"public\",\"table_name\":\"phy\"}}]}";

  private final DdlWorld world = new DdlWorld();

  /** Physical table 1024 with logical tables 1025 and 1026. */
  @BeforeEach
  void tables() throws InterruptedException {
    ProcedureDriver.run(CreateTable.of(world.context(), Tasks.physical("phy"), Tasks.SESSION))
        .output();
    ProcedureDriver.run(
            CreateLogicalTables.of(
                world.context(),
                List.of(
                    Tasks.logical("log1", "phy", "host", false),
                    Tasks.logical("log2", "phy", "job", false))))
        .output();
    world.nextLeader();
    world.datanodes.forget();
  }

  private AlterLogicalTablesProcedure alter(AlterTableTask... tasks) {
    return new AlterLogicalTablesProcedure(world.context(), List.of(tasks), PHYSICAL);
  }

  private Procedure load(String dump) {
    return AlterLogicalTablesProcedure.loader(world.context()).load(dump);
  }

  private TableInfoValue info(long table) {
    return TableInfoValueCodec.CODEC.read(JsonReader.read(world.value("__table_info/" + table)));
  }

  private List<String> names(long table) {
    return info(table).info().meta().schema().columns().stream().map(ColumnSchema::name).toList();
  }

  @Test
  void whenColumnsAreAddedThenLogicalAndPhysicalTablesHaveThem() throws InterruptedException {
    long physicalVersion = info(1024).version();
    ProcedureDriver run =
        ProcedureDriver.run(alter(Alters.addTag("log1", "zone"), Alters.addTag("log2", "area")));

    run.output();
    assertThat(run.dumps())
        .extracting(dump -> JsonReader.read(dump).asObject().text("state"))
        .containsExactly("SubmitAlterRegionRequests", "UpdateMetadata", "InvalidateTableCache");
    assertThat(world.datanodes.received()).hasSize(1);
    List<AlterRequest> requests =
        world
            .datanodes
            .received(BodyCase.ALTERS)
            .getFirst()
            .request()
            .getAlters()
            .getRequestsList();
    assertThat(requests)
        .extracting(AlterRequest::getRegionId)
        .containsExactly(1025L << 32, 1026L << 32);
    assertThat(requests)
        .allSatisfy(
            request -> {
              var column = request.getAddColumns().getAddColumns(0);
              assertThat(column.getColumnDef().getColumnId()).isZero();
              assertThat(column.hasLocation()).isFalse();
            });
    assertThat(names(1025)).containsExactly("cpu", "host", "ts", "zone");
    assertThat(info(1025).info().meta().primaryKeyIndices()).containsExactly(1, 3);
    assertThat(info(1025).info().meta().nextColumnId()).isEqualTo(3);
    assertThat(info(1025).info().ident().version()).isEqualTo(1);
    assertThat(info(1025).version()).isEqualTo(1);
    assertThat(names(1026)).containsExactly("area", "cpu", "job", "ts");
    assertThat(names(1024)).endsWith("zone", "area");
    assertThat(info(1024).version()).isEqualTo(physicalVersion + 1);
    assertThat(info(1024).info().ident().version()).isZero();
    assertThat(world.heard())
        .singleElement()
        .asString()
        .startsWith(
            "Invalidate table cache by altering logical tables, physical_table_id: 1024|"
                + "{\"InvalidateCaches\":[{\"TableId\":1025},{\"TableName\":")
        .endsWith("\"table_name\":\"phy\"}}]}");
  }

  @Test
  void whenAllColumnsExistThenOnlyCachesAreInvalidated() throws InterruptedException {
    ProcedureDriver run =
        ProcedureDriver.run(alter(Alters.addTag("log1", "host"), Alters.addTag("log2", "job")));

    run.output();
    assertThat(world.datanodes.received()).isEmpty();
    assertThat(info(1025).version()).isZero();
    assertThat(world.heard()).hasSize(1);
  }

  @Test
  void whenSomeColumnsExistThenTheirTasksAreSkipped() throws InterruptedException {
    ProcedureDriver.run(alter(Alters.addTag("log1", "host"), Alters.addTag("log2", "area")))
        .output();

    assertThat(
            world
                .datanodes
                .received(BodyCase.ALTERS)
                .getFirst()
                .request()
                .getAlters()
                .getRequestsList())
        .extracting(AlterRequest::getRegionId)
        .containsExactly(1026L << 32);
    assertThat(info(1025).version()).isZero();
    assertThat(info(1026).version()).isEqualTo(1);
  }

  @Test
  void whenTasksDoNotGoTogetherThenNothingIsSent() throws InterruptedException {
    assertThat(ProcedureDriver.run(alter(Alters.drop("log1", "host"))).error())
        .hasMessage("Alter logical tables invalid arguments: Only support add columns operation");
    AlterTableTask elsewhere =
        Alters.addTag("log2", "x").toBuilder()
            .setAlterTable(
                Alters.addTag("log2", "x").getAlterTable().toBuilder().setSchemaName("other"))
            .build();
    assertThat(ProcedureDriver.run(alter(Alters.addTag("log1", "x"), elsewhere)).error())
        .hasMessage(
            "Alter logical tables invalid arguments:"
                + " Schemas of the alter table expressions are not the same");
    assertThat(ProcedureDriver.run(alter(Alters.addTag("none", "x"))).error().code())
        .isEqualTo(StatusCode.TABLE_NOT_FOUND);
    assertThat(ProcedureDriver.run(alter(Alters.addTag("phy", "x"))).error())
        .hasMessageEndingWith("All the tasks should have the same physical table id");
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void case40_recoveredWithoutTasksItOnlyBroadcasts() throws InterruptedException {
    Procedure loaded = load(LAST_STATE);

    assertThat(loaded.locks()).isEmpty();
    assertThat(loaded.dump()).isEqualTo(LAST_STATE);
    ProcedureDriver.run(loaded).output();

    assertThat(world.datanodes.received()).isEmpty();
    assertThat(world.heard())
        .singleElement()
        .asString()
        .startsWith("Invalidate table cache by altering logical tables, physical_table_id: 1024|")
        .contains(
            LAST_STATE.substring(LAST_STATE.indexOf("[{\"TableId\""), LAST_STATE.length() - 1));
  }

  @Test
  void whenStatesAreLoadedThenTheyDumpAlikeAndLockTheirTables() throws InterruptedException {
    ProcedureDriver run = ProcedureDriver.run(alter(Alters.addTag("log1", "zone")));

    assertThat(run.dumps()).allSatisfy(dump -> assertThat(load(dump).dump()).isEqualTo(dump));
    assertThat(run.dumps().getLast()).isEqualTo(LAST_STATE);
    assertThat(load(run.dumps().getFirst()).locks())
        .containsExactly(
            LockKey.catalog(LockMode.SHARE, "greptime"),
            LockKey.schema(LockMode.SHARE, "greptime", "public"),
            LockKey.table(LockMode.EXCLUSIVE, PHYSICAL),
            LockKey.table(LockMode.EXCLUSIVE, new TableId(1025)),
            LockKey.tableName("greptime", "public", "log1"));
  }

  @Test
  void whenATableIsAlteredThenNobodyDropsOrCommentsIt() {
    LockKey name = LockKey.tableName("greptime", "public", "log1");
    TableName table = Statements.name("log1");

    assertThat(alter(Alters.addTag("log1", "zone"), Alters.addTag("log2", "area")).locks())
        .hasSize(5)
        .contains(name, LockKey.tableName("greptime", "public", "log2"));
    assertThat(DropTable.of(world.context(), Tasks.drop("log1", 1025, false)).locks())
        .contains(name);
    assertThat(CommentOnProcedure.of(world.context(), Statements.onTable(table, "c")).locks())
        .contains(name);
  }

  @Test
  void whenTheLeaderDiesAfterTheUpdateThenTheNextOneSeesItIsDone() throws InterruptedException {
    AlterLogicalTablesProcedure procedure =
        alter(Alters.addTag("log1", "zone"), Alters.addTag("log2", "area"));
    String dump = ProcedureDriver.crashAfter(procedure, 2);
    ProcedureDriver.crashAfter(procedure, 1);
    var written = world.values("__table_info/");

    world.nextLeader();
    ProcedureDriver.run(load(dump)).output();

    assertThat(world.values("__table_info/")).isEqualTo(written);
    assertThat(world.heard()).hasSize(1);
  }

  @Test
  void whenADatanodeCannotBeReachedThenItIsTriedAgain() throws InterruptedException {
    world.datanodes.fail(1, Datanodes.unavailable());

    ProcedureDriver run = ProcedureDriver.run(alter(Alters.addTag("log1", "zone")));

    run.output();
    assertThat(run.failedSteps()).isEqualTo(1);
    assertThat(world.datanodes.received(BodyCase.ALTERS)).hasSize(2);
  }
}
