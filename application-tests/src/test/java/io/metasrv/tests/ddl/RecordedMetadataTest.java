package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.createlogical.CreateLogicalTables;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.ddl.truncate.TruncateTable;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.application.metadata.codec.TableRouteCodec;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.protocol.v1.DropTableExpr;
import io.metasrv.protocol.v1.TruncateTableExpr;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.meta.DropTableTask;
import io.metasrv.protocol.v1.meta.TruncateTableTask;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What is stored after each statement is what the original stored after it: the same keys, the same
 * values (kv-after-each-call and kv-after-each-sql). A whole server: RecordedServerTest.
 */
class RecordedMetadataTest {

  private TreeMap<String, String> recorded = new TreeMap<>();
  private DdlWorld world = new DdlWorld();

  /** A leader on the recorded store whose next table gets the id. */
  private void after(String step, long nextId) {
    InMemoryStore store = new InMemoryStore();
    recorded = Recordings.stored(step);
    recorded.forEach(
        (key, value) -> store.put(Bytes.utf8(key), Bytes.utf8(value), Previous.DISCARD));
    byte[] next = new byte[8];
    java.nio.ByteBuffer.wrap(next).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(nextId);
    store.put(Bytes.utf8("__meta_seq-table_id"), Bytes.wrap(next), Previous.DISCARD);
    world = new DdlWorld(store, WalOptionsAllocator.raftEngine());
  }

  private SortedMap<String, JsonValue> stored() {
    return tables(world.values("__"));
  }

  private static SortedMap<String, JsonValue> tables(String step) {
    return tables(Recordings.stored(step));
  }

  /** As JSON, because the original writes options in an order that differs from run to run. */
  private static SortedMap<String, JsonValue> tables(SortedMap<String, String> values) {
    TreeMap<String, JsonValue> tables = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.matches("__(table_|dn_table|topic_region|tombstone).*")) {
            tables.put(key, JsonReader.read(value));
          }
        });
    return tables;
  }

  /** Creates the table that the step created, in the order of columns given, or as stored. */
  private void create(String step, long id, String... columnOrder) throws InterruptedException {
    TreeMap<String, String> target = Recordings.stored(step);
    TableInfo info = asSent(Recordings.value(target, "__table_info/" + id), columnOrder);
    TableRoute route =
        TableRouteCodec.CODEC.read(
            JsonReader.read(Recordings.value(target, "__table_route/" + id)));
    var options = info.meta().options().toRegionOptions();
    switch (route) {
      case TableRoute.Physical physical -> {
        List<RegionRoute> regions = physical.regions();
        world.placeOn(
            regions.stream().map(each -> each.leader().orElseThrow()).toArray(Peer[]::new));
        String[] rules =
            regions.stream().map(each -> each.region().partitionExpr()).toArray(String[]::new);
        CreateTableTask task = Tasks.task(info, Tasks.expr(info, options), rules);
        ProcedureDriver.run(CreateTable.of(world.context(), task, Tasks.SESSION)).output();
      }
      case TableRoute.Logical ignored ->
          ProcedureDriver.run(
                  CreateLogicalTables.of(
                      world.context(), List.of(Tasks.task(info, Tasks.expr(info, options)))))
              .output();
    }
    assertThat(stored()).as(step).isEqualTo(tables(step));
  }

  private static TableInfo asSent(String stored, String... columnOrder) {
    return RecordedRequests.asSent(
        TableInfoValueCodec.CODEC.read(JsonReader.read(stored)).info(), List.of(columnOrder));
  }

  @Test
  void tablesOfARealCluster() throws InterruptedException {
    after("sql-02", 1025);
    create("sql-03", 1025);
    create("sql-04", 1026);
    create("sql-05", 1027);
    create("sql-06", 1028);
    create("sql-07", 1029, "ts", "val", "host");
    create("sql-08", 1030, "ts", "val", "job");
  }

  @Test
  void aTableAfterManyOthers() throws InterruptedException {
    after("sql-21", 1032);
    create("sql-22", 1032);
  }

  @Test
  void tablesByCalls() throws InterruptedException {
    after("call-26", 1024);
    create("call-27", 1024);
    create("call-30", 1025);
  }

  @Test
  void aSecondTableOfTheNameChangesNothing() throws InterruptedException {
    after("call-27", 1025);
    TableInfo info = asSent(Recordings.value(recorded, "__table_info/1024"));
    CreateTableTask task = Tasks.task(info, Tasks.expr(info, java.util.Map.of()));
    assertThat(
            ProcedureDriver.run(CreateTable.of(world.context(), task, Tasks.SESSION))
                .error()
                .code())
        .isEqualTo(StatusCode.TABLE_ALREADY_EXISTS);
    assertThat(stored()).isEqualTo(tables("call-28"));
  }

  @Test
  void truncationsChangeNothing() throws InterruptedException {
    truncate("call-37", "call-38", "refdb", "tp", 1025);
    assertThat(world.datanodes.received(BodyCase.TRUNCATE)).hasSize(3);
    truncate("sql-25", "sql-26", "gdb", "tp", 1027);
    assertThat(world.datanodes.received(BodyCase.TRUNCATE)).hasSize(4);
  }

  private void truncate(String before, String after, String schema, String table, int id)
      throws InterruptedException {
    after(before, 9000);
    for (long datanode = 0; datanode <= 3; datanode++) {
      // Nobody created the regions here; the datanodes say they are empty.
      world.datanodes.accept(datanode);
    }
    TruncateTableTask task =
        TruncateTableTask.newBuilder()
            .setTruncateTable(
                TruncateTableExpr.newBuilder()
                    .setCatalogName("greptime")
                    .setSchemaName(schema)
                    .setTableName(table)
                    .setTableId(io.metasrv.protocol.v1.TableId.newBuilder().setId(id)))
            .build();
    ProcedureDriver.run(TruncateTable.of(world.context(), task)).output();
    assertThat(stored()).isEqualTo(tables(after));
  }

  @Test
  void aDroppedTableLeavesNothing() throws InterruptedException {
    after("call-47", 9000);
    ProcedureDriver.run(drop(false)).output();
    assertThat(stored()).isEqualTo(tables("call-48"));
    assertThat(ProcedureDriver.run(drop(false)).error().code())
        .isEqualTo(StatusCode.TABLE_NOT_FOUND);
    assertThat(stored()).isEqualTo(tables("call-49"));
    ProcedureDriver.run(drop(true)).output();
    assertThat(stored()).isEqualTo(tables("call-50"));
  }

  private DropTable drop(boolean ifExists) {
    return DropTable.of(
        world.context(),
        DropTableTask.newBuilder()
            .setDropTable(
                DropTableExpr.newBuilder()
                    .setCatalogName("greptime")
                    .setSchemaName("refdb")
                    .setTableName("t1r")
                    .setTableId(io.metasrv.protocol.v1.TableId.newBuilder().setId(1024))
                    .setDropIfExists(ifExists))
            .build());
  }
}
