package io.metasrv.bootstrap.e2e;

import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientOptions;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import io.metasrv.testkit.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A metasrv in a JVM of its own, on two ports that it keeps over restarts, with a bounded heap and
 * its data and output in one directory. Used by one thread at a time.
 */
final class MetasrvProcess implements AutoCloseable {

  static final Duration START_TIME = Duration.ofSeconds(60);

  private static final String HOST = "127.0.0.1:";
  private static final Duration ANSWER_TIME = Duration.ofSeconds(2);
  private static final Duration CLIENT_TIME = Duration.ofSeconds(60);
  private static final long CLIENT_NODE = 9;

  private static final int LAST_LINES = 60;

  private final Path directory;
  private final List<String> flags;
  private final String grpc;
  private final String http;
  private final HttpClient client = HttpClient.newHttpClient();
  private ServerProcess process;

  private MetasrvProcess(Path directory, List<String> flags) {
    List<Integer> ports = Ports.free(2);
    this.directory = directory;
    this.flags = flags;
    this.grpc = HOST + ports.get(0);
    this.http = HOST + ports.get(1);
    this.process = launch();
  }

  /** Starts one; returns at once. More flags may name a store; without any it is the embedded. */
  static MetasrvProcess start(Path directory, String... flags) {
    return new MetasrvProcess(directory, List.of(flags));
  }

  /** Starts one on that store; returns at once. */
  static MetasrvProcess on(BackendUnderTest backend, Path directory) {
    List<String> flags = new ArrayList<>(backend.flags());
    if (!backend.toml().isEmpty()) {
      Path file = directory.resolve("metasrv.toml");
      try {
        Files.writeString(file, backend.toml());
      } catch (IOException e) {
        throw new UncheckedIOException("no configuration for a metasrv on " + backend.name(), e);
      }
      flags.addAll(List.of("-c", file.toString()));
    }
    return new MetasrvProcess(directory, flags);
  }

  private ServerProcess launch() {
    List<String> args =
        new ArrayList<>(List.of("--http-addr", http, "--grpc-bind-addr", grpc, "--data-home"));
    args.add(directory.resolve("data").toString());
    args.addAll(flags);
    return ServerProcess.start("metasrv " + grpc, outputFile(), command(args));
  }

  /** The command line of {@code metasrv start} with a small heap. */
  static List<String> command(List<String> startFlags) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-XX:MaxDirectMemorySize=192m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.metasrv.bootstrap.Main",
                "metasrv",
                "start"));
    command.addAll(startFlags);
    return command;
  }

  /** Starts it again where it was, after its end; returns at once. */
  void restart() {
    process = launch();
  }

  String grpc() {
    return grpc;
  }

  String http() {
    return http;
  }

  Path directory() {
    return directory;
  }

  ServerProcess process() {
    return process;
  }

  /** Everything it has printed. */
  String output() {
    try {
      return Files.readString(outputFile());
    } catch (IOException e) {
      throw new UncheckedIOException("no output of metasrv " + grpc, e);
    }
  }

  /** What it says of itself now, and what it printed last: for a failed test. */
  String lastWords() {
    String ready;
    try {
      ready = send("GET", "/readyz").toString();
    } catch (IOException e) {
      ready = e.toString();
    }
    List<String> lines = output().lines().toList();
    return "metasrv %s: %s%n%s"
        .formatted(
            grpc,
            ready,
            String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
  }

  private Path outputFile() {
    return directory.resolve("output");
  }

  /** Waits until it does its part, as leader or follower. */
  void awaitReady() {
    try {
      Eventually.holds(
          "metasrv " + grpc + " is ready", START_TIME, () -> send("GET", "/readyz").status == 200);
    } catch (AssertionError notReady) {
      throw new AssertionError(notReady.getMessage() + "; its output:\n" + output(), notReady);
    }
  }

  /** A client that asks this one alone, and is patient: machines that build are slow. */
  MetaClient client() {
    return MetaClient.open(
        MetaClientOptions.datanode(List.of(grpc), CLIENT_NODE)
            .withTimeouts(CLIENT_TIME, CLIENT_TIME));
  }

  /** Whether it says now that it leads; no, if it says nothing. */
  boolean leads() {
    return says("leader");
  }

  /** Whether it says now that it follows and is ready to. */
  boolean follows() {
    return says("follower");
  }

  private boolean says(String role) {
    try {
      Answer answer = send("GET", "/readyz");
      return answer.status == 200 && answer.body.contains("\"role\":\"" + role + "\"");
    } catch (IOException silent) {
      return false;
    }
  }

  /** An answer of the HTTP port. */
  record Answer(int status, String body) {}

  /** Asks the HTTP port; an answer that does not come in two seconds is an exception. */
  Answer send(String method, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + http + path))
            .method(method, BodyPublishers.noBody())
            .timeout(ANSWER_TIME)
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + http, e);
    }
  }

  @Override
  public void close() {
    process.kill();
    client.close();
  }
}
