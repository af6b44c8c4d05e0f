package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.flow.CreateFlowProcedure;
import io.metasrv.application.ddl.flow.DropFlowProcedure;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NodeException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.protocol.v1.CreateFlowExpr;
import io.metasrv.protocol.v1.EvalInterval;
import io.metasrv.protocol.v1.FlowId;
import io.metasrv.protocol.v1.flow.CreateRequest;
import io.metasrv.protocol.v1.flow.FlowRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flows (sheet 06 §16, §24). */
class FlowStatementsTest {

  private static final ProcedureOutput FIRST = new ProcedureOutput.FlowId(1024);
  private static final String SCHEDULE = "__greptime_internal_eval_schedule";

  private final Statements statements = new Statements();
  private final DdlWorld world = statements.world;

  @BeforeEach
  void source() throws InterruptedException {
    statements.created(Tasks.table("t"));
  }

  private static CreateFlowExpr.Builder flow() {
    return Statements.flow("f", "t", "sink");
  }

  private CreateFlowProcedure procedure(CreateFlowExpr.Builder expr) {
    return new CreateFlowProcedure(statements.context(), Statements.task(expr), Tasks.SESSION);
  }

  private ProcedureDriver create(CreateFlowExpr.Builder expr) throws InterruptedException {
    return ProcedureDriver.run(procedure(expr));
  }

  private ProcedureDriver drop(long id, boolean ifExists) throws InterruptedException {
    return ProcedureDriver.run(
        new DropFlowProcedure(statements.context(), Statements.dropFlow("f", id, ifExists)));
  }

  private CreateRequest sent(int index) {
    return statements.flownodes.received().get(index).request().getCreate();
  }

  private static NodeException unreachable() {
    return new NodeException(
        true,
        "Flow create request to flownode",
        new ServiceException(StatusCode.INTERNAL, "it cannot be reached"));
  }

  @Test
  void case33_aFlowWaitsForItsSourcesOnlyIfItIsToldTo() throws InterruptedException {
    CreateFlowExpr.Builder missing = Statements.flow("f", "nothing", "sink");
    assertThat(create(missing).error())
        .returns(StatusCode.UNSUPPORTED, MetasrvException::code)
        .hasMessage(
            "Unsupported operation Create flow with missing source tables requires WITH"
                + " ('defer_on_missing_source'='true'): greptime.public.nothing");

    ProcedureDriver deferred =
        create(missing.clone().putFlowOptions("defer_on_missing_source", "true"));
    assertThat(deferred.output()).isEqualTo(FIRST);
    assertThat(statements.flownodes.received()).isEmpty();
    assertThat(world.value("__flow/info/1024"))
        .contains("\"status\":\"PendingSources\"")
        .contains("\"unresolved_source_table_names\":[{\"catalog_name\":\"greptime\"")
        .contains("\"options\":{\"defer_on_missing_source\":\"true\",\"flow_type\":\"batching\"}");
    assertThat(world.values("__flow/").keySet())
        .containsExactly("__flow/info/1024", "__flow/name/greptime/f");
    assertThat(deferred.dumps().getFirst()).contains("\"state\":\"CreateMetadata\"");

    assertThat(create(flow().setOrReplace(true)).error().code()).isEqualTo(StatusCode.UNSUPPORTED);
    drop(1024, false).output();
    assertThat(world.values("__flow/")).isEmpty();
    assertThat(statements.flownodes.received()).isEmpty();
  }

  @Test
  void case34_theFlownodeGetsTypeAndScheduleAndARetryKeepsIt() throws InterruptedException {
    statements.flownodes.fail(unreachable());
    long before = Instant.now().getEpochSecond();
    ProcedureDriver driver =
        create(
            flow()
                .putFlowOptions("defer_on_missing_source", "false")
                .putFlowOptions("flow_type", "streaming")
                .setEvalInterval(EvalInterval.newBuilder().setSeconds(600)));
    assertThat(driver.output()).isEqualTo(FIRST);

    assertThat(statements.flownodes.received()).hasSize(2);
    assertThat(sent(1)).isEqualTo(sent(0));
    assertThat(sent(0).getFlowOptionsMap())
        .containsOnlyKeys("flow_type", SCHEDULE)
        .containsEntry("flow_type", "streaming");
    assertThat(sent(0).getCreateIfNotExists()).isTrue();
    assertThat(sent(0).getEvalInterval().getSeconds()).isEqualTo(600);
    JsonValue.Object schedule = JsonReader.read(sent(0).getFlowOptionsOrThrow(SCHEDULE)).asObject();
    assertThat(schedule.number("start_secs") % 600).isZero();
    assertThat(schedule.number("start_secs")).isBetween(before, before + 1200);
    assertThat(schedule.number("catchup_max_lag_secs")).isEqualTo(1800);
    assertThat(world.value("__flow/info/1024"))
        .contains("\"eval_schedule\":" + sent(0).getFlowOptionsOrThrow(SCHEDULE))
        .contains(
            "\"options\":{\"defer_on_missing_source\":\"false\",\"flow_type\":\"streaming\"}");
  }

