package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.metadata.codec.TableNameValueCodec;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.TableNameKey;
import io.metasrv.domain.table.TableName;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many clients whose statements get into each other's way. */
@Timeout(90)
class ConcurrentStatementsTest {

  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentStatementsTest.class);
  private static final int CLIENTS = 16;
  private static final int STATEMENTS = 200;
  private static final List<String> DATABASES = List.of("public", "db1", "db2");
  private static final List<String> TABLES = List.of("a", "b", "c", "d", "e");
  private static final String[][] PARTITIONS = {{}, {"low", "high"}, {"low", "mid", "high"}};

  /** How a statement may end that came too early, too late, or second. */
  private static final Set<StatusCode> EXPECTED =
      EnumSet.of(
          StatusCode.SUCCESS,
          StatusCode.TABLE_ALREADY_EXISTS,
          StatusCode.TABLE_NOT_FOUND,
          StatusCode.TABLE_COLUMN_EXISTS,
          StatusCode.DATABASE_ALREADY_EXISTS,
          StatusCode.INVALID_ARGUMENTS);

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whateverTheOrderTheCatalogueFitsTogether(long seed) throws Exception {
    try (WholeServer server = WholeServer.start()) {
      Map<StatusCode, Integer> ends = new EnumMap<>(StatusCode.class);
      runAll(server, seed).forEach(end -> ends.merge(end, 1, Integer::sum));

      LOG.info("seed {}: {}", seed, ends);
      assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(STATEMENTS);
      assertThat(ends).containsKeys(StatusCode.SUCCESS, StatusCode.TABLE_ALREADY_EXISTS);
      server.assertAtRest();
      assertThat(server.client().procedures().list())
          .isNotEmpty()
          .extracting(ProcedureMeta::getStatus)
          .containsOnly(ProcedureStatus.Done, ProcedureStatus.Failed);
    }
  }

  private static List<StatusCode> runAll(WholeServer server, long seed) throws Exception {
    List<Callable<List<StatusCode>>> scripts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      MetaClient client = server.client();
      Random random = new Random(seed * 1000 + i);
      int statements = STATEMENTS / CLIENTS + (i < STATEMENTS % CLIENTS ? 1 : 0);
      scripts.add(() -> script(client, random, statements));
    }
    List<StatusCode> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<StatusCode>> each : threads.invokeAll(scripts)) {
        ends.addAll(each.get());
      }
    }
    return ends;
  }

  private static List<StatusCode> script(MetaClient client, Random random, int statements) {
    List<StatusCode> ends = new ArrayList<>();
    for (int i = 0; i < statements; i++) {
      ends.add(send(client, statement(client, random)));
    }
    return ends;
  }

  private static StatusCode send(MetaClient client, DdlTaskRequest statement) {
    try {
      var unused = client.procedures().ddl(statement);
      return StatusCode.SUCCESS;
    } catch (MetaClientException refused) {
      LOG.debug("{}: {}", statement.getTaskCase(), refused.getMessage());
      if (refused.reason() != Reason.STATUS || !isExpected(statement, refused.code())) {
        throw new AssertionError("unexpected end of " + statement, refused);
      }
      return refused.code();
    }
  }

  /** A comment whose table is dropped while it waits for its turn says "Unexpected". */
  private static boolean isExpected(DdlTaskRequest statement, StatusCode code) {
    return EXPECTED.contains(code)
        || (statement.hasCommentOnTask() && code == StatusCode.UNEXPECTED);
  }

  private static DdlTaskRequest statement(MetaClient client, Random random) {
    String database = any(DATABASES, random);
    TableName name = new TableName(DdlWorld.CATALOG, database, any(TABLES, random));
    String table = name.table();
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 ->
          Requests.createTable(
              name, random.nextBoolean(), PARTITIONS[random.nextInt(PARTITIONS.length)]);
      case 4, 5 -> Requests.alter(database, Alters.addField(table, "f" + random.nextInt(3)));
      case 6 -> Requests.alter(database, Alters.set(table, "ttl", random.nextInt(1, 9) + "d"));
      case 7, 8 -> Requests.alter(database, Alters.rename(table, any(TABLES, random)));
      case 9 -> Requests.comment(name, "comment " + random.nextInt(100));
      case 10, 11, 12 -> Requests.dropTable(name, idOf(client, name), random.nextBoolean());
      case 13, 14 -> Requests.createDatabase(other(random), random.nextBoolean());
      default -> Requests.dropDatabase(other(random), random.nextBoolean());
    };
  }

  private static <T> T any(List<T> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }

  /** A database that may be dropped. */
  private static String other(Random random) {
    return DATABASES.get(random.nextInt(1, DATABASES.size()));
  }

  /** The id that a frontend would send: what the name leads to at this moment. */
  private static long idOf(MetaClient client, TableName name) {
    var key = TableNameKey.of(name).toBytes();
    return client
        .store()
        .get(key)
        .map(raw -> TableNameValueCodec.CODEC.decode(key, raw).tableId().value())
        .orElse(1L);
  }
}
