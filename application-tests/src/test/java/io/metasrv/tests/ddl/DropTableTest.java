package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.port.Previous;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.region.DropRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** DROP TABLE (sheet 06 §12, §24). */
class DropTableTest {

  private final DdlWorld world = new DdlWorld();

  private void created(CreateTableTask task) throws InterruptedException {
    ProcedureDriver.run(CreateTable.of(world.context(), task, Tasks.SESSION)).output();
    world.datanodes.forget();
  }

  private void logical(String name) throws InterruptedException {
    ProcedureDriver.run(
            CreateLogicalTables.of(
                world.context(), List.of(Tasks.logical(name, "phy", "host", false))))
        .output();
    world.datanodes.forget();
  }

  private DropTable drop(String name, long id) {
    return DropTable.of(world.context(), Tasks.drop(name, id, false));
  }

  @Test
  void case25_tombstonesInTheMiddleNoneAtTheEnd() throws InterruptedException {
    created(Tasks.table("t", "low", "high"));
    Map<String, String> before = world.values("__table_");
    DropTable procedure = drop("t", 1024);
    ProcedureDriver.crashAfter(procedure, 2);
    assertThat(world.values("__table_")).isEmpty();
    assertThat(world.values("__dn_table/")).isEmpty();
    assertThat(world.values("__tombstone/").keySet())
        .containsExactly(
            "__tombstone/__dn_table/1/1024",
            "__tombstone/__dn_table/2/1024",
            "__tombstone/__table_info/1024",
            "__tombstone/__table_name/greptime/public/t",
            "__tombstone/__table_route/1024");
    assertThat(world.value("__tombstone/__table_info/1024"))
        .isEqualTo(before.get("__table_info/1024"));
    assertThat(world.context().operating().role(2, new RegionId(1024L << 32 | 1))).isPresent();
    assertThat(ProcedureDriver.run(procedure).output()).isNotNull();
    assertThat(world.values("__tombstone/")).isEmpty();
    assertThat(world.datanodes.storage().regions()).isEmpty();
    assertThat(world.watched().watched()).isEmpty();
    assertThat(world.context().operating().role(2, new RegionId(1024L << 32 | 1))).isEmpty();
    assertThat(world.heard())
        .containsExactly(
            "Invalidate table cache by dropping table greptime.public.t, table_id: 1024|"
                + "{\"InvalidateCaches\":[{\"TableName\":{\"catalog_name\":\"greptime\","
                + "\"schema_name\":\"public\",\"table_name\":\"t\"}},{\"TableId\":1024}]}");
    DropRequest request = world.datanodes.received(BodyCase.DROP).getFirst().request().getDrop();
    assertThat(request).isEqualTo(DropRequest.newBuilder().setRegionId(1024L << 32).build());
  }

  @Test
  void case25_regionsThatAreGoneAndFollowersThatFail() throws InterruptedException {
    created(Tasks.table("t"));
    String route = world.value("__table_route/1024");
    world.store.put(
        Bytes.utf8("__table_route/1024"),
        Bytes.utf8(
            route.replace(
                "\"follower_peers\":[]",
                "\"follower_peers\":[{\"id\":2,\"addr\":\"127.0.0.1:4002\"}]")),
        Previous.DISCARD);
    world.datanodes.fail(1, new ServiceException(StatusCode.REGION_NOT_FOUND, "Region not found"));
    world.datanodes.fail(2, ServiceException.unexpected("no"));
    DropTable procedure = DropTable.of(world.nextLeader(), Tasks.drop("t", 1024, false));
    assertThat(ProcedureDriver.run(procedure).output()).isNotNull();
    assertThat(world.datanodes.received(BodyCase.CLOSE))
        .extracting(each -> each.to().id())
        .containsExactly(2L);
    assertThat(world.values("__tombstone/")).isEmpty();
    assertThat(world.values("__table_")).isEmpty();
  }

  @Test
  void case26_metricPhysicalTableRefused() throws InterruptedException {
    created(Tasks.physical("phy"));
    logical("log");
    Map<String, String> before = world.values("__");
    ProcedureDriver run = ProcedureDriver.run(drop("phy", 1024));
    assertThat(run.error().code()).isEqualTo(StatusCode.REGION_BUSY);
    assertThat(run.wasRolledBack()).isTrue();
    assertThat(world.values("__")).isEqualTo(before);
    assertThat(run.dumps().getLast())
        .startsWith("{\"state\":\"DatanodeDropRegions\"")
        .endsWith("\"allow_rollback\":true}");
    assertThat(world.watched().watched()).hasSize(1);
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isEmpty();
  }

  @Test
  void case26_underTheEngineTheRollbackIsRecordedAndTheStatementFails()
      throws InterruptedException {
    created(Tasks.physical("phy"));
    logical("log");
    Map<String, String> before = world.values("__table");
    KeysWritten written = new KeysWritten(world.store);
    try (Engine engine = new Engine(world, written)) {
      ProcedureState ended = engine.run(drop("phy", 1024));

      assertThat(ended).isInstanceOf(ProcedureState.Failed.class);
      assertThat(ended.failure().orElseThrow().code()).isEqualTo(StatusCode.REGION_BUSY);
    }
    assertThat(written.keys()).filteredOn(key -> key.endsWith(".rollback")).hasSize(1);
    assertThat(world.values("__table")).isEqualTo(before);
    assertThat(world.values("__tombstone/")).isEmpty();
  }