  @Test
  void case35_statesOfOlderVersionsAreRead() throws InterruptedException {
    String dump = ProcedureDriver.crashAfter(procedure(flow()), 1);
    String older =
        dump.replace("\"flow_context\":{\"catalog\"", "\"query_context\":{\"current_catalog\"")
            .replace(
                ",\"schema\":\"public\",\"timezone\"",
                ",\"current_schema\":\"public\",\"timezone\"")
            .replace(",\"unresolved_source_table_names\":[]", "")
            .replace(",\"did_replace\":false", "")
            .replace(",\"eval_interval_secs\":null", "")
            .replace(",\"eval_schedule\":null", "");
    assertThat(older).isNotEqualTo(dump).doesNotContain("flow_context");

    CreateFlowProcedure loaded = CreateFlowProcedure.load(statements.context(), older);
    assertThat(loaded.dump()).isEqualTo(dump);
    assertThat(ProcedureDriver.run(loaded).output()).isEqualTo(FIRST);
  }

  @Test
  void case36_aFlowThatTheFlownodeDoesNotKnowIsDroppedNevertheless() throws InterruptedException {
    create(flow()).output();
    world.nextLeader();
    statements.flownodes.fail(
        new NodeException(
            false,
            "Flow drop request to flownode",
            new ServiceException(StatusCode.FLOW_NOT_FOUND, "Flow not found: 1024")));
    drop(1024, false).output();
    assertThat(world.values("__flow/")).isEmpty();
    assertThat(statements.flownodes.received().getLast().request())
        .isEqualTo(
            FlowRequest.newBuilder()
                .setDrop(
                    io.metasrv.protocol.v1.flow.DropRequest.newBuilder()
                        .setFlowId(FlowId.newBuilder().setId(1024)))
                .build());
    assertThat(world.heard())
        .containsExactly(
            "Invalidate flow cache by dropping flow|{\"InvalidateCaches\":[{\"FlowId\":1024},"
                + "{\"FlowName\":{\"catalog_name\":\"greptime\",\"flow_name\":\"f\"}},"
                + "{\"DropFlow\":{\"flow_id\":1024,\"source_table_ids\":[1024],"
                + "\"flow_part2node_id\":[[0,7]]}}]}");
  }

  @Test
  void aNewFlowIsStoredAndTold() throws InterruptedException {
    create(flow()).output();
    assertThat(statements.flownodes.received().getFirst().to()).isEqualTo(Statements.FLOWNODE);
    assertThat(
            statements
                .flownodes
                .received()
                .getFirst()
                .request()
                .getHeader()
                .getQueryContext()
                .getCurrentCatalog())
        .isEqualTo("greptime");
    assertThat(world.values("__flow/").keySet())
        .containsExactly(
            "__flow/flownode/7/1024/0",
            "__flow/info/1024",
            "__flow/name/greptime/f",
            "__flow/route/1024/0",
            "__flow/source_table/1024/7/1024/0");
    assertThat(world.heard())
        .containsExactly(
            "Invalidate flow cache by creating flow|{\"InvalidateCaches\":[{\"CreateFlow\":"
                + "{\"flow_id\":1024,\"source_table_ids\":[1024],"
                + "\"partition_to_peer_mapping\":[[0,{\"id\":7,\"addr\":\"127.0.0.1:6800\"}]]}},"
                + "{\"FlowId\":1024}]}");
  }

  @Test
  void aReplacedFlowKeepsIdPlaceBirthAndPace() throws InterruptedException {
    EvalInterval interval = EvalInterval.newBuilder().setSeconds(60).build();
    create(flow().setEvalInterval(interval)).output();
    String former = world.value("__flow/info/1024");
    statements.placeFlowsOn(new Peer(8, "127.0.0.1:6801"));
    world.nextLeader();
    assertThat(
            create(flow().setSql("SELECT 1").setOrReplace(true).setEvalInterval(interval)).output())
        .isEqualTo(FIRST);
    String changed = world.value("__flow/info/1024");
    assertThat(changed).contains("\"raw_sql\":\"SELECT 1\"");
    for (String kept : List.of("created_time", "eval_schedule", "flownode_ids")) {
      assertThat(member(changed, kept)).isEqualTo(member(former, kept));
    }
    assertThat(sent(1).getOrReplace()).isTrue();
    assertThat(sent(1).getFlowOptionsMap()).isEqualTo(sent(0).getFlowOptionsMap());
    assertThat(world.heard().getFirst()).contains("[{\"DropFlow\":{\"flow_id\":1024");
  }

  private static JsonValue member(String json, String name) {
    return JsonReader.read(json).asObject().require(name);
  }

