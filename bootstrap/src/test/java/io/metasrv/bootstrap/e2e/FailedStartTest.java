package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts that cannot succeed, as processes of their own (docs/bad-input.md): one line on standard
 * error, exit code 1. They are pointed at a store with content, which is whole afterwards, and some
 * meet a server that runs, which goes on.
 */
@Timeout(180)
class FailedStartTest {

  private static final Bytes KEY = Bytes.utf8("kept");

  @TempDir private static Path directory;
  private static MetasrvProcess running;
  private static MetasrvProcess resting;

  @BeforeAll
  static void start() throws IOException {
    running = MetasrvProcess.start(Files.createDirectory(directory.resolve("running")));
    resting = MetasrvProcess.start(Files.createDirectory(directory.resolve("resting")));
    for (MetasrvProcess server : List.of(running, resting)) {
      server.awaitReady();
      try (MetaClient client = server.client()) {
        client.store().put(KEY, Bytes.utf8(server.grpc()));
      }
    }
    resting.process().terminate();
    assertThat(resting.process().exitCode()).isZero();
  }

  @AfterAll
  static void stop() {
    running.close();
    resting.close();
  }

  @TestFactory
  Stream<DynamicTest> startsThatFail() throws IOException {
    Path missing = directory.resolve("missing.pem");
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
    return Stream.of(
        onResting(
            "an unknown key",
            List.of("-c", toml("http.adr = \"127.0.0.1:1\"")),
            "unknown key http.adr",
            "did you mean http.addr?"),
        onResting(
            "the HTTP port is in use",
            List.of("--http-addr", running.http()),
            "HTTP server cannot listen on " + running.http(),
            "http.addr"),
        onResting(
            "the gRPC port is in use",
            List.of("--grpc-bind-addr", running.grpc()),
            "could not listen for gRPC on " + running.grpc(),
            "in use",
            "grpc.bind_addr"),
        onResting(
            "the kernel takes no data directory there, not even from root",
            List.of("-c", toml("embedded.data_dir = \"/proc/metasrv\"")),
            "/proc/metasrv",
            "correct that or name another one"),
        DynamicTest.dynamicTest(
            "another server holds the data directory",
            () ->
                start(running, List.of())
                    .saysOnly(store(running), "in use by process", "stop that one")),
        DynamicTest.dynamicTest("the data directory is mounted read-only", this::onReadOnlyMount),
        onResting(
            "the certificate of the gRPC port is missing",
            List.of("-c", tls("grpc", missing)),
            "could not read " + missing,
            "check grpc.tls"),
        onResting(
            "the certificate of the gRPC port is none",
            List.of("-c", tls("grpc", nonsense)),
            "could not set up TLS for the gRPC port with certificate " + nonsense,
            "grpc.tls.cert_path"),
        onResting(
            "the certificate of the HTTP port is missing",
            List.of("-c", tls("http", missing)),
            "TLS of the HTTP port cannot be set up",
            "http.tls.cert_path (" + missing),
        onResting(
            "the certificate of the HTTP port is none",
            List.of("-c", tls("http", nonsense)),
            "TLS of the HTTP port cannot be set up",
            "http.tls.cert_path (" + nonsense),
        DynamicTest.dynamicTest(
            "and after all of that both stores have what they had", this::bothStoresAreWhole));
  }

  private static DynamicTest onResting(String name, List<String> flags, String... says) {
    return DynamicTest.dynamicTest(name, () -> start(resting, flags).saysOnly(says));
  }

  private static FailedStart start(MetasrvProcess where, List<String> flags) throws Exception {
    return FailedStart.of(workspace(), where.directory().resolve("data"), flags);
  }

  private void onReadOnlyMount() throws Exception {
    Path store = Path.of(store(resting));
    Assumptions.assumeTrue(
        FailedStart.canMount(store),
        "THE START ON A READ-ONLY MOUNT DID NOT RUN: this machine lets tests mount nothing");
    FailedStart.withReadOnly(workspace(), store, resting.directory().resolve("data"), List.of())
        .saysOnly(store.toString(), "Read-only file system", "on a writable disk");
  }

  private void bothStoresAreWhole() {
    resting.restart();
    for (MetasrvProcess server : List.of(running, resting)) {
      server.awaitReady();
      try (MetaClient client = server.client()) {
        assertThat(client.store().get(KEY)).contains(Bytes.utf8(server.grpc()));
      }
    }
  }

  private static String store(MetasrvProcess server) {
    return server.directory().resolve("data/metasrv/store").toString();
  }

  private static Path workspace() throws IOException {
    return Files.createTempDirectory(directory, "start-");
  }

  private static String toml(String text) throws IOException {
    return Files.writeString(workspace().resolve("m.toml"), text).toString();
  }

  private static String tls(String section, Path certificate) throws IOException {
    return toml(
        """
        [%s.tls]
        mode = "require"
        cert_path = "%s"
        key_path = "%s"
        """
            .formatted(section, certificate, certificate));
  }
}
