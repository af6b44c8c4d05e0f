package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableName;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements over the wire, down to the regions on datanodes. */
@Timeout(120)
class WholeServerTest {

  private static final DdlRequests SQL =
      DdlRequests.of("db", Instant.parse("2026-11-23T10:00:00.123456789Z"));
  private static final TableName PLAIN = name("plain");
  private static final TableName PARTED = name("parted");

  private WholeServer server;
  private MetaClient client;

  private static TableName name(String table) {
    return SQL.name(table);
  }

  @BeforeEach
  void start() throws Exception {
    server = WholeServer.start();
    client = server.client();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** Runs a statement; afterwards its procedure is known as done. */
  private DdlTaskResponse run(DdlTaskRequest request) {
    DdlTaskResponse response = client.procedures().ddl(request);
    assertThat(response.getHeader().hasError()).isFalse();
    String procedure = response.getPid().getKey().toStringUtf8();
    assertThat(client.procedures().query(procedure).getStatus()).isEqualTo(ProcedureStatus.Done);
    server.assertAtRest();
    return response;
  }

  private List<Integer> ids(DdlTaskRequest request) {
    return run(request).getTableIdsList().stream()
        .map(io.metasrv.protocol.v1.TableId::getId)
        .toList();
  }

  private void refused(DdlTaskRequest request, StatusCode code) {
    assertThatThrownBy(() -> client.procedures().ddl(request))
        .isInstanceOfSatisfying(
            MetaClientException.class, failure -> assertThat(failure.code()).isEqualTo(code));
    server.assertAtRest();
  }

  private long received(BodyCase kind) {
    return server.fleet.datanodes().stream()
        .flatMap(datanode -> datanode.requests().stream())
        .filter(request -> request.getBodyCase() == kind)
        .count();
  }

  private long regions() {
    return server.fleet.datanodes().stream()
        .map(DatanodeDouble::regions)
        .mapToLong(Map::size)
        .sum();
  }

  private String stored(String key) {
    return client.store().get(Bytes.utf8(key)).map(Bytes::toUtf8).orElse("");
  }

  @Test
  void databasesAndTables() {
    run(SQL.createDatabase("db", false));
    refused(SQL.createDatabase("db", false), StatusCode.DATABASE_ALREADY_EXISTS);
    run(SQL.createDatabase("db", true));
    run(SQL.setDatabaseOption("db", "ttl", "7d"));
    assertThat(stored("__schema_name/greptime/db")).contains("7d");

    assertThat(ids(SQL.createTable(PLAIN, false))).containsExactly(1024);
    assertThat(ids(SQL.createTable(PARTED, false, "h", "p"))).hasSize(1);
    assertThat(regions()).isEqualTo(4);
    assertThat(server.fleet.datanodes()).noneMatch(datanode -> datanode.regions().isEmpty());
    refused(SQL.createTable(PLAIN, false), StatusCode.TABLE_ALREADY_EXISTS);
    assertThat(ids(SQL.createTable(PLAIN, true))).containsExactly(1024);

    run(SQL.addField(PARTED, "mem"));
    assertThat(received(BodyCase.ALTER)).isEqualTo(3);
    run(SQL.setOption(PLAIN, "ttl", "3d"));
    assertThat(stored("__table_info/1024")).contains("3days");
    run(SQL.comment(PLAIN, "said of a table"));
    run(SQL.commentOnColumn(PLAIN, "cpu", "said of a column"));
    assertThat(stored("__table_info/1024")).contains("said of a table", "said of a column");
    run(SQL.dropColumn(PARTED, "mem"));
    refused(SQL.dropColumn(PARTED, "mem"), StatusCode.TABLE_COLUMN_NOT_FOUND);

    run(SQL.rename(PLAIN, "other"));
    assertThat(stored("__table_name/greptime/db/other")).contains("1024");
    refused(SQL.rename(PARTED, "other"), StatusCode.TABLE_ALREADY_EXISTS);
    refused(SQL.addField(PLAIN, "x"), StatusCode.TABLE_NOT_FOUND);

    run(SQL.truncate(name("other"), 1024));
    assertThat(received(BodyCase.TRUNCATE)).isEqualTo(1);
    run(SQL.dropTable(name("other"), 1024, false));
    refused(SQL.dropTable(name("other"), 1024, false), StatusCode.TABLE_NOT_FOUND);
    assertThat(regions()).isEqualTo(3);

    run(SQL.dropDatabase("db", false));
    assertThat(regions()).isZero();
    assertThat(stored("__schema_name/greptime/db")).isEmpty();
    refused(SQL.dropDatabase("db", false), StatusCode.INVALID_ARGUMENTS);
  }

  @Test
  void viewsAndFlows() {
    run(SQL.createDatabase("db", false));
    int source = ids(SQL.createTable(PLAIN, false)).getFirst();
    int view = ids(SQL.createView(name("v"), "SELECT 1", false)).getFirst();
    run(SQL.createView(name("v"), "SELECT 2", true));
    assertThat(stored("__view_info/" + view)).contains("SELECT 2");
    refused(SQL.createTable(name("v"), false), StatusCode.TABLE_ALREADY_EXISTS);

    run(SQL.createFlow("f", PLAIN, name("sink"), false));
    assertThat(server.fleet.flownode().flows()).containsExactly(1024L);
    assertThat(stored("__flow/source_table/" + source + "/1/1024/0")).isNotEmpty();
    refused(SQL.createFlow("f", PLAIN, name("sink"), false), StatusCode.FLOW_ALREADY_EXISTS);
    run(SQL.dropFlow("f", 1024));
    assertThat(server.fleet.flownode().flows()).isEmpty();
    refused(SQL.dropFlow("f", 1024), StatusCode.FLOW_NOT_FOUND);

    run(SQL.dropView(name("v"), view));
    assertThat(stored("__view_info/" + view)).isEmpty();
  }

  @Test
  void tablesOfTheMetricEngine() {
    run(SQL.createDatabase("db", false));
    run(SQL.createPhysical(name("phy"), false));
    List<Integer> logical = ids(SQL.createLogical(false, "phy", name("m1"), name("m2")));
    assertThat(logical).hasSize(2);
    assertThat(regions()).isEqualTo(1);
    run(SQL.dropTable(name("m1"), logical.getFirst(), false));
    run(SQL.dropDatabase("db", false));
    assertThat(server.fleet.storage().regions()).isEmpty();
  }

  @Test
  @DisplayName("sheet 06 case 39: the caller gives up after a second, the statement does not")
  void givenSlowDatanodes_whenTheCallerGivesUp_thenTheStatementGoesOn() {
    run(SQL.createDatabase("db", false));
    server.fleet.datanodes().forEach(DatanodeDouble::stall);

    assertThatThrownBy(
            () ->
                client.procedures().ddl(SQL.createTable(PLAIN, false, "h"), Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            MetaClientException.class,
            failure -> assertThat(failure.code()).isEqualTo(StatusCode.DEADLINE_EXCEEDED));
    assertThat(creation().getStatus()).isEqualTo(ProcedureStatus.Running);
    server.fleet.datanodes().forEach(DatanodeDouble::resume);

    Eventually.holds(
        "the table is created",
        WholeServer.PATIENCE,
        () -> creation().getStatus() == ProcedureStatus.Done);
    String procedure = creation().getId().getKey().toStringUtf8();
    assertThat(client.procedures().query(procedure).getStatus()).isEqualTo(ProcedureStatus.Done);
    server.assertAtRest();
    assertThat(regions()).isEqualTo(2);
    refused(SQL.createTable(PLAIN, false), StatusCode.TABLE_ALREADY_EXISTS);
  }

  /** The first creation of a table, as the leader lists it. */
  private ProcedureMeta creation() {
    return client.procedures().list().stream()
        .filter(each -> each.getTypeName().endsWith("::CreateTable"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void proceduresAreListed() {
    run(SQL.createDatabase("db", false));
    String procedure = run(SQL.createTable(PLAIN, false)).getPid().getKey().toStringUtf8();
    assertThat(client.procedures().list())
        .hasSize(2)
        .allMatch(each -> each.getStatus() == ProcedureStatus.Done)
        .filteredOn(each -> each.getId().getKey().toStringUtf8().equals(procedure))
        .singleElement()
        .returns("metasrv-procedure::CreateTable", ProcedureMeta::getTypeName);
  }
}
