package io.metasrv.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.catalogue.CatalogueHandler;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.HttpOptions;
import io.metasrv.application.service.AdminService.Readiness;
import io.metasrv.application.service.AdminService.Switch;
import io.metasrv.domain.error.ServiceException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPortTest {

  private static final HttpOptions OPTIONS =
      HttpOptions.defaults().withAddr("127.0.0.1:0").withBodyLimit(ByteSize.kibibytes(64));

  private final InMemoryAdmin admin = new InMemoryAdmin();
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final RecordedLevels levels = new RecordedLevels();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server = server(OPTIONS);

  private static final class RecordedLevels implements LogLevels {
    private String current = "info";

    @Override
    public String current() {
      return current;
    }

    @Override
    public void change(String directives) {
      if (directives.contains("?")) {
        throw new IllegalArgumentException("\"" + directives + "\" is no log level");
      }
      current = directives;
    }
  }

  private HttpServer server(HttpOptions options) {
    return new HttpServer(
        options,
        new HttpServices(
            admin,
            new InMemoryProcedures(),
            new CatalogueHandler(new InMemoryStore()),
            admin::readiness,
            metrics,
            () -> "heartbeat_interval = \"3s\"\n",
            levels,
            new BuildInfo("0.1.0", "1.1.4", "abc", "main", "Java 25", "meta-0")),
        Duration.ofSeconds(1));
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/v1/health", "/ready"})
  @DisplayName(
      "sheet 09 cases 1 and 2: health is an empty object, for GET and POST, whatever the role")
  void healthSaysOnlyThatTheProcessListens(String path) throws Exception {
    admin.storeFails = true;
    for (String method : List.of("GET", "POST")) {
      HttpResponse<String> response = send(method, path, "", "");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{}");
      assertThat(type(response)).isEqualTo("application/json");
    }
  }

  @Test
  @DisplayName("sheet 09 case 3: /admin/health is OK and a newline, without a content type")
  void adminHealth() throws Exception {
    HttpResponse<String> response = get("/admin/health");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("OK\n");
    assertThat(type(response)).isEmpty();
  }

  @Test
  @DisplayName("sheet 09 case 4: maintenance off, on, off")
  void maintenanceSwitch() throws Exception {
    assertThat(get("/admin/maintenance").body()).isEqualTo("{\"enabled\":false}");
    HttpResponse<String> on = send("POST", "/admin/maintenance/enable", "", "");
    assertThat(on.body()).isEqualTo("{\"enabled\":true}");
    assertThat(type(on)).isEqualTo("application/json");
    assertThat(admin.on).containsExactly(Switch.MAINTENANCE);
    assertThat(get("/admin/maintenance/status").body()).isEqualTo("{\"enabled\":true}");
    assertThat(send("POST", "/admin/maintenance/disable", "", "").body())
        .isEqualTo("{\"enabled\":false}");
    assertThat(admin.on).isEmpty();
  }

  @Test
  @DisplayName("sheet 09 §14: the deprecated GET ?enable= does what the caller meant")
  void oldOperatorsSwitchWithGet() throws Exception {
    assertThat(get("/admin/maintenance?enable=true").body()).isEqualTo("{\"enabled\":true}");
    assertThat(admin.on).containsExactly(Switch.MAINTENANCE);
    assertThat(get("/admin/maintenance?enable=true&enable=false").body())
        .isEqualTo("{\"enabled\":false}");
    assertThat(get("/admin/maintenance?foo=1").body()).isEqualTo("{\"enabled\":false}");
    assertThat(get("/admin/maintenance?enable=yes").statusCode()).isEqualTo(500);
  }

  @Test
  void recoveryAndProcedureManagerSwitches() throws Exception {
    assertThat(get("/admin/recovery/status").body()).isEqualTo("{\"enabled\":false}");
    assertThat(send("POST", "/admin/recovery/enable", "", "").body())
        .isEqualTo("{\"enabled\":true}");
    assertThat(send("POST", "/admin/recovery/disable", "", "").body())
        .isEqualTo("{\"enabled\":false}");
    assertThat(get("/admin/procedure-manager/status").body()).isEqualTo("{\"status\":\"running\"}");
    assertThat(send("POST", "/admin/procedure-manager/pause", "", "").body())
        .isEqualTo("{\"status\":\"paused\"}");
    assertThat(admin.on).containsExactly(Switch.PAUSE_PROCEDURE);
    assertThat(send("POST", "/admin/procedure-manager/resume", "", "").body())
        .isEqualTo("{\"status\":\"running\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /admin/maintenance/enable, POST",
    "PUT, /admin/maintenance, 'GET,HEAD'",
    "DELETE, /health, 'GET,HEAD,POST'",
    "POST, /metrics, 'GET,HEAD'",
    "GET, /debug/log_level, POST"
  })
  @DisplayName("sheet 09 case 11: a known path with a wrong method is 405 and says what is allowed")
  void wrongMethods(String method, String path, String allowed) throws Exception {
    HttpResponse<String> response = send(method, path, "", "");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains(allowed);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/admin",
        "/admin/heartbeat/",
        "/admin/maintenance/",
        "/dashboard",
        "/dashboard/x"
      })
  void unknownPathsAre404WithoutABody(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void headAnswersWhereverGetDoes() throws Exception {
    HttpResponse<String> response = send("HEAD", "/status", "", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(type(response)).isEqualTo("application/json");
  }

  @Test
  @DisplayName("sheet 09 cases 14 to 16: the table id sequence, refused, moved, read")
  void tableIdSequence() throws Exception {
    assertThat(get("/admin/sequence/table/next-id").body()).isEqualTo("{\"next_table_id\":1024}");
    HttpResponse<String> refused = setNextId("{\"next_table_id\":2048}");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body())
        .isEqualTo(
            "{\"code\":1002,\"error\":\"Unexpected, violated: Setting next table id is only allowed"
                + " in recovery mode\",\"execution_time_ms\":0}");
    assertThat(refused.headers().firstValue("x-greptime-err-code")).contains("1002");
    assertThat(refused.headers().firstValue("x-greptime-err-msg"))
        .contains(
            "error: Unexpected, violated: Setting next table id is only allowed in recovery mode,"
                + " execution_time_ms: 0");
    assertThat(send("POST", "/admin/recovery/enable", "", "").statusCode()).isEqualTo(200);
    HttpResponse<String> zero = setNextId("{\"next_table_id\":0}");
    assertThat(zero.statusCode()).isEqualTo(500);
    assertThat(zero.body()).contains("is not greater than the current next value");
    assertThat(setNextId("{\"next_table_id\":2048}").body()).isEqualTo("{\"next_table_id\":2048}");
    assertThat(get("/admin/sequence/table/next-id").body()).isEqualTo("{\"next_table_id\":2048}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json||400",
        "application/json|{\"next_table_id\":|400",
        "''|{\"next_table_id\":2048}|415",
        "text/plain|{\"next_table_id\":2048}|415",
        "application/json|{\"next_table_id\":\"x\"}|422",
        "application/json|{\"next_table_id\":-1}|422",
        "application/json|{\"next_table_id\":4294967296}|422",
        "application/json|{\"next_table_id\":1.5}|422",
        "application/json|{}|422",
        "application/json|[]|422"
      })
  @DisplayName("sheet 09 case 17: bad bodies are told apart")
  void badSequenceBodies(String contentType, String body, int status) throws Exception {
    HttpResponse<String> response =
        send("POST", "/admin/sequence/table/set-next-id", contentType, body == null ? "" : body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(type(response)).isEqualTo("text/plain; charset=utf-8");
    assertThat(admin.nextTableId).isEqualTo(1024);
  }

  @Test
  void internalErrorsOfTheSequenceAreMasked() throws Exception {
    admin.storeFails = true;
    HttpResponse<String> response = get("/admin/sequence/table/next-id");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("{\"code\":1003,\"error\":\"Internal error: 1003\",\"execution_time_ms\":0}");
  }

  @Test
  @DisplayName(
      "sheet 09 case 18: the leader's advertised address, or the reference's words without an"
          + " election")
  void leader() throws Exception {
    assertThat(get("/admin/leader").body()).isEqualTo("10.0.0.1:3002");
    admin.leader = Optional.empty();
    assertThat(get("/admin/leader").statusCode()).isEqualTo(500);
    admin.election = false;
    HttpResponse<String> none = get("/admin/leader");
    assertThat(none.statusCode()).isEqualTo(200);
    assertThat(none.body()).isEqualTo("election info is None");
  }

  @Test
  @DisplayName("sheet 09 case 19: heartbeats, of one address if asked")
  void heartbeats() throws Exception {
    HttpResponse<String> response = get("/admin/heartbeat?addr=dn%2D1:3001");
    assertThat(response.body()).isEqualTo("[]");
    assertThat(type(response)).isEqualTo("application/json");
    assertThat(admin.heartbeatAddress).contains("dn-1:3001");
    assertThat(get("/admin/heartbeat").statusCode()).isEqualTo(200);
    assertThat(admin.heartbeatAddress).isEmpty();
    assertThat(get("/admin/heartbeat/help").body()).contains("/admin/heartbeat?addr=");
    assertThat(get("/admin/node-lease").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/maintenance",
        "/admin/maintenance/status",
        "/admin/recovery/status",
        "/admin/procedure-manager/status"
      })
  @DisplayName("sheet 09 case 21: a failing store is 500, plain, in the reference's words")
  void failingStore(String path) throws Exception {
    admin.storeFails = true;
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("Runtime switch manager error");
    assertThat(type(response)).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  @DisplayName("sheet 09 case 31: the log level changes at once; nonsense is refused")
  void logLevel() throws Exception {
    HttpResponse<String> changed = send("POST", "/debug/log_level", "", "debug");
    assertThat(changed.body()).isEqualTo("Log Level changed from info to debug");
    assertThat(levels.current()).isEqualTo("debug");
    HttpResponse<String> refused = send("POST", "/debug/log_level", "", "nonsense=??");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).isEqualTo("{\"error\":\"\\\"nonsense=??\\\" is no log level\"}");
  }

  @Test
  void debugAnswersWhatAJvmDoesNotHaveInTheReferencesWords() throws Exception {
    assertThat(send("POST", "/debug/prof/cpu", "", "").statusCode()).isEqualTo(501);
    assertThat(send("POST", "/debug/prof/cpu", "", "").body())
        .isEqualTo("The 'pprof' feature is disabled");
    assertThat(send("POST", "/debug/prof/mem", "", "").body())
        .isEqualTo("The 'mem-prof' feature is disabled");
    assertThat(get("/debug/prof/mem/status").statusCode()).isEqualTo(501);
    assertThat(send("POST", "/debug/enable_trace", "", "true").statusCode()).isEqualTo(503);
    assertThat(send("POST", "/debug/enable_trace", "", "maybe").statusCode()).isEqualTo(400);
  }

  @Test
  void statusAndIndexAndConfig() throws Exception {
    assertThat(get("/status").body())
        .isEqualTo(
            "{\"commit\":\"abc\",\"branch\":\"main\",\"rustc_version\":\"Java 25\",\"hostname\":"
                + "\"meta-0\",\"version\":\"0.1.0\",\"compatible_with\":\"1.1.4\"}");
    assertThat(type(get("/"))).isEqualTo("text/html; charset=utf-8");
    assertThat(get("/").body()).contains("/v1/health").contains("/metrics");
    HttpResponse<String> config = get("/config");
    assertThat(config.body()).isEqualTo("heartbeat_interval = \"3s\"\n");
    assertThat(type(config)).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void livenessAndReadinessAreTwoThings() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body())
        .isEqualTo(
            "{\"ready\":true,\"role\":\"leader\",\"leader\":\"10.0.0.1:3002\",\"term\":3,\"reasons\":[]}");
    admin.readiness =
        new Readiness(
            false, "starting", Optional.empty(), OptionalLong.empty(), List.of("no leader known"));
    HttpResponse<String> notYet = get("/readyz");
    assertThat(notYet.statusCode()).isEqualTo(503);
    assertThat(notYet.body())
        .isEqualTo(
            "{\"ready\":false,\"role\":\"starting\",\"leader\":null,\"term\":null,\"reasons\":[\"no"
                + " leader known\"]}");
  }

  @Test
  void browsersOfAnyOriginMayCall() throws Exception {
    assertThat(get("/status").headers().firstValue("access-control-allow-origin")).contains("*");
    HttpResponse<String> preflight = send("OPTIONS", "/admin/maintenance/enable", "", "");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("access-control-allow-methods"))
        .contains("GET,POST,PUT,DELETE,HEAD");
    assertThat(send("POST", "/debug/log_level", "", "info").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void onlyListedOriginsMayCallOnceThereIsAList() throws Exception {
    restart(OPTIONS.withCors(true, List.of("https://ops.example")));
    assertThat(fromOrigin("https://ops.example")).contains("https://ops.example");
    assertThat(fromOrigin("https://evil.example")).isEmpty();
    restart(OPTIONS.withCors(false, List.of()));
    assertThat(fromOrigin("https://ops.example")).isEmpty();
  }

  private Optional<String> fromOrigin(String origin) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(uri("/status")).header("Origin", origin).build(),
            BodyHandlers.ofString())
        .headers()
        .firstValue("access-control-allow-origin");
  }

  @Test
  void aBodyAboveTheLimitIs413AndTheServerGoesOn() throws Exception {
    assertThat(send("POST", "/debug/log_level", "", "x".repeat(65 * 1024)).statusCode())
        .isEqualTo(413);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void requestsAreCountedByRouteAndUnknownPathsAreNot() throws Exception {
    get("/admin/leader?db=mine");
    get("/nothing");
    String exposition = get("/metrics").body();
    assertThat(exposition)
        .contains(
            "# TYPE greptime_servers_http_requests_total counter\n"
                + "greptime_servers_http_requests_total{method=\"GET\",path=\"/admin/leader\",code=\"200\",db=\"mine\"}"
                + " 1\n")
        .contains(
            "greptime_servers_http_requests_elapsed_bucket{method=\"GET\",path=\"/admin/leader\",code=\"200\",db=\"mine\",le=\"0.005\"}")
        .doesNotContain("/nothing");
    assertThat(type(get("/metrics"))).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void aPortInUseIsOneClearError() {
    HttpServer second = server(HttpOptions.defaults().withAddr("127.0.0.1:" + server.port()));
    assertThatThrownBy(second::start)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("HTTP server cannot listen on 127.0.0.1:" + server.port())
        .hasMessageContaining("in use")
        .hasMessageContaining("http.addr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4000", "localhost:", ":4000", "localhost:99999", "localhost:x"})
  void anAddressThatIsNoneIsNamed(String address) {
    assertThatThrownBy(() -> server(HttpOptions.defaults().withAddr(address)))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("http.addr must be host:port");
  }

  private void restart(HttpOptions options) {
    server.stop();
    server = server(options);
    server.start();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "");
  }

  private HttpResponse<String> setNextId(String json) throws IOException, InterruptedException {
    return send("POST", "/admin/sequence/table/set-next-id", "application/json", json);
  }

  private HttpResponse<String> send(String method, String path, String contentType, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("content-type").orElse("");
  }
}
