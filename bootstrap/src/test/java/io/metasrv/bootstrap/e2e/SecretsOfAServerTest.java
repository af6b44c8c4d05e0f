package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.Eventually;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole metasrv whose database has the worst of passwords: it runs, loses its database, runs on,
 * and everything it says to anybody meanwhile is without the password.
 */
@Timeout(300)
final class SecretsOfAServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void onMySql() throws Exception {
    try (DatabaseAccounts accounts = DatabaseAccounts.mySql()) {
      liveAndLook(accounts, accounts.forms().getFirst());
    }
  }

  @Test
  void onPostgresByUrl() throws Exception {
    try (DatabaseAccounts accounts = DatabaseAccounts.postgres()) {
      liveAndLook(accounts, accounts.forms().getFirst());
    }
  }

  @Test
  void onPostgresByKeywords() throws Exception {
    try (DatabaseAccounts accounts = DatabaseAccounts.postgres()) {
      liveAndLook(accounts, accounts.forms().getLast());
    }
  }

  private void liveAndLook(DatabaseAccounts accounts, UnaryOperator<String> form) throws Exception {
    accounts.setPassword(AwkwardPasswords.WORST);
    String toml =
        "backend = \"%s\"%nstore_addrs = [%s]%n"
            .formatted(
                accounts.backend(), AwkwardPasswords.inToml(form.apply(AwkwardPasswords.WORST)));
    Path logs = directory.resolve("logs");
    BackendUnderTest backend =
        new BackendUnderTest(
            accounts.backend(),
            List.of("--log-level", "debug,com.zaxxer=trace", "--log-dir", logs.toString()),
            toml,
            new BackendUnderTest.Faults(accounts.server()::kill, accounts.server()::restart),
            accounts);
    try (MetasrvProcess server = MetasrvProcess.on(backend, directory)) {
      server.awaitReady();
      look(server);
      backend.faults().kill().run();
      Eventually.holds("it says so", PATIENCE, () -> !server.leads());
      look(server);
      backend.faults().restart().run();
      Eventually.holds("it leads again", PATIENCE, server::leads);
      look(server);
      try (MetaClient client = server.client()) {
        client.store().put(Bytes.utf8("key"), Bytes.utf8("value"));
      }
      accounts.setPassword("another");
      backend.faults().kill().run();
      backend.faults().restart().run();
      Eventually.holds("it is locked out", PATIENCE, () -> !server.leads());
      look(server);
      server.process().terminate();
      assertThat(server.process().exitCode()).isZero();
      Onlooker.assertNoSecret("the output", server.output());
      for (Path log : listed(logs)) {
        Onlooker.assertNoSecret(log.toString(), Files.readString(log));
      }
    }
  }

  private static List<Path> listed(Path logs) throws IOException {
    try (var files = Files.list(logs)) {
      List<Path> all = files.toList();
      assertThat(all).isNotEmpty();
      return all;
    }
  }

  /** What it says; without its database it may take longer to say whether it is ready. */
  private static String page(MetasrvProcess server, String path) throws IOException {
    try {
      return server.send("GET", path).body();
    } catch (HttpTimeoutException silent) {
      assertThat(path).isEqualTo("/readyz");
      return "";
    }
  }

  /** At every page, and at every thread's name. */
  private static void look(MetasrvProcess server) throws Exception {
    for (String path : List.of("/config", "/metrics", "/status", "/readyz", "/health", "/")) {
      Onlooker.assertNoSecret(path, page(server, path));
    }
    assertThat(server.send("GET", "/config").body()).contains("******");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.process().pid()),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String threads = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(threads).isZero();
    Onlooker.assertNoSecret("the threads", threads);
  }
}
