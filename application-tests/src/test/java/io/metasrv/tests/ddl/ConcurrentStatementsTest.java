package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.tests.ddl.RandomStatements.Kind;
import io.metasrv.tests.ddl.RandomStatements.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many clients whose statements get into each other's way: each ends well or is refused for a
 * reason that the sheets know, and afterwards the catalogue, the regions on datanodes and their
 * files fit together.
 */
@Timeout(120)
class ConcurrentStatementsTest {

  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentStatementsTest.class);
  private static final int CLIENTS = 16;
  private static final int STATEMENTS = 200;

  /** How a statement may end that came too early, too late, or second. */
  private static final Set<StatusCode> EXPECTED =
      EnumSet.of(
          StatusCode.SUCCESS,
          StatusCode.TABLE_ALREADY_EXISTS,
          StatusCode.TABLE_NOT_FOUND,
          StatusCode.TABLE_COLUMN_EXISTS,
          StatusCode.TABLE_COLUMN_NOT_FOUND,
          StatusCode.DATABASE_ALREADY_EXISTS,
          StatusCode.FLOW_ALREADY_EXISTS,
          StatusCode.FLOW_NOT_FOUND,
          StatusCode.INVALID_ARGUMENTS);

  /** What is said of a table that vanished, or is a view by now (sheet 06 §1, §17, §21). */
  private static final List<String> UNEXPECTED =
      List.of(
          "Failed to find table route for table id ",
          "Table info not found: ",
          "Column not found, column: cpu");

  /** How one ended. */
  private record End(Kind kind, StatusCode code, String text) {

    private boolean isExpected() {
      return EXPECTED.contains(code)
          || switch (code) {
            case UNEXPECTED -> UNEXPECTED.stream().anyMatch(text::contains);
            // A physical table cannot be dropped before its logical ones.
            case REGION_BUSY -> kind == Kind.DROP_TABLE && text.contains("holds logical regions");
            case UNSUPPORTED -> kind == Kind.CREATE_FLOW && text.contains("missing source tables");
            default -> false;
          };
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("200 statements of 16 clients at once, on a store in memory")
  void givenAStoreInMemory_whenStatementsConflict_thenTheCatalogueFitsTogether(long seed)
      throws Exception {
    conflict(ServerStore.inMemory(), seed);
  }

  @Test
  @DisplayName("200 statements of 16 clients at once, on etcd")
  void givenEtcd_whenStatementsConflict_thenTheCatalogueFitsTogether() throws Exception {
    conflict(ServerStore.onEtcd(), 4);
  }

  private static void conflict(ServerStore store, long seed) throws Exception {
    try (WholeServer server = WholeServer.start(store, 1)) {
      MetaClient client = server.client();
      RandomStatements.first().forEach(request -> client.procedures().ddl(request));
      server.assertAtRest();

      List<End> ends = runAll(server, seed);

      LOG.info("seed {}: {}", seed, summary(ends));
      assertThat(ends).hasSize(STATEMENTS);
      assertThat(ends.stream().filter(end -> !end.isExpected())).isEmpty();
      assertThat(ends).extracting(End::kind).contains(Kind.values());
      assertThat(ends)
          .extracting(End::code)
          .contains(
              StatusCode.SUCCESS, StatusCode.TABLE_ALREADY_EXISTS, StatusCode.TABLE_NOT_FOUND);
      server.assertAtRest();
      assertThat(client.procedures().list())
          .hasSizeLessThanOrEqualTo(STATEMENTS + RandomStatements.first().size())
          .extracting(ProcedureMeta::getStatus)
          .containsOnly(ProcedureStatus.Done, ProcedureStatus.Failed);
    }
  }

  /** How often each kind ended how. */
  private static Map<Kind, Map<StatusCode, Long>> summary(List<End> ends) {
    return ends.stream()
        .collect(
            Collectors.groupingBy(
                End::kind,
                () -> new EnumMap<>(Kind.class),
                Collectors.groupingBy(End::code, TreeMap::new, Collectors.counting())));
  }

  private static List<End> runAll(WholeServer server, long seed) throws Exception {
    CountDownLatch together = new CountDownLatch(CLIENTS);
    List<Kind> kinds = RandomStatements.kinds(STATEMENTS, new Random(seed));
    List<Callable<List<End>>> scripts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      MetaClient client = server.client();
      Random random = new Random(seed * 1000 + i);
      List<Kind> mine = kinds.subList(i * STATEMENTS / CLIENTS, (i + 1) * STATEMENTS / CLIENTS);
      scripts.add(
          () -> {
            var unused = client.askLeader();
            together.countDown();
            together.await();
            return script(client, random, mine);
          });
    }
    List<End> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<End>> each : threads.invokeAll(scripts)) {
        ends.addAll(each.get());
      }
    }
    return ends;
  }

  private static List<End> script(MetaClient client, Random random, List<Kind> kinds) {
    RandomStatements sql = new RandomStatements(client, random);
    return kinds.stream().map(kind -> send(client, sql.next(kind))).toList();
  }

  private static End send(MetaClient client, Statement statement) {
    try {
      var unused = client.procedures().ddl(statement.request());
      return new End(statement.kind(), StatusCode.SUCCESS, "");
    } catch (MetaClientException refused) {
      if (refused.reason() != Reason.STATUS) {
        throw new AssertionError("no answer to " + statement, refused);
      }
      return new End(
          statement.kind(), refused.code(), Objects.requireNonNullElse(refused.getMessage(), ""));
    }
  }
}
