package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.region.RegionExtensions;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metadata.WalOptionsAllocator;
import io.metasrv.application.metadata.WalTopicPool;
import io.metasrv.application.port.Previous;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.ProcedureOutput;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.protocol.v1.SemanticType;
import io.metasrv.protocol.v1.meta.CreateTableTask;
import io.metasrv.protocol.v1.region.CreateRequest;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CREATE TABLE (sheet 06 §7, §24). */
class CreateTableTest {

  private static final String LOW =
      "{\"Expr\":{\"lhs\":{\"Column\":\"host\"},\"op\":\"Lt\","
          + "\"rhs\":{\"Value\":{\"String\":\"h\"}}}}";
  private static final String HIGH =
      "{\"Expr\":{\"lhs\":{\"Column\":\"host\"},\"op\":\"GtEq\","
          + "\"rhs\":{\"Value\":{\"String\":\"h\"}}}}";

  private final DdlWorld world = new DdlWorld();

  private CreateTable create(CreateTableTask task) {
    return CreateTable.of(world.context(), task, Tasks.SESSION);
  }

  private static WalOptionsAllocator topics() {
    return WalOptionsAllocator.kafka(
        new WalTopicPool(
                IntStream.range(0, 64).mapToObj(i -> "greptimedb_wal_topic_" + i).toList(),
                new VirtualThreadRuntime())
            ::next);
  }

  private static CreateTableTask orExisting(CreateTableTask task) {
    return task.toBuilder()
        .setCreateTable(task.getCreateTable().toBuilder().setCreateIfNotExists(true))
        .build();
  }

  private static CreateTableTask withId(CreateTableTask task, int id) {
    return task.toBuilder()
        .setCreateTable(
            task.getCreateTable().toBuilder()
                .setTableId(io.metasrv.protocol.v1.TableId.newBuilder().setId(id)))
        .build();
  }

  private static ProcedureOutput ids(long... ids) {
    return new ProcedureOutput.TableIds(
        java.util.Arrays.stream(ids).mapToObj(TableId::new).toList());
  }

