package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.TableName;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements over the wire, down to the regions on datanodes. */
@Timeout(120)
class WholeServerTest {

  private static final TableName PLAIN = name("plain");
  private static final TableName PARTED = name("parted");

  private WholeServer server;
  private MetaClient client;

  private static TableName name(String table) {
    return new TableName(DdlWorld.CATALOG, "db", table);
  }

  @BeforeEach
  void start() throws Exception {
    server = WholeServer.start();
    client = server.client();
  }

  @AfterEach
  void stop() throws InterruptedException {
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
    run(Requests.createDatabase("db", false));
    refused(Requests.createDatabase("db", false), StatusCode.DATABASE_ALREADY_EXISTS);
    run(Requests.createDatabase("db", true));
    run(Requests.setDatabaseOption("db", "ttl", "7d"));
    assertThat(stored("__schema_name/greptime/db")).contains("7d");

    assertThat(ids(Requests.createTable(PLAIN, false))).containsExactly(1024);
    assertThat(ids(Requests.createTable(PARTED, false, "low", "mid", "high"))).hasSize(1);
    assertThat(regions()).isEqualTo(4);
    assertThat(server.fleet.datanodes()).noneMatch(datanode -> datanode.regions().isEmpty());
    refused(Requests.createTable(PLAIN, false), StatusCode.TABLE_ALREADY_EXISTS);
    assertThat(ids(Requests.createTable(PLAIN, true))).containsExactly(1024);

    run(Requests.alter("db", Alters.addField("parted", "mem")));
    assertThat(received(BodyCase.ALTER)).isEqualTo(3);
    run(Requests.alter("db", Alters.set("plain", "ttl", "3d")));
    assertThat(stored("__table_info/1024")).contains("3days");
    run(Requests.comment(PLAIN, "said of a table"));
    run(Requests.commentOnColumn(PLAIN, "cpu", "said of a column"));
    assertThat(stored("__table_info/1024")).contains("said of a table", "said of a column");
    run(Requests.alter("db", Alters.drop("parted", "mem")));
    refused(Requests.alter("db", Alters.drop("parted", "mem")), StatusCode.TABLE_COLUMN_NOT_FOUND);

    run(Requests.alter("db", Alters.rename("plain", "other")));
    assertThat(stored("__table_name/greptime/db/other")).contains("1024");
    refused(
        Requests.alter("db", Alters.rename("parted", "other")), StatusCode.TABLE_ALREADY_EXISTS);
    refused(Requests.alter("db", Alters.addField("plain", "x")), StatusCode.TABLE_NOT_FOUND);

    run(Requests.truncate(name("other"), 1024));
    assertThat(received(BodyCase.TRUNCATE)).isEqualTo(1);
    run(Requests.dropTable(name("other"), 1024, false));
    refused(Requests.dropTable(name("other"), 1024, false), StatusCode.TABLE_NOT_FOUND);
    assertThat(regions()).isEqualTo(3);

    run(Requests.dropDatabase("db", false));
    assertThat(regions()).isZero();
    assertThat(stored("__schema_name/greptime/db")).isEmpty();
    refused(Requests.dropDatabase("db", false), StatusCode.INVALID_ARGUMENTS);
  }

  @Test
  void viewsAndFlows() {
    run(Requests.createDatabase("db", false));
    int source = ids(Requests.createTable(PLAIN, false)).getFirst();
    int view = ids(Requests.createView(name("v"), "SELECT 1", false)).getFirst();
    run(Requests.createView(name("v"), "SELECT 2", true));
    assertThat(stored("__view_info/" + view)).contains("SELECT 2");
    refused(Requests.createTable(name("v"), false), StatusCode.TABLE_ALREADY_EXISTS);

    run(Requests.createFlow("f", PLAIN, name("sink")));
    assertThat(server.fleet.flownode().flows()).containsExactly(1024L);
    assertThat(stored("__flow/source_table/" + source + "/1/1024/0")).isNotEmpty();
    refused(Requests.createFlow("f", PLAIN, name("sink")), StatusCode.FLOW_ALREADY_EXISTS);
    run(Requests.dropFlow("f", 1024));
    assertThat(server.fleet.flownode().flows()).isEmpty();
    refused(Requests.dropFlow("f", 1024), StatusCode.FLOW_NOT_FOUND);

    run(Requests.dropView(name("v"), view));
    assertThat(stored("__view_info/" + view)).isEmpty();
  }

  @Test
  void tablesOfTheMetricEngine() {
    run(Requests.createDatabase("db", false));
    run(Requests.createPhysical(name("phy")));
    List<Integer> logical = ids(Requests.createLogical("db", "phy", "m1", "m2"));
    assertThat(logical).hasSize(2);
    assertThat(regions()).isEqualTo(1);
    run(Requests.dropTable(name("m1"), logical.getFirst(), false));
    run(Requests.dropDatabase("db", false));
    assertThat(server.fleet.storage().regions()).isEmpty();
  }

  @Test
  void proceduresAreListed() {
    run(Requests.createDatabase("db", false));
    String procedure = run(Requests.createTable(PLAIN, false)).getPid().getKey().toStringUtf8();
    assertThat(client.procedures().list())
        .hasSize(2)
        .allMatch(each -> each.getStatus() == ProcedureStatus.Done)
        .filteredOn(each -> each.getId().getKey().toStringUtf8().equals(procedure))
        .singleElement()
        .returns("metasrv-procedure::CreateTable", ProcedureMeta::getTypeName);
  }
}
