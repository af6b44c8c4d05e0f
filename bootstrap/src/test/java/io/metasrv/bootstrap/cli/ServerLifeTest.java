package io.metasrv.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: from the command line to its exit code. */
class ServerLifeTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    client.close();
  }

  @Test
  @DisplayName(
      "sheet 09 case 30: SIGTERM closes both ports and ends with 0, a second signal changes"
          + " nothing")
  void anOrderlyStop() throws Exception {
    int http = freePort();
    int grpc = freePort();
    Process process = start(http, grpc, "--backend", "memory-store");
    awaitReady(http);
    process.destroy();
    process.destroy();
    assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThatThrownBy(() -> get(http, "/health")).isInstanceOf(ConnectException.class);
    assertThat(Files.readString(directory.resolve("out"))).contains("has stopped");
  }

  @Test
  @DisplayName(
      "sheet 09 cases 4 and 14, over a restart: what was switched on the embedded store stays"
          + " switched")
  void theEmbeddedStoreKeepsWhatItWasTold() throws Exception {
    int http = freePort();
    int grpc = freePort();
    Process first = start(http, grpc);
    awaitReady(http);
    assertThat(get(http, "/admin/leader")).isEqualTo("election info is None");
    assertThat(get(http, "/admin/sequence/table/next-id")).isEqualTo("{\"next_table_id\":1024}");
    assertThat(post(http, "/admin/maintenance/enable")).isEqualTo("{\"enabled\":true}");
    first.destroyForcibly().waitFor();

    start(http, grpc);
    awaitReady(http);
    assertThat(get(http, "/admin/maintenance")).isEqualTo("{\"enabled\":true}");
    assertThat(get(http, "/metrics"))
        .contains("greptime_app_version{")
        .contains("app=\"greptime-metasrv\"");
    assertThat(get(http, "/config"))
        .contains("backend = \"embedded_store\"")
        .contains("selector = \"RoundRobin\"");
  }

  private Process start(int http, int grpc, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.metasrv.bootstrap.Main",
                "metasrv",
                "start",
                "--data-home",
                directory.resolve("data").toString(),
                "--http-addr",
                "127.0.0.1:" + http,
                "--grpc-bind-addr",
                "127.0.0.1:" + grpc));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private void awaitReady(int http) throws Exception {
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    String last = "nothing yet";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> answer =
            client.send(request(http, "/readyz").build(), BodyHandlers.ofString());
        last = answer.body();
        if (answer.statusCode() == 200) {
          return;
        }
      } catch (ConnectException e) {
        last = String.valueOf(e);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError(
        "not ready in time: " + last + "\n" + Files.readString(directory.resolve("out")));
  }

  private String get(int port, String path) throws IOException, InterruptedException {
    return client.send(request(port, path).build(), BodyHandlers.ofString()).body();
  }

  private String post(int port, String path) throws IOException, InterruptedException {
    return client
        .send(request(port, path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
        .body();
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
