package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.altertable.AlterTableProcedure;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ALTER TABLE of a table with regions of its own (sheet 06 §9, §24). */
class AlterTableTest {

  private static final TableId T = new TableId(1024);
  private static final String INFO = "__table_info/1024";

  private final DdlWorld world = new DdlWorld();

  /** Two regions on two datanodes. */
  @BeforeEach
  void table() throws InterruptedException {
    ProcedureDriver.run(
            CreateTable.of(
                world.context(), Tasks.table("t", "{\"a\":1}", "{\"b\":2}"), Tasks.SESSION))
        .output();
    world.datanodes.forget();
  }

  private AlterTableProcedure alter(AlterTableTask task) {
    return new AlterTableProcedure(world.context(), task, T);
  }

  private TableInfoValue info() {
    return TableInfoValueCodec.CODEC.read(JsonReader.read(world.value(INFO)));
  }

  @Test
  void whenAColumnIsAddedThenRegionsGetItBeforeTheMetadata() throws InterruptedException {
    ProcedureDriver run = ProcedureDriver.run(alter(Alters.addField("t", "mem")));

    assertThat(run.failedSteps()).isZero();
    assertThat(run.poisons()).containsExactly(PoisonKey.table(T));
    assertThat(run.dumps())
        .extracting(dump -> JsonReader.read(dump).asObject().text("state"))
        .containsExactly("SubmitAlterRegionRequests", "UpdateMetadata", "InvalidateTableCache");
    List<AlterRequest> requests =
        world.datanodes.received(BodyCase.ALTER).stream()
            .map(each -> each.request().getAlter())
            .toList();
    assertThat(requests)
        .extracting(AlterRequest::getRegionId)
        .containsExactly(1024L << 32, 1024L << 32 | 1);
    assertThat(requests.getFirst().getAddColumns().getAddColumns(0).getColumnDef().getColumnId())
        .isEqualTo(3);
    assertThat(world.datanodes.received(BodyCase.ALTER))
        .allMatch(each -> each.request().hasHeader());
    TableInfoValue altered = info();
    assertThat(altered.version()).isEqualTo(1);
    assertThat(altered.info().ident().version()).isEqualTo(1);
    assertThat(altered.info().meta().columnIds()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(altered.info().meta().nextColumnId()).isEqualTo(4);
    assertThat(world.heard())
        .containsExactly(
            "Invalidate table cache by altering table greptime.public.t, table_id: 1024|"
                + "{\"InvalidateCaches\":[{\"TableName\":{\"catalog_name\":\"greptime\","
                + "\"schema_name\":\"public\",\"table_name\":\"t\"}},{\"TableId\":1024}]}");
  }

  @Test
  void case17_dropOfAKeyColumnReachesNobody() throws InterruptedException {
    for (String column : List.of("host", "ts")) {
      ProcedureDriver run = ProcedureDriver.run(alter(Alters.drop("t", column)));

      assertThat(run.error().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
      assertThat(run.poisons()).isEmpty();
      assertThat(run.dumps()).isEmpty();
    }
    assertThat(world.datanodes.received()).isEmpty();
    assertThat(info().version()).isZero();
  }

  @Test
  void case17_dropOfAPartitionColumnReachesNobody() throws InterruptedException {
    TableInfo info =
        Tasks.info("p", "mito", Map.of(), List.of(Tasks.HOST, Tasks.TS, Tasks.CPU), List.of());
    TableInfo parted = info.withMeta(info.meta().withIndices(List.of(), List.of(), List.of(0)));
    CreateTableTask task = Tasks.task(parted, Tasks.expr(parted, Map.of()), "{\"a\":1}", "{}");
    ProcedureDriver.run(CreateTable.of(world.context(), task, Tasks.SESSION)).output();
    world.datanodes.forget();

    ProcedureDriver run =
        ProcedureDriver.run(
            new AlterTableProcedure(world.context(), Alters.drop("p", "host"), new TableId(1025)));

    assertThat(run.error().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(run.error()).hasMessageContaining("partition column host");
    assertThat(run.poisons()).isEmpty();
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void case18_setTtlReachesEveryDatanodeTable() throws InterruptedException {
    ProcedureDriver.run(alter(Alters.set("t", "ttl", "1d"))).output();

    assertThat(info().info().meta().options().ttl().orElseThrow().text()).isEqualTo("1day");
    assertThat(info().info().meta().schema().version()).isZero();
    assertThat(world.values("__dn_table/")).hasSize(2);
    assertThat(world.values("__dn_table/").values())
        .allMatch(value -> value.contains("\"region_options\":{\"ttl\":\"1day\"}"))
        .allMatch(value -> value.contains("\"version\":0"));
  }

  @Test
  void case21_renameTouchesMetadataOnly() throws InterruptedException {
    TableInfoValue before = info();
    AlterTableProcedure rename = alter(Alters.rename("t", "t2"));
    assertThat(rename.locks())
        .containsExactlyInAnyOrder(
            LockKey.catalog(LockMode.SHARE, "greptime"),
            LockKey.schema(LockMode.SHARE, "greptime", "public"),
            LockKey.table(LockMode.EXCLUSIVE, T),
            LockKey.tableName("greptime", "public", "t2"));
    assertThat(rename.poisonKeys()).isEmpty();

    ProcedureDriver run = ProcedureDriver.run(rename);

    run.output();
    assertThat(world.datanodes.received()).isEmpty();
    assertThat(world.values("__table_name/").keySet())
        .containsExactly("__table_name/greptime/public/t2");
    assertThat(world.value(INFO))
        .isEqualTo(TableInfoValueCodec.CODEC.encodeText(before.next(before.info().withName("t2"))));
    assertThat(world.heard())
        .singleElement()
        .asString()
        .startsWith("Invalidate table cache by altering table greptime.public.t, table_id: 1024|")
        .contains("\"table_name\":\"t\"}},{\"TableId\":1024}]");
  }

  @Test
  void whenTheNewNameIsTakenOrTheOldOneGoneThenRenameFails() throws InterruptedException {
    MetasrvException taken = ProcedureDriver.run(alter(Alters.rename("t", "t"))).error();
    assertThat(taken.code()).isEqualTo(StatusCode.TABLE_ALREADY_EXISTS);
    assertThat(taken).hasMessage("Table already exists, table: greptime.public.t");
    MetasrvException gone = ProcedureDriver.run(alter(Alters.rename("x", "y"))).error();
    assertThat(gone.code()).isEqualTo(StatusCode.TABLE_NOT_FOUND);
    assertThat(gone).hasMessage("Table not found: 'greptime.public.x'");
  }

  @Test
  void whenARegionHasNoLeaderThenNothingIsSent() throws InterruptedException {
    TableRoute.Physical route =
        (TableRoute.Physical) world.context().tables().routes().get(T).orElseThrow().value();
    List<RegionRoute> led = route.regions();
    world.store.put(
        Bytes.utf8("__table_route/1024"),
        io.metasrv.application.metadata.codec.TableRouteCodec.CODEC.encode(
            route.next(List.of(led.getFirst(), led.get(1).withLeader(Optional.empty())))),
        io.metasrv.application.port.Previous.DISCARD);
    world.nextLeader();

    ProcedureDriver run = ProcedureDriver.run(alter(Alters.addField("t", "mem")));

    assertThat(run.error().code()).isEqualTo(StatusCode.TABLE_UNAVAILABLE);
    assertThat(run.error()).hasMessage("No leader found for table_id: 1024");
    assertThat(run.poisons()).isEmpty();
    assertThat(world.datanodes.received()).isEmpty();
  }
}
