package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** CREATE TABLE of logical tables (sheet 06 §8, §24). */
class CreateLogicalTablesTest {

  private final DdlWorld world = new DdlWorld();

  private CreateLogicalTables create(CreateTableTask... tasks) {
    return CreateLogicalTables.of(world.context(), List.of(tasks));
  }

  private static void physical(DdlWorld world) throws InterruptedException {
    ProcedureDriver.run(CreateTable.of(world.context(), Tasks.physical("phy"), Tasks.SESSION))
        .output();
    world.datanodes.forget();
  }

  private static ProcedureOutput ids(LongStream ids) {
    return new ProcedureOutput.TableIds(ids.mapToObj(TableId::new).toList());
  }

  private static List<CreateRequest> sent(DdlWorld world) {
    return world.datanodes.received(BodyCase.CREATES).stream()
        .flatMap(each -> each.request().getCreates().getRequestsList().stream())
        .toList();
  }

  @Test
  void case11_aHundredTablesInThreeTransactions() throws InterruptedException {
    InMemoryStore small = new InMemoryStore(128, 1_540_000);
    CountingStore counting = new CountingStore(small);
    DdlWorld limited = new DdlWorld(small, WalOptionsAllocator.raftEngine());
    physical(limited);
    CreateLogicalTables procedure =
        CreateLogicalTables.of(
            limited.seeing(counting),
            IntStream.range(0, 100)
                .mapToObj(i -> Tasks.logical("log%03d".formatted(i), "phy", "host", false))
                .toList());
    ProcedureDriver.crashAfter(procedure, 2);
    counting.forget();
    ProcedureDriver run = ProcedureDriver.run(procedure);
    long first = ((ProcedureOutput.TableIds) run.output()).ids().getFirst().value();
    assertThat(run.output()).isEqualTo(ids(LongStream.range(first, first + 100)));
    // The physical table first; then three puts a table, 42 tables at most at a time.
    assertThat(counting.puts()).containsExactly(1, 126, 126, 48);
    assertThat(limited.values("__table_name/greptime/public/log")).hasSize(100);
    assertThat(limited.values("__dn_table/")).hasSize(1);
  }

