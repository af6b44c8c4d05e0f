package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.altertable.AlterTableProcedure;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.region.AlterRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ALTER TABLE of a table with regions of its own (sheet 06 §9, §24). */
class AlterTableTest {

  private static final TableId T = new TableId(1024);
  private static final String INFO = "__table_info/1024";
  private static final String POISON = "/__procedure_poison/table/1024";

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

  private static MetasrvException refused() {
    return ServiceException.invalidArguments("this region cannot be altered so");
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
    String before = world.value(INFO);
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
        .isEqualTo(
            before
                .replace("\"name\":\"t\",", "\"name\":\"t2\",")
                .replace("\"version\":0}", "\"version\":1}")
                .replaceFirst(
                    "\"table_id\":1024,\"version\":1}", "\"table_id\":1024,\"version\":0}"));
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
  void case22_oneRegionRefusesSoTheTableIsPoisoned() throws InterruptedException {
    world.datanodes.fail(2, refused());
    try (Engine engine = new Engine(world)) {
      ProcedureState first = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(first).isInstanceOf(ProcedureState.Poisoned.class);
      assertThat(world.value(POISON)).startsWith("{\"token\":\"");
      assertThat(info().version()).isZero();

      ProcedureState second = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(second).isInstanceOf(ProcedureState.Failed.class);
      assertThat(second.failure().orElseThrow())
          .hasStackTraceContaining("Failed to put poison, table metadata may be corrupted")
          .hasStackTraceContaining("Procedure poison key already exists with a different value");

      world.store.delete(Bytes.utf8(POISON), io.metasrv.application.port.Previous.DISCARD);
      ProcedureState third = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(third).isInstanceOf(ProcedureState.Done.class);
      assertThat(world.value(POISON)).isEmpty();
      assertThat(info().info().meta().columnIds()).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  @Test
  void case23_allRegionsRefuseOrOneCannotBeReached() throws InterruptedException {
    world.datanodes.fail(1, refused());
    world.datanodes.fail(2, refused());
    try (Engine engine = new Engine(world)) {
      ProcedureState both = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(both).isInstanceOf(ProcedureState.Failed.class);
      assertThat(both.failure().orElseThrow().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
      assertThat(world.value(POISON)).isEmpty();

      world.datanodes.forget();
      world.datanodes.fail(2, Datanodes.unavailable(), Datanodes.unavailable());
      ProcedureState retried = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(retried).isInstanceOf(ProcedureState.Done.class);
      assertThat(world.datanodes.received(BodyCase.ALTER)).hasSize(6);
      assertThat(world.value(POISON)).isEmpty();
    }
  }

  @Test
  void case23_thePoisonOfARetriedAlterStays() throws InterruptedException {
    world.datanodes.fail(2, Datanodes.unavailable(), refused());
    try (Engine engine = new Engine(world)) {
      ProcedureState ended = engine.run(alter(Alters.addField("t", "mem")));

      assertThat(ended).isInstanceOf(ProcedureState.Poisoned.class);
      assertThat(world.value(POISON)).startsWith("{\"token\":\"");
      assertThat(world.datanodes.received(BodyCase.ALTER)).hasSize(4);
    }
  }

  @Test
  void whenTheLeaderDiesAfterTheUpdateThenTheNextOneSeesItIsDone() throws InterruptedException {
    AlterTableProcedure procedure = alter(Alters.addField("t", "mem"));
    String dump = ProcedureDriver.crashAfter(procedure, 2);
    // The update is written, but the leader dies before it can store that.
    ProcedureDriver.crashAfter(procedure, 1);
    String written = world.value(INFO);
    assertThat(info().version()).isEqualTo(1);

    ProcedureDriver run =
        ProcedureDriver.run(AlterTableProcedure.loader(world.nextLeader()).load(dump));

    run.output();
    assertThat(world.value(INFO)).isEqualTo(written);
    assertThat(world.heard()).hasSize(1);
  }

  @Test
  void whenTheLeaderDiesAfterARenameThenTheNextOneSeesItIsDone() throws InterruptedException {
    AlterTableProcedure procedure = alter(Alters.rename("t", "t2"));
    String dump = ProcedureDriver.crashAfter(procedure, 1);
    ProcedureDriver.crashAfter(procedure, 1);
    String written = world.value(INFO);

    ProcedureDriver.run(AlterTableProcedure.loader(world.nextLeader()).load(dump)).output();

    assertThat(world.value(INFO)).isEqualTo(written);
  }

  @Test
  void whenSomebodyElseChangedTheTableThenTheUpdateFails() throws InterruptedException {
    AlterTableProcedure procedure = alter(Alters.addField("t", "mem"));
    String dump = ProcedureDriver.crashAfter(procedure, 2);
    world
        .context()
        .tables()
        .updateTableInfo(
            world.context().tables().infos().get(T).orElseThrow(),
            Optional.empty(),
            info().info().withDesc(Optional.of("changed")));

    MetasrvException error =
        ProcedureDriver.run(AlterTableProcedure.loader(world.nextLeader()).load(dump)).error();

    assertThat(error.code()).isEqualTo(StatusCode.UNEXPECTED);
    assertThat(error).hasMessageContaining("the updating table info");
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
