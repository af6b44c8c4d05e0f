package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.nodes.frontend.DdlRequests;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What was made by a frontend's statements, as operators see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueCommandsTest {

  private RunningServer server;
  private NodeFleet fleet;

  @BeforeAll
  void start() throws Exception {
    server = RunningServer.inMemory();
    fleet = server.fleet();
    DdlRequests sql = DdlRequests.of("demo", Instant.now());
    try (MetaClient client = server.client()) {
      for (var statement :
          List.of(
              sql.createDatabase("demo", false),
              sql.setDatabaseOption("demo", "ttl", "7d"),
              sql.createTable(sql.name("cpu"), false),
              sql.createTable(sql.name("requests"), false, "h", "p"),
              sql.createPhysical(sql.name("metrics"), false),
              sql.createLogical(false, "metrics", sql.name("load"), sql.name("up")),
              sql.createView(sql.name("busy"), "SELECT host FROM demo.cpu", false),
              sql.createTable(sql.name("cpu_max"), false),
              sql.createFlow("maxima", sql.name("cpu"), sql.name("cpu_max"), false))) {
        var unused = client.procedures().ddl(statement);
      }
    }
  }

  @AfterAll
  void stop() {
    fleet.close();
    server.close();
  }

  private Ctl ctl(String words) {
    return Ctl.run(server.http, words);
  }

  @Test
  void databasesAreListedInAlignedColumns() {
    assertThat(ctl("databases").succeeds().lines())
        .containsExactly(
            "CATALOG   DATABASE            TTL    TABLES  OPTIONS",
            "greptime  demo                7days  7",
            "greptime  greptime_private    -      0",
            "greptime  information_schema  -      0",
            "greptime  public              -      0");
  }

  @Test
  void tablesAreListedWithTheirKinds() {
    assertThat(ctl("tables").succeeds().replaceAll("(?m) +[0-9]+m?s$", "").lines())
        .containsExactly(
            "ID    DATABASE  NAME      KIND                    ENGINE  PARTITIONS  AGE",
            "1029  demo      busy      view                    -       -",
            "1024  demo      cpu       base                    mito    1",
            "1030  demo      cpu_max   base                    mito    1",
            "1027  demo      load      metric logical on 1026  metric  -",
            "1026  demo      metrics   metric physical         metric  1",
            "1025  demo      requests  base                    mito    3",
            "1028  demo      up        metric logical on 1026  metric  -");
  }

  @Test
  void aListGoesOnWhereThePageEnded() {
    String first = ctl("tables --database demo --limit 3").succeeds();
    assertThat(first.lines()).hasSize(5);
    assertThat(first).contains("there are more: --after greptime/demo/cpu_max");

    String second = ctl("tables --database demo --after greptime/demo/cpu_max").succeeds();
    assertThat(second.lines()).hasSize(5);
    assertThat(second).contains(" load ").doesNotContain("there are more");
    assertThat(ctl("tables -d public").succeeds().lines()).hasSize(1);
  }

  @Test
  void aPartitionedTableShowsWhereItsRegionsAre() {
    String shown = ctl("table show demo.requests").succeeds();

    assertThat(shown)
        .containsPattern("Table +greptime\\.demo\\.requests")
        .containsPattern("Created +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\(.* ago\\)")
        .containsPattern("Partitioned by +host")
        .containsPattern("(?m)^host +String +Tag +yes +-$")
        .containsPattern("(?m)^ts +TimestampMillisecond +Timestamp +no +-$")
        .containsPattern("(?m)^0 +\\d+ +\\d at 127\\.0\\.0\\.1:\\d+ +- +Leading +host < 'h' +-$")
        .containsPattern("(?m)^2 .*host >= 'p'");
    assertThat(ctl("table show 1025").succeeds()).contains("greptime.demo.requests");
  }

  @Test
  void relationsAreShownFromBothEnds() {
    assertThat(ctl("table show demo.metrics").succeeds())
        .contains("Logical tables: 2")
        .containsPattern("(?m)^1027 +greptime\\.demo\\.load$");
    assertThat(ctl("table show demo.up").succeeds())
        .containsPattern("Lies on +greptime\\.demo\\.metrics \\(id 1026\\)");
    assertThat(ctl("table show demo.cpu").succeeds())
        .containsPattern("(?m)^maxima +\\d+ +greptime\\.demo\\.cpu_max +0 +1 at 127");
    assertThat(ctl("table show demo.busy").succeeds())
        .containsPattern("Definition +SELECT host FROM demo\\.cpu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"databases", "tables", "table show demo.cpu", "procedures --all"})
  void jsonIsWhatTheServerSent(String words) {
    assertThat(JsonMapper.shared().readTree(ctl(words + " --output json").succeeds()).isObject())
        .isTrue();
  }

  @Test
  void optionsStandBeforeOrAfterTheCommand() {
    String listed = ctl("databases").succeeds();

    assertThat(ctl("--output table databases").succeeds()).isEqualTo(listed);
    assertThat(ctl("databases --output table").succeeds()).isEqualTo(listed);
    assertThat(ctl("-o json databases").succeeds()).startsWith("{");
  }

  @Test
  void whatCannotBeReadIsAWarningAndTheListIsThere() {
    Bytes key = Bytes.utf8("__schema_name/greptime/broken");
    try (MetaClient client = server.client()) {
      client.store().put(key, Bytes.utf8("{\"ttl\":\u001b"));
      Ctl listed = ctl("databases");

      assertThat(listed.succeeds()).contains("broken", "demo");
      assertThat(listed.err())
          .startsWith("warning: key __schema_name/greptime/broken: ")
          .doesNotContain("\u001b");
      client.store().batchDelete(List.of(key));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table show none|1|showing table none failed: http://SERVER answered 404: There is no table"
            + " none",
        "table show 4294967296|1|answered 400: 4294967296 is no table",
        "tables --database none|1|There is no database none",
        "tables --after x|1|after must be the member next",
        "tables --limit 0|2|--limit must be a number from 1 to 1000: 0",
        "tables --limit many|2|--limit",
        "table show a/b|2|is no table",
        "table show|2|Missing required parameter: 'NAME|ID'",
        "tables --output xml|2|--output",
        "databases --timeout soon|2|--timeout wants a time above zero",
        "databases --timeout 0s|2|--timeout wants a time above zero",
        "leader --addr nonsense|2|--addr wants HOST:PORT",
      })
  void whatMakesNoSenseIsSaid(String words, int code, String text) {
    assertThat(ctl(words).failsWith(code)).contains(text.replace("SERVER", server.http));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "databases --help",
        "tables --help",
        "table --help",
        "table show --help",
        "procedures --help",
        "procedure --help",
        "procedure show --help",
        "procedure cancel --help",
        "procedure skip --help",
        "procedure retry --help",
        "maintenance --help",
        "next-table-id --help"
      })
  void everyCommandExplainsItself(String words) {
    assertThat(ctl(words).succeeds()).contains("Usage: metasrv ctl", "--addr", "--timeout");
  }
}
