package io.metasrv.adapters.http;

import io.metasrv.application.options.HttpOptions;
import io.metasrv.application.options.HumanDuration;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Metrics.MetricDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request but {@code /debug} passes: CORS, time limit, measurement (sheet 09 §2). A
 * handler that throws is a fault of ours: 500, cause in the log. Thread-safe.
 */
final class Middleware {

  private static final Logger LOG = LoggerFactory.getLogger(Middleware.class);

  private static final MetricDefinition REQUESTS =
      MetricDefinition.of(
          "greptime_servers_http_requests_total",
          "servers http requests total",
          "method",
          "path",
          "code",
          "db");
  private static final MetricDefinition ELAPSED =
      new MetricDefinition(
          "greptime_servers_http_requests_elapsed",
          "servers http requests elapsed",
          List.of("method", "path", "code", "db"),
          List.of(0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 60.0, 300.0));

  /** The label comes from the caller; without a bound it could fill the memory. */
  private static final int MOST_DATABASES = 100;

  private final Routes routes;
  private final HttpOptions options;
  private final Metrics metrics;
  private final Set<String> databases = ConcurrentHashMap.newKeySet();

  Middleware(Routes routes, HttpOptions options, Metrics metrics) {
    this.routes = routes;
    this.options = options;
    this.metrics = metrics;
  }

  Response answer(Request request) {
    if (request.path().startsWith(DebugRoutes.PREFIX)) {
      return guarded(request);
    }
    if (options.enableCors() && request.method().equals("OPTIONS")) {
      return cors(request, preflight());
    }
    long begin = System.nanoTime();
    Response response = limited(request);
    routes.route(request.path()).ifPresent(r -> measure(request, r, response, begin));
    return options.enableCors() ? cors(request, response) : response;
  }

  private Response limited(Request request) {
    Optional<Duration> limit = timeLimit(request);
    if (limit.isEmpty()) {
      return guarded(request);
    }
    FutureTask<Response> work = new FutureTask<>(() -> guarded(request));
    Thread.ofVirtual().name("http " + request.path()).start(work);
    try {
      return work.get(limit.get().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      work.cancel(true);
      LOG.warn("{} {} took longer than {}", request.method(), request.path(), limit.get());
      return Response.empty(408);
    } catch (ExecutionException e) {
      return fault(request, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Response.empty(503);
    }
  }

  /** The header only counts where a limit is configured at all, as in the reference. */
  private Optional<Duration> timeLimit(Request request) {
    if (options.timeout().isZero()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          request.header("x-greptime-timeout").map(HumanDuration::parse).orElse(options.timeout()));
    } catch (IllegalArgumentException e) {
      LOG.warn("Header x-greptime-timeout is ignored: {}", e.getMessage());
      return Optional.of(options.timeout());
    }
  }

  private Response guarded(Request request) {
    try {
      return routes.answer(request);
    } catch (RuntimeException e) {
      return fault(request, e);
    }
  }

  private static Response fault(Request request, Throwable cause) {
    LOG.error("{} {} failed", request.method(), request.path(), cause);
    return Response.text(500, "Internal error; see the log of this metasrv");
  }

  private static Response preflight() {
    return Response.empty(200)
        .with("access-control-allow-methods", "GET,POST,PUT,DELETE,HEAD")
        .with("access-control-allow-headers", "*");
  }

  private Response cors(Request request, Response response) {
    Response varied =
        response.with(
            "vary", "origin, access-control-request-method, access-control-request-headers");
    if (options.corsAllowedOrigins().isEmpty()) {
      return varied.with("access-control-allow-origin", "*");
    }
    return request
        .header("origin")
        .filter(options.corsAllowedOrigins()::contains)
        .map(origin -> varied.with("access-control-allow-origin", origin))
        .orElse(varied);
  }

  private void measure(Request request, String route, Response response, long begin) {
    String[] labels = {
      request.method(), route, Integer.toString(response.status()), database(request)
    };
    metrics.counter(REQUESTS, labels).increment();
    metrics.histogram(ELAPSED, labels).observe((System.nanoTime() - begin) / 1e9);
  }

  private String database(Request request) {
    Optional<String> named = request.header("x-greptime-db-name");
    String database = named.isPresent() ? named.get() : databaseParameter(request);
    if (!databases.contains(database) && databases.size() >= MOST_DATABASES) {
      return "other";
    }
    databases.add(database);
    return database;
  }

  private static String databaseParameter(Request request) {
    try {
      return request.parameter("db").orElse("public");
    } catch (IllegalArgumentException e) {
      // A badly escaped query is for the handler to judge.
      return "public";
    }
  }
}