  @Test
  void case01_twoPartitionsOnTwoDatanodes() throws InterruptedException {
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.table("t", LOW, HIGH)));
    assertThat(run.output()).isEqualTo(ids(1024));
    List<Datanodes.Received> requests = world.datanodes.received(BodyCase.CREATE);
    assertThat(world.datanodes.received()).isEqualTo(requests);
    assertThat(requests).extracting(r -> r.to().id()).containsExactly(1L, 2L);
    CreateRequest first = requests.getFirst().request().getCreate();
    CreateRequest second = requests.getLast().request().getCreate();
    assertThat(first.getRegionId()).isEqualTo(1024L << 32);
    assertThat(second.getRegionId()).isEqualTo(1024L << 32 | 1);
    assertThat(first.getPath()).isEqualTo("greptime/public");
    assertThat(first.getPartition().getExpression()).isEqualTo(LOW);
    assertThat(second.getPartition().getExpression()).isEqualTo(HIGH);
    assertThat(first.getOptionsMap())
        .containsExactly(Map.entry("wal_options", "{\"wal.provider\":\"raft_engine\"}"));
    assertThat(first.hasRequirements()).isTrue();
    assertThat(first.getEngine()).isEqualTo("mito");
    assertThat(first.getPrimaryKeyList()).containsExactly(0);
    assertThat(first.getColumnDefsList())
        .extracting(column -> column.getColumnDef().getSemanticType())
        .containsExactly(SemanticType.TAG, SemanticType.TIMESTAMP, SemanticType.FIELD);
    assertThat(world.value("__table_name/greptime/public/t")).isEqualTo("{\"table_id\":1024}");
    assertThat(world.value("__table_info/1024")).contains("\"column_ids\":[0,1,2]");
    assertThat(world.value("__table_route/1024")).startsWith("{\"type\":\"physical\"");
    assertThat(world.values("__dn_table/").keySet())
        .containsExactly("__dn_table/1/1024", "__dn_table/2/1024");
    assertThat(world.watched().watched())
        .extracting(each -> each.datanodeId() + ":" + each.region().regionNumber())
        .containsExactly("1:0", "2:1");
    assertThat(world.heard()).isEmpty();
  }

  @Test
  void case02_existingNameWithAndWithoutTheFlag() throws InterruptedException {
    ProcedureDriver.run(create(Tasks.table("t")));
    world.datanodes.forget();
    assertThat(ProcedureDriver.run(create(orExisting(Tasks.table("t")))).output())
        .isEqualTo(ids(1024));
    MetasrvException refused = ProcedureDriver.run(create(Tasks.table("t"))).error();
    assertThat(refused.code()).isEqualTo(StatusCode.TABLE_ALREADY_EXISTS);
    assertThat(refused).hasMessage("Table already exists, table: greptime.public.t");
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void case03_unavailableTwiceThenOk() throws InterruptedException {
    world.datanodes.fail(1, Datanodes.unavailable(), Datanodes.unavailable());
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.table("t")));
    assertThat(run.output()).isEqualTo(ids(1024));
    assertThat(run.failedSteps()).isEqualTo(2);
    assertThat(world.datanodes.received(BodyCase.CREATE)).hasSize(3);
  }

  @Test
  void case03_refusedByTheDatanode() throws InterruptedException {
    world.datanodes.fail(1, ServiceException.invalidArguments("no such engine"));
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.table("t")));
    assertThat(run.failedSteps()).isEqualTo(1);
    assertThat(run.error().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(run.error())
        .hasMessage("Failed to operate on datanode: peer-1(127.0.0.1:4001)")
        .hasRootCauseMessage("no such engine");
    assertThat(world.values("__table_")).isEmpty();
  }

  @Test
  void whatAFailedCreationMadeIsDroppedAgain() throws InterruptedException {
    world.datanodes.fail(2, ServiceException.invalidArguments("disk full"));
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.table("t", LOW, HIGH)));
    assertThat(run.error().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(run.wasRolledBack()).isTrue();
    assertThat(world.datanodes.storage().regions()).isEmpty();
    assertThat(world.datanodes.received(BodyCase.DROP)).hasSize(2);
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isEmpty();
  }

  @Test
  void anUndoThatCannotReachADatanodeGivesUp() throws InterruptedException {
    world.datanodes.fail(
        1,
        ServiceException.invalidArguments("no"),
        Datanodes.unavailable(),
        Datanodes.unavailable(),
        Datanodes.unavailable());
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.table("t")));
    assertThat(run.wasRolledBack()).isTrue();
    assertThat(run.error()).hasRootCauseMessage("no");
    assertThat(world.datanodes.received(BodyCase.DROP)).hasSize(3);
  }

  @Test
  void case04_crashAfterRegionsWereCreated() throws InterruptedException {
    String dump = ProcedureDriver.crashAfter(create(Tasks.table("t", LOW, HIGH)), 2);
    assertThat(dump).startsWith("{\"state\":\"CreateMetadata\"");
    world.datanodes.forget();
    var recovered = CreateTable.loader(world.nextLeader()).load(dump);
    recovered.recover();
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isPresent();
    assertThat(ProcedureDriver.run(recovered).output()).isEqualTo(ids(1024));
    assertThat(world.datanodes.received()).isEmpty();
    assertThat(world.value("__table_info/1024")).contains("\"column_ids\":[0,1,2]");
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isEmpty();
  }

  @Test
  void crashAfterMetadataWereWritten() throws InterruptedException {
    CreateTable first = create(Tasks.table("t"));
    String dump = ProcedureDriver.crashAfter(first, 2);
    ProcedureDriver.run(first);
    Map<String, String> before = world.values("");
    var recovered = CreateTable.loader(world.nextLeader()).load(dump);
    recovered.recover();
    assertThat(recovered.locks()).extracting(LockKey::text).contains("__table_lock/1024");
    assertThat(ProcedureDriver.run(recovered).output()).isEqualTo(ids(1024));
    assertThat(world.values("")).isEqualTo(before);
  }

  @Test
  void case05_retryGoesToTheNewAddress() throws InterruptedException {
    world.datanodes.fail(1, Datanodes.unavailable());
    CreateTable procedure = create(Tasks.table("t"));
    String persisted = ProcedureDriver.crashAfter(procedure, 1);
    world.store.put(
        Bytes.utf8("__node_address/0/1"),
        Bytes.utf8("{\"peer\":{\"id\":1,\"addr\":\"10.0.0.9:4001\"}}"),
        Previous.DISCARD);
    ProcedureDriver run = ProcedureDriver.run(procedure);
    assertThat(run.output()).isEqualTo(ids(1024));
    assertThat(world.datanodes.received(BodyCase.CREATE))
        .extracting(Datanodes.Received::to)
        .containsExactlyInAnyOrder(new Peer(1, "127.0.0.1:4001"), new Peer(1, "10.0.0.9:4001"));
    String route = "\"leader_peer\":{\"id\":1,\"addr\":\"127.0.0.1:4001\"}";
    assertThat(persisted).contains(route);
    assertThat(run.dumps().getLast()).contains(route);
    assertThat(world.value("__table_route/1024")).contains(route);
  }

  @Test
  void case06_tableWithoutLogOnKafka() throws InterruptedException {
    DdlWorld kafka = new DdlWorld(new InMemoryStore(), topics());
    Map<String, String> options = Map.of("skip_wal", "true");
    TableInfo info = Tasks.info("t", "mito", options);
    CreateTableTask task = Tasks.task(info, Tasks.expr(info, options));
    ProcedureDriver.run(CreateTable.of(kafka.context(), task, Tasks.SESSION));
    assertThat(kafka.value("__dn_table/1/1024"))
        .contains("\"region_wal_options\":{\"0\":\"{\\\"wal.provider\\\":\\\"noop\\\"}\"}");
    assertThat(kafka.values("__topic_region/")).isEmpty();
  }

  @Test
  void case07_threeRegionsOnKafka() throws InterruptedException {
    DdlWorld kafka = new DdlWorld(new InMemoryStore(), topics());
    ProcedureDriver.run(
        CreateTable.of(kafka.context(), Tasks.table("t", LOW, HIGH, "{}"), Tasks.SESSION));
    Matcher given =
        Pattern.compile("greptimedb_wal_topic_(\\d+)").matcher(kafka.value("__dn_table/1/1024"));
    List<Integer> topics = given.results().map(match -> Integer.parseInt(match.group(1))).toList();
    int first = topics.getFirst();
    assertThat(topics).containsExactly(first, (first + 1) % 64, (first + 2) % 64);
    assertThat(kafka.values("__topic_region/").keySet())
        .containsExactlyInAnyOrder(
            "__topic_region/greptimedb_wal_topic_%d/4398046511104".formatted(topics.get(0)),
            "__topic_region/greptimedb_wal_topic_%d/4398046511105".formatted(topics.get(1)),
            "__topic_region/greptimedb_wal_topic_%d/4398046511106".formatted(topics.get(2)));
  }

  @Test
  void case08_explicitIds() throws InterruptedException {
    MetasrvException refused = ProcedureDriver.run(create(withId(Tasks.table("t"), 2000))).error();
    assertThat(refused.code()).isEqualTo(StatusCode.UNSUPPORTED);
    assertThat(refused).hasMessageContaining("create table by id 2000 that is reserved");
    assertThat(ProcedureDriver.run(create(withId(Tasks.table("t"), 100))).output())
        .isEqualTo(ids(100));
  }

  @Test
  void anIdThatIsTakenIsRefusedAndNothingOfTheOtherTableIsTouched() throws InterruptedException {
    ProcedureDriver.run(create(withId(Tasks.table("t"), 100)));
    world.datanodes.forget();
    MetasrvException refused = ProcedureDriver.run(create(withId(Tasks.table("u"), 100))).error();
    assertThat(refused).hasMessageContaining("belongs to another table");
    assertThat(world.datanodes.received()).isEmpty();
    assertThat(world.datanodes.storage().regions()).containsExactly(new RegionId(100L << 32));
  }

  @Test
  void case09_columnIdsFollowTheTable() throws InterruptedException {
    world.datanodes.change(
        1,
        response ->
            replacing(
                response, columns("ts", 5, "Timestamp", "cpu", 7, "Field", "host", 3, "Tag")));
    ProcedureDriver.run(create(Tasks.table("t")));
    assertThat(world.value("__table_info/1024")).contains("\"column_ids\":[3,5,7]");
  }

  @Test
  void case09_otherNamesLeaveNoIds() throws InterruptedException {
    world.datanodes.change(
        1,
        response ->
            replacing(
                response, columns("ts", 5, "Timestamp", "mem", 7, "Field", "host", 3, "Tag")));
    ProcedureDriver.run(create(Tasks.table("t")));
    assertThat(world.value("__table_info/1024")).contains("\"column_ids\":[]");
  }

  @Test
  void case10_datanodesDisagree() throws InterruptedException {
    world.datanodes.change(
        2,
        response ->
            replacing(
                response, columns("host", 0, "Tag", "ts", 1, "Timestamp", "cpu", 9, "Field")));
    ProcedureDriver run = ProcedureDriver.run(create(Tasks.table("t", LOW, HIGH)));
    assertThat(run.error().code()).isEqualTo(StatusCode.UNEXPECTED);
    assertThat(run.error())
        .hasMessageStartingWith(
            "Metadata corruption: The table column metadata schemas from datanodes are not the"
                + " same.");
    assertThat(world.values("__table_")).isEmpty();
    assertThat(world.datanodes.storage().regions()).isEmpty();
  }

  @Test
  void aMissingSchemaIsNoticed() throws InterruptedException {
    TableInfo info = Tasks.info("t", "mito", Map.of());
    CreateTableTask task = Tasks.task(info, Tasks.expr(info, Map.of()).setSchemaName("nowhere"));
    MetasrvException refused = ProcedureDriver.run(create(task)).error();
    assertThat(refused.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(refused).hasMessage("Schema nod found, schema: nowhere");
    assertThat(world.datanodes.received()).isEmpty();
  }

  @Test
  void aKeyWithoutColumnIsRefusedBeforeSubmission() {
    TableInfo info = Tasks.info("t", "mito", Map.of());
    CreateTableTask task = Tasks.task(info, Tasks.expr(info, Map.of()).addPrimaryKeys("nope"));
    assertThatThrownBy(() -> create(task))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
        .hasMessage("Primary key 'nope' not found when creating region request");
  }

  @Test
  void anUnknownOutcomeOfTheLastWriteIsSettledByWritingAgain() throws InterruptedException {
    LossyStore lossy = new LossyStore(world.store);
    CreateTable procedure = CreateTable.of(world.seeing(lossy), Tasks.table("t"), Tasks.SESSION);
    ProcedureDriver.crashAfter(procedure, 2);
    lossy.loseNextAnswer();
    ProcedureDriver run = ProcedureDriver.run(procedure);
    assertThat(run.output()).isEqualTo(ids(1024));
    assertThat(run.failedSteps()).isEqualTo(1);
    assertThat(world.datanodes.received(BodyCase.DROP)).isEmpty();
  }

  private static io.metasrv.protocol.v1.region.RegionResponse replacing(
      io.metasrv.protocol.v1.region.RegionResponse response, String columns) {
    return response.toBuilder()
        .putExtensions(RegionExtensions.TABLE_COLUMN_METADATA, ByteString.copyFromUtf8(columns))
        .build();
  }

  /** Names, ids and meanings by turns. */
  private static String columns(Object... columns) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < columns.length; i += 3) {
      json.append(i == 0 ? "" : ",")
          .append("{\"column_schema\":{\"name\":\"")
          .append(columns[i])
          .append("\",\"data_type\":{\"Int32\":{}},\"is_nullable\":true,\"is_time_index\":false,")
          .append("\"default_constraint\":null,\"metadata\":{}},\"semantic_type\":\"")
          .append(columns[i + 2])
          .append("\",\"column_id\":")
          .append(columns[i + 1])
          .append('}');
    }
    return json.append(']').toString();
  }
}
