package io.metasrv.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcedureRoutesTest {

  private static final String ONE = "/admin/procedures/" + InMemoryProcedures.ID;

  private final InMemoryProcedures procedures = new InMemoryProcedures();
  private final InMemoryAdmin admin = new InMemoryAdmin();
  private final Routes.Builder builder = Routes.builder();
  private Routes routes = builder.build();

  @BeforeEach
  void build() {
    new ProcedureRoutes(procedures, admin).addTo(builder);
    routes = builder.build();
  }

  private Response call(String method, String path) {
    return routes.answer(Request.of(method, path));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /admin/procedures, list",
    "GET, /admin/procedures/locks, locks",
    "GET, /admin/procedures/history, history 100",
    "GET, /admin/procedures/history?limit=7, history 7",
    "GET, /admin/procedures/0a1b0000-0000-4000-8000-000000000000, show ID",
    "POST, /admin/procedures/0A1B0000000040008000000000000000/cancel, cancel ID",
    "POST, /admin/procedures/0a1b0000-0000-4000-8000-000000000000/retry, retry ID",
  })
  void eachRouteHasItsCall(String method, String path, String call) {
    Response response = call(method, path);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("content-type", "application/json");
    assertThat(procedures.calls).containsExactly(call.replace("ID", InMemoryProcedures.ID));
  }

  @Test
  void whatIsNoIdIsRefused() {
    assertThat(call("POST", "/admin/procedures/0a1b-4000/cancel").status()).isEqualTo(400);
    assertThat(procedures.calls).isEmpty();
  }

  @Test
  void whatIsNotKnownIsNotFound() {
    assertThat(call("GET", "/admin/procedures/0a1b0000-0000-4000-8000-000000000001").status())
        .isEqualTo(404);
    assertThat(call("GET", "/admin/procedures/").status()).isEqualTo(404);
    assertThat(call("GET", ONE + "/more/cancel").status()).isEqualTo(404);
    assertThat(call("GET", ONE + "/cancel").status()).isEqualTo(405);
  }

  @Test
  void aPathWithAnIdIsOneRouteForMetrics() {
    assertThat(routes.route(ONE + "/cancel")).contains("/admin/procedures/{id}/cancel");
    assertThat(routes.route("/admin/procedures/locks")).contains("/admin/procedures/locks");
  }

  @Test
  void aRefusalSaysWhy() {
    Response refused = call("POST", ONE + "/skip");

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.bodyText())
        .isEqualTo(
            "{\"code\":1006,\"error\":\"it is in the middle of a step\",\"execution_time_ms\":0}");
    assertThat(refused.headers()).containsEntry("x-greptime-err-code", "1006");
  }

  @Test
  void aNodeThatDoesNotLeadNamesTheLeader() {
    procedures.leads = false;

    Response elsewhere = call("GET", "/admin/procedures");

    assertThat(elsewhere.status()).isEqualTo(503);
    assertThat(elsewhere.headers()).containsEntry("x-metasrv-leader", "10.0.0.1:3002");
  }

  @ParameterizedTest
  @CsvSource({"0", "1001", "many", "''"})
  void aLimitThatIsNoneIsRefused(String limit) {
    assertThat(call("GET", "/admin/procedures/history?limit=" + limit).status()).isEqualTo(400);
    assertThat(procedures.calls).isEmpty();
  }
}
