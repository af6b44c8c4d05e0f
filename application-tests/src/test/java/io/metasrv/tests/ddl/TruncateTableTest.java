package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.truncate.TruncateTable;
import io.metasrv.application.procedure.Procedure;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.TimeRange;
import io.metasrv.protocol.v1.TimeRanges;
import io.metasrv.protocol.v1.TimeUnit;
import io.metasrv.protocol.v1.TruncateTableExpr;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import io.metasrv.protocol.v1.region.TruncateRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TRUNCATE TABLE (sheet 06 §13, §24). */
class TruncateTableTest {

  private static final TimeRanges RANGES =
      TimeRanges.newBuilder()
          .setTimeUnit(TimeUnit.SECOND)
          .addTimeRanges(TimeRange.newBuilder().setStart(-5).setEnd(9))
          .build();

  private final DdlWorld world = new DdlWorld();

  private void created(CreateTableTask task) throws InterruptedException {
    ProcedureDriver.run(CreateTable.of(world.context(), task, Tasks.SESSION)).output();
    world.datanodes.forget();
  }

  private TruncateTable truncate(String name, int id, TimeRanges ranges) {
    return TruncateTable.of(
        world.context(),
        TruncateTableTask.newBuilder()
            .setTruncateTable(
                TruncateTableExpr.newBuilder()
                    .setCatalogName(DdlWorld.CATALOG)
                    .setSchemaName(DdlWorld.SCHEMA)
                    .setTableName(name)
                    .setTableId(TableId.newBuilder().setId(id))
                    .setTimeRanges(ranges))
            .build());
  }

  @Test
  void allRowsOfAllRegions() throws InterruptedException {
    created(Tasks.table("t", "low", "high"));
    Map<String, String> before = world.values("__");
    assertThat(ProcedureDriver.run(truncate("t", 1024, TimeRanges.getDefaultInstance())).output())
        .isNotNull();
    List<TruncateRequest> requests =
        world.datanodes.received(BodyCase.TRUNCATE).stream()
            .map(each -> each.request().getTruncate())
            .toList();
    assertThat(requests)
        .extracting(TruncateRequest::getRegionId)
        .containsExactly(1024L << 32, 1024L << 32 | 1);
    assertThat(requests).allMatch(TruncateRequest::hasAll);
    assertThat(world.values("__")).isEqualTo(before);
    assertThat(world.heard()).isEmpty();
  }

  @Test
  void someTimesOnly() throws InterruptedException {
    created(Tasks.table("t"));
    TruncateTable procedure = truncate("t", 1024, RANGES);
    ProcedureDriver run = ProcedureDriver.run(procedure);
    assertThat(run.output()).isNotNull();
    assertThat(run.dumps().getFirst())
        .contains(
            "\"time_ranges\":[[{\"value\":-5,\"unit\":\"Second\"},"
                + "{\"value\":9,\"unit\":\"Second\"}]]");
    assertThat(
            world
                .datanodes
                .received(BodyCase.TRUNCATE)
                .getFirst()
                .request()
                .getTruncate()
                .getTimeRanges())
        .isEqualTo(RANGES);
  }

  @Test
  void case30_mixedUnits() throws InterruptedException {
    created(Tasks.table("t"));
    String mixed =
        truncate("t", 1024, RANGES)
            .dump()
            .replace("9,\"unit\":\"Second\"", "9,\"unit\":\"Nanosecond\"");
    Procedure loaded = TruncateTable.loader(world.context()).load(mixed);
    assertThat(loaded.dump()).isEqualTo(mixed);
    MetasrvException refused = ProcedureDriver.run(loaded).error();
    assertThat(refused.code()).isEqualTo(StatusCode.UNEXPECTED);
    assertThat(refused).hasMessageStartingWith("Failed to convert time ranges");
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void case30_logicalTable() throws InterruptedException {
    created(Tasks.physical("phy"));
    ProcedureDriver.run(
        CreateLogicalTables.of(
            world.context(), List.of(Tasks.logical("log", "phy", "host", false))));
    assertThatThrownBy(() -> truncate("log", 1025, RANGES))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.UNEXPECTED))
        .hasMessage("Unexpected: Truncate table is only supported for physical tables.");
  }

  @Test
  void unknownIdAndForeignName() throws InterruptedException {
    created(Tasks.table("a"));
    created(Tasks.table("b"));
    assertThatThrownBy(() -> truncate("a", 9999, RANGES))
        .hasMessage("Table info not found: greptime.public.a");
    MetasrvException missing = ProcedureDriver.run(truncate("c", 1024, RANGES)).error();
    assertThat(missing.code()).isEqualTo(StatusCode.TABLE_NOT_FOUND);
    MetasrvException foreign = ProcedureDriver.run(truncate("a", 1025, RANGES)).error();
    assertThat(foreign.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(world.datanodes.received()).isEmpty();
  }
}
