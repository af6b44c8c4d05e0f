package io.metasrv.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.options.HttpOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MiddlewareTest {

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Routes routes =
      Routes.builder()
          .get("/quick", request -> Response.text(200, "done"))
          .get("/stuck", request -> stuck())
          .get(
              "/broken",
              request -> {
                throw new IllegalStateException("secret detail");
              })
          .build();

  private Response stuck() {
    try {
      never.await();
      return Response.empty(200);
    } catch (InterruptedException e) {
      interrupted.countDown();
      return Response.empty(500);
    }
  }

  private Middleware middleware(Duration timeout) {
    return new Middleware(routes, HttpOptions.defaults().withTimeout(timeout), metrics);
  }

  @Test
  void aRequestThatTakesTooLongIs408AndItsHandlerIsInterrupted() throws Exception {
    Response response = middleware(Duration.ofMillis(20)).answer(Request.of("GET", "/stuck"));
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.body()).isEmpty();
    interrupted.await();
  }

  @Test
  void theCallerMayNameItsOwnLimit() {
    Response response =
        middleware(Duration.ofHours(1))
            .answer(Request.of("GET", "/stuck").withHeader("x-greptime-timeout", "10ms"));
    assertThat(response.status()).isEqualTo(408);
  }

  @Test
  void aLimitInTimeDoesNotDisturb() {
    Response response =
        middleware(Duration.ofHours(1))
            .answer(Request.of("GET", "/quick").withHeader("x-greptime-timeout", "nonsense"));
    assertThat(response.bodyText()).isEqualTo("done");
  }

  @Test
  void aFaultOfOursIs500WithoutDetails() {
    Response response = middleware(Duration.ZERO).answer(Request.of("GET", "/broken"));
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.bodyText()).doesNotContain("secret");
  }

  @Test
  void databaseNamesOfCallersCannotFillTheMemory() {
    Middleware middleware = middleware(Duration.ZERO);
    for (int i = 0; i < 1_000; i++) {
      middleware.answer(Request.of("GET", "/quick?db=d" + i));
    }
    assertThat(
            metrics
                .exposition()
                .lines()
                .filter(l -> l.startsWith("greptime_servers_http_requests_total{")))
        .hasSize(101)
        .anyMatch(line -> line.contains("db=\"other\"} 900"));
  }
}
