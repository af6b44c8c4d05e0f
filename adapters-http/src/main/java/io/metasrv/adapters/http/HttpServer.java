package io.metasrv.adapters.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.metasrv.application.options.HttpOptions;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port. {@link #start()} binds it or throws; {@link #stop()} lets running requests end for
 * the grace given and closes it. Both are called once, by one thread.
 */
public final class HttpServer {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final HttpOptions options;
  private final Middleware middleware;
  private final InetAddress address;
  private final int port;
  private final WebServer server;

  /**
   * @param grace how long running requests may take once a stop was asked for
   * @throws ServiceException if the address or the TLS files cannot be used
   */
  public HttpServer(HttpOptions options, HttpServices services, Duration grace) {
    this.options = options;
    this.middleware = new Middleware(routes(services), options, services.metrics());
    HostPort hostPort = HostPort.parse(options.addr());
    this.address = resolve(hostPort.host());
    this.port = hostPort.port();
    Optional<Tls> tls = PemTls.of(options.tls());
    this.server =
        WebServer.builder()
            .address(address)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(grace)
            .update(builder -> tls.ifPresent(builder::tls))
            .routing(routing -> routing.any(this::answer))
            .build();
  }

  private static Routes routes(HttpServices services) {
    Routes.Builder routes = Routes.builder();
    new CommonRoutes(services).addTo(routes);
    new AdminRoutes(services.admin()).addTo(routes);
    new SequenceRoutes(services.admin()).addTo(routes);
    new ProcedureRoutes(services.procedures(), services.admin()).addTo(routes);
    new CatalogueRoutes(services.catalogue()).addTo(routes);
    new DebugRoutes(services.logLevels()).addTo(routes);
    return routes.build();
  }

  private InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ServiceException(
          StatusCode.INVALID_ARGUMENTS,
          "HTTP server cannot listen on " + options.addr() + ": unknown host; check http.addr",
          e);
    }
  }

  /**
   * Binds the port.
   *
   * @throws ServiceException if it is taken
   */
  public void start() {
    tryAddress();
    server.start();
    if (!server.isRunning()) {
      throw cannotListen(
          "the web server did not start; its reason is in the log", Optional.empty());
    }
    LOG.info("HTTP server listens on {}", options.addr());
  }

  /** Helidon only logs why it could not bind, so the reason is asked for beforehand. */
  private void tryAddress() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw cannotListen(String.valueOf(e.getMessage()), Optional.of(e));
    }
  }

  private ServiceException cannotListen(String why, Optional<IOException> cause) {
    String message =
        "HTTP server cannot listen on %s: %s; free the port or set http.addr"
            .formatted(options.addr(), why);
    return cause
        .map(e -> new ServiceException(StatusCode.ILLEGAL_STATE, message, e))
        .orElseGet(() -> ServiceException.illegalState(message));
  }

  /** The port bound, also where port 0 was asked for. */
  public int port() {
    return server.port();
  }

  /** Closes the port. */
  public void stop() {
    server.stop();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Optional<byte[]> body = body(request);
    Response answer =
        body.isPresent()
            ? middleware.answer(read(request, body.get()))
            : Response.text(413, "The body is larger than http.body_limit " + options.bodyLimit());
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (request.prologue().method().text().equals("HEAD")) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
      response.send();
    } else {
      response.send(answer.body());
    }
  }

  /** Empty if it is too large. */
  private Optional<byte[]> body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    // Routes take small bodies only; the limit guards the memory.
    int most =
        options.bodyLimit().isZero() ? Integer.MAX_VALUE - 8 : options.bodyLimit().toIntSaturated();
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(most);
      return in.read() >= 0 ? Optional.empty() : Optional.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the body of a request could not be read", e);
    }
  }

  private static Request read(ServerRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.get()));
    return new Request(
        request.prologue().method().text().toUpperCase(Locale.ROOT),
        request.path().rawPath(),
        request.query().rawValue(),
        headers,
        body);
  }
}
