package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.doubles.DatanodeDouble;
import io.metasrv.doubles.FlownodeDouble;
import io.metasrv.protocol.v1.TableId;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.testkit.server.Eventually;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A recording's client and a whole server that started on an empty store. */
final class RecordedSession implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+");
  private static final String ELECTION = "__metasrv_election";
  private static final String CANDIDATES = ELECTION + "_candidates/";

  /** What this system keeps for itself, where no scan of the original looks (ports.md). */
  private static final String OUR_OWN = "__metasrv/";

  private static final String PROCEDURES = "/__procedure__/";

  private static final List<String> LOCKING_NAMES =
      List.of("::DropTable", "::DropView", "::DropFlow", "::TruncateTable", "::AlterLogicalTables");

  final WholeServer server;
  final MetaClient client;
  private final boolean elected;
  private final TreeMap<String, String> addresses = new TreeMap<>();
  private final StoreText ours = new StoreText();
  private final StoreText recorded = new StoreText();
  private String lastProcedure = "";

  private RecordedSession(WholeServer server, boolean elected, SortedMap<String, String> start) {
    this.server = server;
    this.elected = elected;
    client = server.client();
    addresses.put(server.address, lastPart(keyUnder(start, CANDIDATES)));
    for (DatanodeDouble datanode : server.fleet.datanodes()) {
      addresses.put(datanode.address(), address(start, "__node_address/0/" + datanode.id()));
    }
    FlownodeDouble flownode = server.fleet.flownode();
    addresses.put(flownode.address(), address(start, "__node_address/2/" + flownode.id()));
  }

  /**
   * Starts a server and waits until it and its nodes are known.
   *
   * @param store closed with the session
   * @param start the recorded content of the store at that time; it says which nodes there were
   */
  static RecordedSession start(ServerStore store, SortedMap<String, String> start)
      throws Exception {
    long first = Long.parseLong(lastPart(keyUnder(start, "__node_address/0/")));
    RecordedSession session =
        new RecordedSession(WholeServer.start(store, first), store.isShared(), start);
    try {
      session.awaitAnnounced();
      return session;
    } catch (AssertionError failed) {
      session.close();
      throw failed;
    }
  }

  private void awaitAnnounced() {
    Eventually.holds(
        "the metasrv is announced",
        WholeServer.PATIENCE,
        () -> !elected || stored().keySet().stream().anyMatch(key -> key.startsWith(CANDIDATES)));
  }

  private static String keyUnder(SortedMap<String, String> content, String prefix) {
    String key = content.tailMap(prefix).firstKey();
    assertThat(key).startsWith(prefix);
    return key;
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private static String address(SortedMap<String, String> content, String key) {
    Matcher address = ADDRESS.matcher(Recordings.value(content, key));
    assertThat(address.find()).isTrue();
    return address.group();
  }

  /** Sends a statement that has to end well. */
  DdlTaskResponse ddl(DdlTaskRequest request) {
    DdlTaskResponse response = client.procedures().ddl(request);
    lastProcedure = response.getPid().getKey().toStringUtf8();
    return response;
  }

  /** Sends a statement that created these. */
  void creates(DdlTaskRequest request, int... ids) {
    assertThat(ddl(request).getTableIdsList().stream().mapToInt(TableId::getId).toArray())
        .isEqualTo(ids);
  }

  /** Sends a statement that has to be refused. */
  void refused(DdlTaskRequest request, StatusCode code, String text) {
    refused(() -> client.procedures().ddl(request), code, text);
  }

  /** Makes a call that has to be refused. */
  static void refused(Runnable call, StatusCode code, String text) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MetaClientException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .message()
        .endsWith(": " + text);
  }

  /** The procedure of the last statement that ended well has to be known as done. */
  void knowsTheLastProcedure() {
    assertThat(client.procedures().query(lastProcedure).getStatus())
        .isEqualTo(ProcedureStatus.Done);
  }

  /** Type, state, locks and error of each procedure that the leader knows, in any order. */
  List<String> procedures() {
    return client.procedures().list().stream().map(RecordedSession::text).sorted().toList();
  }

  static String text(ProcedureMeta procedure) {
    return String.join(
        " | ",
        procedure.getTypeName(),
        procedure.getStatus().name(),
        procedure.getLockKeysList().stream()
            .filter(lock -> !isStricter(procedure.getTypeName(), lock))
            .collect(Collectors.joining(",")),
        procedure.getError());
  }

  /** Ours lock the name, too, of what they drop, truncate or alter (sheet 06 §22 allows it). */
  private static boolean isStricter(String type, String lock) {
    return LOCKING_NAMES.stream().anyMatch(type::endsWith) && lock.contains("_name_lock/");
  }

  /** Waits until procedures have cleaned up; the store has to be what it was then. */
  void assertStored(SortedMap<String, String> content) {
    Eventually.holds(
        "procedures have cleaned up",
        WholeServer.PATIENCE,
        () -> stored().keySet().stream().noneMatch(key -> key.startsWith(PROCEDURES)));
    SortedMap<String, String> expected = expected(content);
    SortedMap<String, String> wanted = recorded.next(expected);
    SortedMap<String, String> found = ours.next(Placement.asRecorded(stored(), expected));
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    wanted.forEach((key, value) -> assertThat(found.get(key)).as(key).isEqualTo(value));
  }

  /** Whether the store is this, after a step that was compared. */
  boolean isStored(SortedMap<String, String> content) {
    SortedMap<String, String> expected = expected(content);
    return ours.of(Placement.asRecorded(stored(), expected)).equals(recorded.of(expected));
  }

  private SortedMap<String, String> expected(SortedMap<String, String> content) {
    TreeMap<String, String> expected = new TreeMap<>(content);
    if (!elected) {
      expected.keySet().removeIf(key -> key.startsWith(ELECTION));
    }
    return expected;
  }

  /** What is stored, with the recorded addresses, and without what the original has not. */
  private SortedMap<String, String> stored() {
    TreeMap<String, String> stored = new TreeMap<>();
    for (KeyValue each : server.store.range(KeyRange.all(), RangeOptions.ALL).kvs()) {
      if (!each.key().toUtf8().startsWith(OUR_OWN)) {
        stored.put(readdressed(each.key().toUtf8()), readdressed(each.value().toUtf8()));
      }
    }
    return stored;
  }

  private String readdressed(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(found -> addresses.getOrDefault(found.group(), found.group()));
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
