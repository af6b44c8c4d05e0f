package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.service.AdminService.Switch;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LegacyAdminTest {

  private RunningServer server;
  private HttpClient http;

  @BeforeEach
  void start() throws IOException {
    server = new RunningServer();
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    http.close();
    server.close();
  }

  @Test
  @DisplayName("sheet 09 case 3: /admin/health on the gRPC port")
  void givenAnyNode_whenHealthIsAsked_thenItIsOk() throws Exception {
    HttpResponse<String> answer = call("GET", "/admin/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("OK\n");
    assertThat(answer.headers().firstValue("content-type")).isEmpty();
  }

  @Test
  @DisplayName("sheet 09 case 6: maintenance is switched by query")
  void givenTheOldVerbs_whenMaintenanceIsSwitched_thenEachAnswersTheNewState() throws Exception {
    assertThat(call("GET", "/admin/maintenance").body()).isEqualTo("{\"enabled\":false}");

    HttpResponse<String> on = call("GET", "/admin/maintenance?enable=true");
    assertThat(on.body()).isEqualTo("{\"enabled\":true}");
    assertThat(on.headers().firstValue("content-type")).contains("application/json");
    assertThat(server.services.admin.isOn(Switch.MAINTENANCE)).isTrue();
    assertThat(call("GET", "/admin/maintenance/status").body()).isEqualTo("{\"enabled\":true}");

    assertThat(call("PUT", "/admin/maintenance?enable=false").body())
        .isEqualTo("{\"enabled\":false}");
    assertThat(call("POST", "/admin/maintenance?enable=false&enable=true").body())
        .isEqualTo("{\"enabled\":true}");
    assertThat(call("POST", "/admin/maintenance/disable").body()).isEqualTo("{\"enabled\":false}");
    assertThat(call("POST", "/admin/maintenance/enable").body()).isEqualTo("{\"enabled\":true}");
  }

  @ParameterizedTest
  @DisplayName("sheet 09 cases 7 and 10: what is not there is 404 with an empty body")
  @CsvSource({
    "POST,/admin/maintenance/status",
    "GET,/admin/maintenance/enable",
    "PUT,/admin/maintenance/enable",
    "GET,/admin/procedure-manager/pause",
    "DELETE,/admin/procedure-manager/status",
    "GET,/admin/recovery/status",
    "GET,/admin/sequence/table/next-id",
    "GET,/admin/health/",
    "GET,/admin/nothing"
  })
  void givenARouteThatIsNotHere_thenItIs404(String method, String path) throws Exception {
    HttpResponse<String> answer = call(method, path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("sheet 09 cases 8 and 9: bad switches are 500 with a text")
  @CsvSource({
    "GET,/admin/maintenance?foo=1,'Missing required parameter, param: \"enable\"'",
    "GET,/admin/maintenance?enable=yes,'''true'' or ''false'''",
    "DELETE,/admin/maintenance,Unsupported operation http method DELETE"
  })
  void givenABadSwitch_thenTheAnswerSaysWhy(String method, String path, String text)
      throws Exception {
    HttpResponse<String> answer = call(method, path);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains(text);
    assertThat(server.services.admin.on).isEmpty();
  }

  @Test
  void givenTheProcedureManager_whenPausedAndResumed_thenTheStatusFollows() throws Exception {
    assertThat(call("GET", "/admin/procedure-manager/status").body())
        .isEqualTo("{\"status\":\"running\"}");
    assertThat(call("POST", "/admin/procedure-manager/pause").body())
        .isEqualTo("{\"status\":\"paused\"}");
    assertThat(call("GET", "/admin/procedure-manager/status").body())
        .isEqualTo("{\"status\":\"paused\"}");
    assertThat(call("POST", "/admin/procedure-manager/resume").body())
        .isEqualTo("{\"status\":\"running\"}");
  }

  @Test
  void givenTheReadingRoutes_thenTheyAnswerWithoutAContentType() throws Exception {
    assertThat(call("GET", "/admin/leader").body()).isEqualTo("10.0.0.1:3002");
    assertThat(call("POST", "/admin/node-lease").body()).isEqualTo("[]");
    assertThat(call("GET", "/admin/heartbeat").body()).isEqualTo("[\"all\"]");
    HttpResponse<String> one = call("GET", "/admin/heartbeat?addr=10.0.0.2:3001");
    assertThat(one.body()).isEqualTo("[\"10.0.0.2:3001\"]");
    assertThat(one.headers().firstValue("content-type")).isEmpty();
    assertThat(call("GET", "/admin/heartbeat/help").headers().firstValue("content-type"))
        .contains("text/plain");
  }

  @Test
  void givenNoElectionOrNoLeader_whenTheLeaderIsAsked_thenTheAnswerSaysSo() throws Exception {
    server.services.admin.leader = Optional.empty();
    assertThat(call("GET", "/admin/leader").statusCode()).isEqualTo(500);

    server.services.admin.election = false;
    assertThat(call("GET", "/admin/leader").body()).isEqualTo("election info is None");
  }

  @ParameterizedTest
  @CsvSource({"/", "/admin", "/metrics", "/health"})
  void givenAPathOutsideAdmin_thenItIsUnimplementedInTheWordsOfGrpc(String path) throws Exception {
    HttpResponse<String> answer = call("GET", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("grpc-status")).contains("12");
  }

  @Test
  @DisplayName("sheet 09 case 12: gRPC and HTTP/1.1 on one socket")
  void givenOnePort_whenBothAreSpoken_thenBothAreServed() throws Exception {
    ConfigGrpc.ConfigBlockingStub config = ConfigGrpc.newBlockingStub(server.channel());
    for (int i = 0; i < 5; i++) {
      assertThat(call("GET", "/admin/health").statusCode()).isEqualTo(200);
      assertThat(config.pullConfig(PullConfigRequest.getDefaultInstance()).getHeader())
          .isEqualTo(CannedServices.OK);
    }
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