  @Test
  void whatWasStoredIsNotStoredAgainAfterATakeover() throws InterruptedException {
    CreateFlowProcedure create = procedure(flow());
    // Prepared, created at the flownode.
    String dump = ProcedureDriver.crashAfter(create, 2);
    ProcedureDriver.run(create).output();
    String stored = world.value("__flow/info/1024");
    world.nextLeader();
    assertThat(ProcedureDriver.run(CreateFlowProcedure.load(statements.context(), dump)).output())
        .isEqualTo(FIRST);
    assertThat(world.value("__flow/info/1024")).isEqualTo(stored);

    CreateFlowProcedure replace = procedure(flow().setOrReplace(true));
    String replaceDump = ProcedureDriver.crashAfter(replace, 2);
    ProcedureDriver.run(replace).output();
    String replaced = world.value("__flow/info/1024");
    assertThat(replaced).isNotEqualTo(stored);
    ProcedureDriver.run(CreateFlowProcedure.load(statements.context(), replaceDump)).output();
    assertThat(world.value("__flow/info/1024")).isEqualTo(replaced);
  }

  @Test
  void aDropTakenOverFindsTheFlownodeAtItsNewAddress() throws InterruptedException {
    create(flow()).output();
    DropFlowProcedure drop =
        new DropFlowProcedure(statements.context(), Statements.dropFlow("f", 1024, false));
    String dump = ProcedureDriver.crashAfter(drop, 3);
    assertThat(dump).contains("\"state\":\"DropFlows\"");
    world.store.put(
        io.metasrv.domain.Bytes.utf8("__node_address/2/7"),
        io.metasrv.domain.Bytes.utf8("{\"peer\":{\"id\":7,\"addr\":\"127.0.0.1:7777\"}}"),
        io.metasrv.application.port.Previous.DISCARD);
    world.nextLeader();
    DropFlowProcedure loaded = DropFlowProcedure.load(statements.context(), dump);
    loaded.recover();
    ProcedureDriver.run(loaded).output();
    assertThat(statements.flownodes.received().getLast().to())
        .isEqualTo(new Peer(7, "127.0.0.1:7777"));
  }

  @Test
  void statementsThatMakeNoSenseAreRefused() throws InterruptedException {
    refused(
        flow().setEvalInterval(EvalInterval.newBuilder().setSeconds(0)),
        StatusCode.UNEXPECTED,
        "Unexpected: EVAL INTERVAL must be positive, got 0 seconds");
    refused(
        flow().putFlowOptions("colour", "red"),
        StatusCode.UNEXPECTED,
        "Unexpected: unknown flow option: colour");
    refused(
        flow().setOrReplace(true).setCreateIfNotExists(true),
        StatusCode.UNSUPPORTED,
        "Unsupported operation Create flow with both `IF NOT EXISTS` and `OR REPLACE`");
    refused(
        Statements.flow("f", "t", "t"),
        StatusCode.UNSUPPORTED,
        "Unsupported operation Creating flow with source and sink table being the same:"
            + " greptime.public.t");
    create(flow()).output();
    refused(flow(), StatusCode.FLOW_ALREADY_EXISTS, "Flow already exists: greptime.f");
    assertThat(create(flow().setCreateIfNotExists(true)).output()).isEqualTo(FIRST);
    assertThat(drop(1025, false).error().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    drop(1024, false).output();
    assertThat(drop(1024, false).error())
        .returns(StatusCode.FLOW_NOT_FOUND, MetasrvException::code)
        .hasMessage("Flow not found: 'greptime.f'");
    drop(1024, true).output();
  }

  private void refused(CreateFlowExpr.Builder expr, StatusCode code, String message)
      throws InterruptedException {
    assertThat(create(expr).error()).returns(code, MetasrvException::code).hasMessage(message);
  }

  @Test
  void aRefusalOfTheFlownodeIsFinal() throws InterruptedException {
    statements.flownodes.fail(
        new NodeException(
            false,
            "Flow create request to flownode",
            new ServiceException(StatusCode.PLAN_QUERY, "no such column")));
    ProcedureDriver driver = create(flow());
    assertThat(driver.error())
        .returns(StatusCode.PLAN_QUERY, MetasrvException::code)
        .hasMessage("Failed to operate on datanode: peer-7(127.0.0.1:6800)");
    assertThat(driver.failedSteps()).isEqualTo(1);
    assertThat(world.values("__flow/")).isEmpty();
  }

  @Test
  void createAndDropOfANameExcludeEachOther() {
    LockKey name = LockKey.flowName("greptime", "f");
    assertThat(procedure(flow()).locks()).contains(name);
    assertThat(
            new DropFlowProcedure(statements.context(), Statements.dropFlow("f", 1024, false))
                .locks())
        .contains(name)
        .extracting(LockKey::toString)
        .contains("Exclusive(\"__flow_lock/1024\")");
  }
}