  @Test
  void case12_requestsOfRegions() throws InterruptedException {
    ProcedureDriver.run(CreateTable.of(world.context(), partitionedPhysical(), Tasks.SESSION));
    world.datanodes.forget();
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.logical("log", "phy", "zone", false)));
    assertThat(run.output()).isEqualTo(ids(LongStream.of(1025)));
    List<CreateRequest> requests = sent(world);
    assertThat(world.datanodes.received(BodyCase.CREATES)).hasSize(2);
    assertThat(requests)
        .extracting(CreateRequest::getRegionId)
        .containsExactly(1025L << 32, 1025L << 32 | 1);
    assertThat(requests)
        .extracting(request -> request.getOptionsMap().get("on_physical_table"))
        .containsExactly("4398046511104", "4398046511105");
    assertThat(requests)
        .extracting(request -> request.getPartition().getExpression())
        .containsExactly("low", "high");
    CreateRequest request = requests.getFirst();
    assertThat(request.getOptionsMap()).doesNotContainKey("wal_options");
    assertThat(request.getColumnDefsList())
        .extracting(column -> column.getColumnDef().getName() + ":" + column.getColumnId())
        .containsExactly("cpu:0", "host:1", "ts:2", "zone:3");
    assertThat(request.getPrimaryKeyList()).containsExactly(1, 3);
    assertThat(world.value("__table_info/1025"))
        .contains(
            "{\"name\":\"host\",\"data_type\":{\"String\":{\"size_type\":\"Utf8\"}},"
                + "\"is_nullable\":true")
        .contains("\"primary_key_indices\":[1,3],\"value_indices\":[0,2]");
    assertThat(world.value("__table_route/1025"))
        .isEqualTo("{\"type\":\"logical\",\"physical_table_id\":1024}");
  }

  /** Two regions by host, which is a column of the table. */
  private static CreateTableTask partitionedPhysical() {
    Map<String, String> options = Map.of("physical_metric_table", "");
    TableInfo info =
        Tasks.info("phy", "metric", options, List.of(Tasks.TS, Tasks.CPU, Tasks.HOST), List.of(2));
    TableMeta meta = info.meta();
    TableInfo partitioned =
        info.withMeta(meta.withIndices(meta.primaryKeyIndices(), meta.valueIndices(), List.of(2)));
    return Tasks.task(partitioned, Tasks.expr(partitioned, options), "low", "high");
  }

  @Test
  void case13_oneExists() throws InterruptedException {
    physical(world);
    ProcedureDriver.run(create(Tasks.logical("b", "phy", "host", false)));
    world.datanodes.forget();
    ProcedureDriver run =
        ProcedureDriver.run(
            create(
                Tasks.logical("a", "phy", "host", true),
                Tasks.logical("b", "phy", "host", true),
                Tasks.logical("c", "phy", "host", true)));
    assertThat(run.output()).isEqualTo(ids(LongStream.of(1026, 1025, 1027)));
    assertThat(sent(world))
        .extracting(CreateRequest::getRegionId)
        .containsExactly(1026L << 32, 1027L << 32);
    world.datanodes.forget();
    ProcedureDriver again =
        ProcedureDriver.run(
            create(
                Tasks.logical("c", "phy", "host", true), Tasks.logical("a", "phy", "host", true)));
    assertThat(again.output()).isEqualTo(ids(LongStream.of(1027, 1026)));
    assertThat(again.dumps()).isEmpty();
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void case13_withoutTheFlag() throws InterruptedException {
    physical(world);
    ProcedureDriver.run(create(Tasks.logical("b", "phy", "host", false)));
    MetasrvException refused =
        ProcedureDriver.run(create(Tasks.logical("b", "phy", "host", false))).error();
    assertThat(refused.code()).isEqualTo(StatusCode.TABLE_ALREADY_EXISTS);
    assertThat(refused).hasMessage("Table already exists, table: b");
  }

  @Test
  void case14_physicalTableAfterwards() throws InterruptedException {
    physical(world);
    assertThat(world.value("__table_info/1024")).contains("\"column_ids\":[]");
    ProcedureDriver.run(create(Tasks.logical("log", "phy", "host", false)));
    assertThat(world.value("__table_info/1024"))
        .contains("\"name\":\"__table_id\"", "\"name\":\"__tsid\"", "\"name\":\"host\"")
        .contains("\"primary_key_indices\":[2,3,4],\"value_indices\":[0,1]")
        .contains("\"column_ids\":[0,1,2147483652,2147483651,2]")
        .endsWith("\"version\":1}");
    assertThat(world.heard())
        .containsExactly(
            "Invalidate table|{\"InvalidateCaches\":[{\"TableId\":1024},{\"TableName\":"
                + "{\"catalog_name\":\"greptime\",\"schema_name\":\"public\","
                + "\"table_name\":\"phy\"}}]}");
  }

  @Test
  void tasksMustGoTogether() throws InterruptedException {
    physical(world);
    TableInfo info = Tasks.info("log", "metric", Map.of("on_physical_table", "phy"));
    CreateTableTask elsewhere =
        Tasks.task(
            info,
            Tasks.expr(info, Map.of("on_physical_table", "phy"))
                .setSchemaName("information_schema"));
    MetasrvException mixed =
        ProcedureDriver.run(
                CreateLogicalTables.loader(world.context())
                    .load(
                        create(Tasks.logical("a", "phy", "host", false))
                            .dump()
                            .replace(
                                "\"tasks\":[",
                                "\"tasks\":[\""
                                    + io.metasrv.application.ddl.json.ProtoText.encode(elsewhere)
                                    + "\",")))
            .error();
    assertThat(mixed.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(mixed)
        .hasMessage(
            "Create logical tables invalid arguments: Schemas of the tasks are not the same");
    MetasrvException twice =
        ProcedureDriver.run(
                create(
                    Tasks.logical("a", "phy", "host", false),
                    Tasks.logical("a", "phy", "zone", false)))
            .error();
    assertThat(twice).hasMessageContaining("two of the tasks create the table");
  }

  @Test
  void aLogicalTableCarriesNoOthers() throws InterruptedException {
    physical(world);
    ProcedureDriver.run(create(Tasks.logical("log", "phy", "host", false)));
    world.datanodes.forget();
    MetasrvException refused =
        ProcedureDriver.run(create(Tasks.logical("a", "log", "host", false))).error();
    assertThat(refused.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(refused).hasMessageContaining("lies on table 1024");
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void whatIsRefusedBeforeSubmission() throws InterruptedException {
    physical(world);
    assertThatThrownBy(() -> create())
        .hasMessage("The tasks of create logical tables cannot be empty");
    assertThatThrownBy(() -> create(Tasks.table("t")))
        .hasMessage("Unsupported operation create table with engine mito");
    assertThatThrownBy(() -> create(Tasks.physical("p")))
        .hasMessageContaining("without option on_physical_table");
    assertThatThrownBy(() -> create(Tasks.logical("a", "missing", "host", false)))
        .hasMessage("Table not found: 'greptime.public.missing'");
  }

  @Test
  void crashAfterRegionsWereCreated() throws InterruptedException {
    physical(world);
    String dump = ProcedureDriver.crashAfter(create(Tasks.logical("log", "phy", "host", false)), 2);
    assertThat(dump).startsWith("{\"state\":\"CreateMetadata\"");
    world.datanodes.forget();
    var recovered = CreateLogicalTables.loader(world.nextLeader()).load(dump);
    assertThat(recovered.dump()).isEqualTo(dump);
    assertThat(recovered.locks())
        .extracting(LockKey::text)
        .containsExactly(
            "__catalog_lock/greptime",
            "__schema_lock/greptime.public",
            "__table_lock/1024",
            "__table_name_lock/greptime.public.log");
    assertThat(ProcedureDriver.run(recovered).output()).isEqualTo(ids(LongStream.of(1025)));
    assertThat(world.datanodes.received()).isEmpty();
  }
}
