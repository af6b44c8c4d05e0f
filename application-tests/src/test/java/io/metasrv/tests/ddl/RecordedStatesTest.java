package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.database.CreateDatabaseProcedure;
import io.metasrv.application.ddl.database.DropDatabaseProcedure;
import io.metasrv.application.ddl.database.NewDatabase;
import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.flow.DropFlowProcedure;
import io.metasrv.application.ddl.flow.FlowDrop;
import io.metasrv.application.ddl.flow.NewFlow;
import io.metasrv.application.ddl.json.ProtoText;
import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.ddl.view.DropViewProcedure;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.ddl.view.ViewDrop;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Peer;
import io.metasrv.domain.TableId;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.ExpireAfter;
import io.metasrv.protocol.v1.meta.CreateFlowTask;
import io.metasrv.protocol.v1.meta.CreateViewTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Statements that the original was given while its procedures' states were recorded: the same
 * states are stored, to the byte, in the same order (procedure/full.jsonl).
 */
class RecordedStatesTest {

  private static final String SCHEMA = "refdb_r2";
  private static final Map<String, String> DATABASE =
      Map.of(
          "__schema_name/greptime/" + SCHEMA,
          "{\"ttl\":\"7days\",\"extra_options\":{}}",
          "__table_name/greptime/" + SCHEMA + "/tp",
          "{\"table_id\":1028}");

  private static TableName name(String table) {
    return new TableName("greptime", SCHEMA, table);
  }

  private static List<String> recorded(String type) {
    return Recordings.ofStatements().stream()
        .filter(dump -> dump.from().equals("full.jsonl") && dump.type().equals(type))
        .map(Recordings.Dump::data)
        .toList();
  }

  private static JsonValue.Object data(String type, int index) {
    return JsonReader.read(recorded(type).get(index)).asObject();
  }

  @Test
  void createDatabase() throws InterruptedException {
    Statements statements = Statements.on(Map.of(), 1024, 1024);
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    options.put("ttl", "7d");
    assertThat(
            ProcedureDriver.run(
                    new CreateDatabaseProcedure(
                        statements.context(), new NewDatabase("greptime", SCHEMA, false, options)))
                .dumps())
        .isEqualTo(recorded(CreateDatabaseProcedure.TYPE));
  }

  @Test
  void createAndDropView() throws InterruptedException {
    Statements statements = Statements.on(DATABASE, 1029, 1024);
    List<String> expected = recorded(CreateViewProcedure.TYPE);
    for (int i = 0; i < expected.size(); i++) {
      CreateViewTask task =
          ProtoText.decode(data(CreateViewProcedure.TYPE, i).text("task"), CreateViewTask.parser());
      assertThat(
              ProcedureDriver.run(new CreateViewProcedure(statements.context(), NewView.of(task)))
                  .dumps())
          .containsExactly(expected.get(i));
    }
    assertThat(
            ProcedureDriver.run(
                    new DropViewProcedure(
                        statements.context(), new ViewDrop(name("v1"), new TableId(1029), false)))
                .dumps())
        .isEqualTo(recorded(DropViewProcedure.TYPE));
  }

  @Test
  void createFlow() throws InterruptedException {
    Statements statements = Statements.on(DATABASE, 1040, 1025);
    statements.placeFlowsOn(new Peer(1, "127.0.0.1:24150"));
    NewFlow flow =
        NewFlow.of(
            CreateFlowTask.newBuilder()
                .setCreateFlow(
                    CreateFlowExpr.newBuilder()
                        .setCatalogName("greptime")
                        .setFlowName("f1_r2")
                        .addSourceTableNames(Statements.wireName(name("tp")))
                        .setSinkTableName(Statements.wireName(name("sink")))
                        .setExpireAfter(ExpireAfter.newBuilder().setValue(3600))
                        .setComment("c")
                        .setSql("SELECT max(cpu) FROM tp"))
                .build());
    assertThat(
            ProcedureDriver.run(new CreateFlowProcedure(statements.context(), flow, Tasks.SESSION))
                .dumps())
        .isEqualTo(recorded(CreateFlowProcedure.TYPE));
  }

  @Test
  void dropFlow() throws InterruptedException {
    TreeMap<String, String> content = new TreeMap<>(DATABASE);
    content.put("__flow/name/greptime/f1_r2", "{\"flow_id\":1025}");
    content.put(
        "__flow/info/1025",
        JsonWriter.text(
            out -> out.value(data(DropFlowProcedure.TYPE, 0).require("flow_info_value"))));
    content.put("__flow/route/1025/0", "{\"peer\":{\"id\":1,\"addr\":\"127.0.0.1:24150\"}}");
    Statements statements = Statements.on(content, 1040, 1026);
    assertThat(
            ProcedureDriver.run(
                    new DropFlowProcedure(
                        statements.context(), new FlowDrop("greptime", "f1_r2", 1025, false)))
                .dumps())
        .isEqualTo(recorded(DropFlowProcedure.TYPE));
    assertThat(statements.flownodes.received()).hasSize(1);
  }

  @Test
  void dropDatabase() throws InterruptedException {
    JsonValue routes =
        data(DropDatabaseProcedure.TYPE, 2)
            .require("state")
            .asObject()
            .require("physical_region_routes");
    TreeMap<String, String> content = new TreeMap<>(DATABASE);
    content.put(
        "__table_route/1028",
        JsonWriter.text(
            out ->
                out.beginObject()
                    .member("type", "physical")
                    .name("region_routes")
                    .value(routes)
                    .member("max_region_number", 2)
                    .member("version", 0)
                    .endObject()));
    Statements statements = Statements.on(content, 1040, 1026);
    statements.world.datanodes.accept(1);
    statements.world.datanodes.accept(2);
    assertThat(
            ProcedureDriver.run(
                    new DropDatabaseProcedure(statements.context(), "greptime", SCHEMA, false))
                .dumps())
        .isEqualTo(recorded(DropDatabaseProcedure.TYPE));
  }
}