  @Test
  void case26_otherTablesAreNotRestored() throws InterruptedException {
    created(Tasks.table("t"));
    world.datanodes.fail(1, ServiceException.unexpected("broken"));
    ProcedureDriver run = ProcedureDriver.run(drop("t", 1024));
    assertThat(run.error()).hasRootCauseMessage("broken");
    assertThat(run.wasRolledBack()).isFalse();
    assertThat(world.values("__tombstone/")).hasSize(4);
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isEmpty();
  }

  @Test
  void case27_missingTable() throws InterruptedException {
    ProcedureDriver fine =
        ProcedureDriver.run(DropTable.of(world.context(), Tasks.drop("t", 1024, true)));
    assertThat(fine.output()).isNotNull();
    assertThat(fine.dumps()).isEmpty();
    MetasrvException refused = ProcedureDriver.run(drop("t", 1024)).error();
    assertThat(refused.code()).isEqualTo(StatusCode.TABLE_NOT_FOUND);
    assertThat(refused).hasMessage("Table not found: 'greptime.public.t'");
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void aNameAndAnIdOfTwoTablesDropNeither() throws InterruptedException {
    created(Tasks.table("a"));
    created(Tasks.table("b"));
    Map<String, String> before = world.values("__");
    MetasrvException refused =
        ProcedureDriver.run(DropTable.of(world.context(), Tasks.drop("a", 1025, true))).error();
    assertThat(refused.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(refused).hasMessageContaining("table id 1025").hasMessageContaining("the id 1024");
    assertThat(world.values("__")).isEqualTo(before);
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void aLogicalTableGoesAndItsPhysicalTableStays() throws InterruptedException {
    created(Tasks.physical("phy"));
    logical("a");
    logical("b");
    DropTable first = drop("a", 1025);
    DropTable second = drop("b", 1026);
    ProcedureDriver.crashAfter(first, 2);
    ProcedureDriver.crashAfter(second, 2);
    assertThat(ProcedureDriver.run(first).output()).isNotNull();
    assertThat(ProcedureDriver.run(second).output()).isNotNull();
    assertThat(world.datanodes.storage().regions()).containsExactly(new RegionId(1024L << 32));
    assertThat(world.values("__table_info/").keySet()).containsExactly("__table_info/1024");
    assertThat(world.watched().watched()).hasSize(1);
  }

  @Test
  void takenOverInEachState() throws InterruptedException {
    for (int persisted = 1; persisted <= 4; persisted++) {
      DdlWorld fresh = new DdlWorld();
      ProcedureDriver.run(
          CreateTable.of(fresh.context(), Tasks.table("t", "low", "high"), Tasks.SESSION));
      String dump =
          ProcedureDriver.crashAfter(
              DropTable.of(fresh.context(), Tasks.drop("t", 1024, false)), persisted);
      Procedure recovered = DropTable.loader(fresh.nextLeader()).load(dump);
      assertThat(recovered.dump()).isEqualTo(dump);
      recovered.recover();
      boolean guarded = fresh.context().operating().role(1, new RegionId(1024L << 32)).isPresent();
      assertThat(guarded).as("guard after %d records", persisted).isEqualTo(persisted < 4);
      assertThat(ProcedureDriver.run(recovered).output()).isNotNull();
      assertThat(fresh.values("__t")).isEmpty();
      assertThat(fresh.datanodes.storage().regions()).isEmpty();
    }
  }

  @Test
  void nobodyMayCreateTheNameMeanwhile() {
    assertThat(drop("t", 1024).locks())
        .extracting(LockKey::toString)
        .containsExactly(
            "Share(\"__catalog_lock/greptime\")",
            "Share(\"__schema_lock/greptime.public\")",
            "Exclusive(\"__table_lock/1024\")",
            "Exclusive(\"__table_name_lock/greptime.public.t\")");
  }

  @Test
  void retryGoesToTheNewAddress() throws InterruptedException {
    created(Tasks.table("t"));
    DropTable procedure = drop("t", 1024);
    world.datanodes.fail(1, Datanodes.unavailable());
    ProcedureDriver.crashAfter(procedure, 3);
    world.store.put(
        Bytes.utf8("__node_address/0/1"),
        Bytes.utf8("{\"peer\":{\"id\":1,\"addr\":\"10.0.0.9:4001\"}}"),
        Previous.DISCARD);
    assertThat(ProcedureDriver.run(procedure).output()).isNotNull();
    assertThat(world.datanodes.received(BodyCase.DROP))
        .extracting(each -> each.to().address())
        .containsExactlyInAnyOrder("127.0.0.1:4001", "10.0.0.9:4001");
  }
}
