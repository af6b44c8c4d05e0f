package io.metasrv.application.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.application.discovery.NodeDiscovery;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.procedure.ProcedureServiceHandler;
import io.metasrv.application.support.FixedLeadership;
import io.metasrv.application.support.JumpingRuntime;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.HeartbeatTimes;
import io.metasrv.domain.key.DatanodeLeaseKey;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.protocol.v1.QueryContext;
import io.metasrv.protocol.v1.meta.CreateDatabaseTask;
import io.metasrv.protocol.v1.meta.CreateTriggerTask;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DropTriggerTask;
import io.metasrv.protocol.v1.meta.GcRegionsRequest;
import io.metasrv.protocol.v1.meta.GcTableRequest;
import io.metasrv.protocol.v1.meta.MigrateRegionRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.ProcedureDetailResponse;
import io.metasrv.protocol.v1.meta.ProcedureId;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.ReconcileRequest;
import io.metasrv.protocol.v1.meta.ReconcileTable;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProcedureServiceTest {

  private static final RequestHeader HEADER =
      RequestHeader.newBuilder().setProtocolVersion(1).build();
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final JumpingRuntime runtime = new JumpingRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryStore memory = new InMemoryStore();
  private final NodeDiscovery discovery =
      new NodeDiscovery(memory::range, HeartbeatTimes.DEFAULTS, runtime);
  private final ProcedureServiceHandler leader =
      new ProcedureServiceHandler(
          FixedLeadership.leading("a:1", store, runtime),
          store,
          id -> discovery.aliveDatanode(id).isPresent(),
          Optional::empty,
          Optional::empty);
  private final ProcedureServiceHandler follower =
      new ProcedureServiceHandler(
          FixedLeadership.following("b:1", Optional.of("a:1")),
          store,
          id -> false,
          Optional::empty,
          Optional::empty);

  @Test
  @DisplayName("sheet 01 case 39: a follower answers in band, also to empty requests")
  void givenAFollowerThenEveryMethodSaysInBandThatItDoesNotLead() {
    assertThat(
            List.of(
                follower.query(QueryProcedureRequest.getDefaultInstance()).getHeader(),
                follower.ddl(DdlTaskRequest.getDefaultInstance()).getHeader(),
                follower.reconcile(ReconcileRequest.getDefaultInstance()).getHeader(),
                follower.migrate(MigrateRegionRequest.getDefaultInstance()).getHeader(),
                follower.details(ProcedureDetailRequest.getDefaultInstance()).getHeader(),
                follower.gcRegions(GcRegionsRequest.getDefaultInstance()).getHeader(),
                follower.gcTable(GcTableRequest.getDefaultInstance()).getHeader()))
        .allMatch(ResponseHeaders::saysNotLeader);
  }

  @Test
  @DisplayName("sheet 01 case 40: the header comes first, then the parameters")
  void givenALeaderThenEveryMethodAsksForTheHeaderFirst() {
    List<Runnable> calls =
        List.of(
            () -> leader.query(QueryProcedureRequest.getDefaultInstance()),
            () -> leader.ddl(DdlTaskRequest.getDefaultInstance()),
            () -> leader.reconcile(ReconcileRequest.getDefaultInstance()),
            () -> leader.migrate(MigrateRegionRequest.getDefaultInstance()),
            () -> leader.details(ProcedureDetailRequest.getDefaultInstance()),
            () -> leader.gcRegions(GcRegionsRequest.getDefaultInstance()),
            () -> leader.gcTable(GcTableRequest.getDefaultInstance()));

    calls.forEach(
        call -> assertRefused(call, StatusCode.INVALID_ARGUMENTS, "Missing request header"));
    assertRefused(
        () -> leader.ddl(DdlTaskRequest.newBuilder().setHeader(HEADER).build()),
        StatusCode.INVALID_ARGUMENTS,
        "Missing required parameter, param: \"query_context\"");
  }

  @Test
  @DisplayName("sheet 01 case 41: an unknown procedure")
  void givenAnIdThatNobodyKnowsThenItIsNotFound() {
    assertRefused(
        () ->
            leader.query(
                QueryProcedureRequest.newBuilder()
                    .setHeader(HEADER)
                    .setPid(
                        ProcedureId.newBuilder()
                            .setKey(
                                ByteString.copyFromUtf8("0A1B0000-0000-4000-8000-000000000000")))
                    .build()),
        StatusCode.INVALID_ARGUMENTS,
        "Procedure not found: 0a1b0000-0000-4000-8000-000000000000");
  }

  @Test
  void givenNoProcedureThenTheListIsEmptyAndWithoutAHeader() {
    assertThat(leader.details(ProcedureDetailRequest.newBuilder().setHeader(HEADER).build()))
        .isEqualTo(ProcedureDetailResponse.getDefaultInstance());
  }

  @Test
  @DisplayName("sheet 01 case 43: migration asks for live peers")
  void givenPeersWithoutALiveLeaseThenAMigrationIsRefused() {
    MigrateRegionRequest request =
        MigrateRegionRequest.newBuilder().setHeader(HEADER).setFromPeer(1).setToPeer(2).build();
    String text = "The target peer is unavailable temporally: ";
    assertRefused(() -> leader.migrate(request), StatusCode.UNEXPECTED, text + 1);

    heartbeat(1);
    assertRefused(() -> leader.migrate(request), StatusCode.UNEXPECTED, text + 2);

    heartbeat(2);
    assertRefusedAsNotYetThere(() -> leader.migrate(request));

    runtime.pauseFor(LEASE);
    assertRefused(() -> leader.migrate(request), StatusCode.UNEXPECTED, text + 1);
  }

  @Test
  @DisplayName("sheet 01 case 44: triggers are not supported")
  void givenATriggerTaskThenItIsNotSupported() {
    assertRefused(
        () -> leader.ddl(ddl().setCreateTriggerTask(CreateTriggerTask.newBuilder()).build()),
        StatusCode.UNSUPPORTED,
        "Unsupported operation create trigger");
    assertRefused(
        () -> leader.ddl(ddl().setDropTriggerTask(DropTriggerTask.newBuilder()).build()),
        StatusCode.UNSUPPORTED,
        "Unsupported operation drop trigger");
  }

  @Test
  void givenWorkThatIsNotThereYetThenItIsRefusedClearly() {
    assertRefusedAsNotYetThere(
        () -> leader.ddl(ddl().setCreateDatabaseTask(CreateDatabaseTask.newBuilder()).build()));
    assertRefusedAsNotYetThere(
        () ->
            leader.reconcile(
                ReconcileRequest.newBuilder()
                    .setHeader(HEADER)
                    .setReconcileTable(ReconcileTable.newBuilder())
                    .build()));
  }

  @Test
  void givenGcWithoutATickerThenItIsRefusedAsTheReferenceDoes() {
    GcTableRequest request =
        GcTableRequest.newBuilder()
            .setHeader(HEADER)
            .setCatalogName("greptime")
            .setSchemaName("public")
            .setTableName("t")
            .build();
    assertRefused(
        () -> leader.gcTable(request),
        StatusCode.TABLE_NOT_FOUND,
        "Table greptime.public.t not found");

    store.put(
        new TableNameKey("greptime", "public", "t").toBytes(),
        Bytes.utf8("{\"table_id\":1024}"),
        Previous.DISCARD);

    String text = "Unexpected, violated: GC ticker not available";
    assertRefused(() -> leader.gcTable(request), StatusCode.UNEXPECTED, text);
    assertRefused(
        () -> leader.gcRegions(GcRegionsRequest.newBuilder().setHeader(HEADER).build()),
        StatusCode.UNEXPECTED,
        text);
  }

  private void heartbeat(long datanode) {
    memory.put(
        new DatanodeLeaseKey(datanode).toBytes(),
        Bytes.utf8(
            "{\"timestamp_millis\":%d,\"node_addr\":\"n:1\",\"workloads\":{\"Datanode\":{\"types\":[0]}}}"
                .formatted(runtime.wallClock().toEpochMilli())),
        Previous.DISCARD);
  }

  private static DdlTaskRequest.Builder ddl() {
    return DdlTaskRequest.newBuilder()
        .setHeader(HEADER)
        .setQueryContext(QueryContext.newBuilder().setCurrentCatalog("greptime"));
  }

  private static void assertRefusedAsNotYetThere(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(StatusCode.UNSUPPORTED);
              assertThat(refused).hasMessageContaining("nothing was done");
            });
  }

  private static void assertRefused(Runnable call, StatusCode code, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
