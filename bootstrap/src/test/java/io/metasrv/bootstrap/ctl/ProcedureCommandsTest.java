package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Procedures that are stuck because no datanode takes a request. */
class ProcedureCommandsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String UNKNOWN = "0a1b2c3d-0000-4000-8000-000000000000";

  private final DdlRequests sql = DdlRequests.of("public", Instant.now());
  private RunningServer server;
  private NodeFleet fleet;
  private MetaClient client;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.inMemory();
    fleet = server.fleet();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    fleet.close();
    server.close();
  }

  private Ctl ctl(String words) {
    return Ctl.run(server.http, words);
  }

  private void datanodesFail(int times) {
    fleet.datanodes().forEach(node -> node.failNextRequests(StatusCode.REGION_NOT_READY, times));
  }

  /** A statement that is tried again and again. */
  private String stuck(String table) {
    datanodesFail(1_000_000);
    String id = client.procedures().submitDdl(sql.createTable(sql.name(table), false), LIMIT);
    pausing(id);
    return id;
  }

  private void pausing(String id) {
    Eventually.holds(
        "it pauses", PATIENCE, () -> ctl("procedure show " + id).out().contains("pausing"));
  }

  private String ended(String id, String state) {
    return Eventually.present(
        "it ends as " + state,
        PATIENCE,
        () -> {
          String shown = ctl("procedure show " + id).out();
          return shown.matches("(?s).*State +" + state + "\\R.*") && shown.contains("Ended ")
              ? java.util.Optional.of(shown)
              : java.util.Optional.empty();
        });
  }

  @Test
  void nothingUnderWayIsSaidInWords() {
    assertThat(ctl("procedures").succeeds()).isEqualTo("no procedures under way\n");
    assertThat(ctl("procedures --history").succeeds()).isEqualTo("no finished procedures\n");
  }

  @Test
  void aFinishedProcedureIsInTheHistoryWithItsSteps() {
    var done = client.procedures().ddl(sql.createTable(sql.name("cpu"), false));
    String id = done.getPid().getKey().toStringUtf8();

    assertThat(ctl("procedures").succeeds()).isEqualTo("no procedures under way\n");
    assertThat(ctl("procedures --all").succeeds())
        .contains(id)
        .containsPattern(id + " +CreateTable +Done ");
    String history =
        Eventually.present(
            "the record is there",
            PATIENCE,
            () ->
                java.util.Optional.of(ctl("procedures --history --limit 5").succeeds())
                    .filter(text -> text.contains(id)));
    assertThat(history).containsPattern(id + " +CreateTable +Done +\\S+( \\S+)? ago ");
    assertThat(ctl("procedure show " + id).succeeds())
        .containsPattern("State +Done")
        .contains("submitted", "locks taken", "done");
  }

  @Test
  @DisplayName("sheet 10 case 22: a stuck procedure, who waits for it, and cancel frees the lock")
  void aStuckProcedureShowsItsErrorItsLocksAndIsCancelled() {
    String id = stuck("cpu");

    assertThat(ctl("procedures").succeeds())
        .containsPattern(id + " +CreateTable +Retrying +\\S+( \\S+)? +(pausing|in a step)");
    String shown = ctl("procedure show " + id).succeeds();
    assertThat(shown)
        .containsPattern("State +Retrying")
        .containsPattern("Last error +\\S")
        .containsPattern("Root cause +\\S")
        .containsPattern(
            "(?m)^__table_name_lock/greptime\\.public\\.cpu +Exclusive +held +\\S+( \\S+)? ago"
                + " +-$");
    String second = client.procedures().submitDdl(sql.createTable(sql.name("cpu"), false), LIMIT);
    String waiting = ctl("procedure show " + second).succeeds();
    assertThat(waiting)
        .containsPattern("Doing +waiting for locks")
        .containsPattern(
            "(?m)^__table_name_lock/\\S+ +Exclusive +waiting +\\S+( \\S+)? ago +"
                + id
                + " \\(holds it for ");

    assertThat(ctl("procedure cancel " + id).succeeds())
        .isEqualTo("Procedure " + id + ": it ends at its next boundary between steps\n");
    datanodesFail(0);
    assertThat(ended(id, "Failed")).contains("cancel");
    assertThat(ended(second, "Done")).contains("locks taken");
    assertThat(ctl("procedure cancel " + id).failsWith(1))
        .contains("cancelling procedure " + id + " failed: http://" + server.http)
        .contains("metasrv ctl procedure show");
  }

  @Test
  void aSkipTellsWhatStaysAndAsksFirst() {
    String id = stuck("cpu");

    Ctl refused = Ctl.typing("yes\n", server.http, "procedure skip " + id);
    assertThat(refused.failsWith(1))
        .contains("Nothing is rolled back: what its steps did stays")
        .contains("Locks that become free: ")
        .contains("Type skip to go on: ")
        .contains("was not skipped");
    assertThat(Ctl.typing("", server.http, "procedure skip " + id).code()).isEqualTo(1);
    assertThat(ctl("procedure show " + id).succeeds()).containsPattern("State +Retrying");

    pausing(id);
    Ctl skipped = Ctl.typing("skip\n", server.http, "procedure skip " + id);
    assertThat(skipped.succeeds()).startsWith("Procedure " + id + ": it was taken away");
    assertThat(ended(id, "Failed")).contains("skipped");
  }

  @Test
  void aSkipWithYesDoesNotAsk() {
    String id = stuck("cpu");

    Ctl skipped = ctl("procedure skip " + id + " --yes --output json");

    assertThat(skipped.succeeds()).startsWith("{\"id\":\"" + id + "\"");
    assertThat(skipped.err()).contains("Nothing is rolled back").doesNotContain("Type skip");
  }

  @Test
  void whatIsNotSetApartIsNotRetried() {
    String id = stuck("cpu");

    assertThat(ctl("procedure retry " + id).failsWith(1))
        .contains("retrying procedure " + id + " failed: http://" + server.http + " answered 400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "cancel", "skip", "retry"})
  void anIdThatNobodyKnowsEndsWith1AndOneThatIsNoneWith2(String verb) {
    assertThat(ctl("procedure " + verb + " " + UNKNOWN).failsWith(1))
        .contains(UNKNOWN)
        .contains("http://" + server.http)
        .contains("metasrv ctl procedure");
    assertThat(ctl("procedure " + verb + " 0a1b").failsWith(2))
        .contains("\"0a1b\" is no id of a procedure");
    assertThat(ctl("procedure " + verb).failsWith(2)).contains("ID");
  }

  @Test
  void contradictoryFlagsEndWith2() {
    assertThat(ctl("procedures --all --history").failsWith(2)).contains("exclude each other");
    assertThat(ctl("procedures --history --limit 1001").failsWith(2)).contains("--limit");
    assertThat(ctl("procedures pause").failsWith(2)).contains("pause");
  }

  @Test
  void aServerThatIsDownIsNamedAndTheNextOneAsked() {
    String nobody = "127.0.0.1:" + Ports.free(1).getFirst();

    assertThat(Ctl.run(nobody, "procedures").failsWith(1))
        .contains("listing procedures failed: no metasrv answers on http://" + nobody)
        .contains("is --addr right?");
    assertThat(Ctl.run(nobody + "," + server.http, "procedures").succeeds())
        .isEqualTo("no procedures under way\n");
  }

  @Test
  void aServerThatIsSilentOrSomethingElseIsNamed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      assertThat(Ctl.run(address, "databases --timeout 200ms").failsWith(1))
          .contains("listing databases failed: http://" + address + " did not answer")
          .contains("200 ms");
    }
    assertThat(Ctl.run(server.grpc, "databases").failsWith(1))
        .contains("listing databases failed: http://" + server.grpc);
  }

  @Test
  @DisplayName("sheet 09 case 16: after a jump the next created table gets the id")
  void anOperatorsNextTableIdIsTheNextTablesId() {
    assertThat(created("before")).isEqualTo(1024);
    assertThat(ctl("next-table-id --set 2048").failsWith(1)).contains("recovery mode");
    ctl("recovery enable").succeeds();

    assertThat(ctl("next-table-id --set 2048").succeeds()).isEqualTo("{\"next_table_id\":2048}\n");

    assertThat(created("after")).isEqualTo(2048);
    assertThat(created("then")).isEqualTo(2049);
    assertThat(ctl("next-table-id").succeeds()).isEqualTo("{\"next_table_id\":2058}\n");
  }

  private long created(String table) {
    return client.procedures().ddl(sql.createTable(sql.name(table), false)).getTableIds(0).getId();
  }
}
