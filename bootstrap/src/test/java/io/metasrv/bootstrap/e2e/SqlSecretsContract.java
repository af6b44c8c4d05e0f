package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Previous;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.config.EffectiveConfig;
import io.metasrv.bootstrap.server.OpenStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every awkward password, in every form of address, against a real server: it works, and neither
 * success nor failure shows any part of it in the log (of every logger, down to traces), in errors,
 * thread names, names of JMX beans, or the configuration that is shown.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
abstract class SqlSecretsContract {

  private static final Bytes KEY = Bytes.utf8("key");

  @TempDir Path directory;

  private @Nullable DatabaseAccounts running;

  /** Starts a server with a user. */
  abstract DatabaseAccounts accounts() throws Exception;

  @BeforeAll
  final void start() throws Exception {
    running = accounts();
  }

  @AfterAll
  final void stop() {
    DatabaseAccounts open = running;
    if (open != null) {
      open.close();
    }
  }

  private DatabaseAccounts database() {
    return Objects.requireNonNull(running, "no test is running");
  }

  private EffectiveConfig config(String address) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("metasrv.toml"),
            "backend = \"%s\"%nstore_addrs = [%s]%n"
                .formatted(database().backend(), AwkwardPasswords.inToml(address)));
    return ConfigLoader.load(ConfigSources.none().withFile(file));
  }

  @Test
  void everyAwkwardPasswordWorksInEveryFormAndNobodySeesIt() throws Exception {
    for (String password : AwkwardPasswords.all()) {
      database().setPassword(password);
      for (UnaryOperator<String> form : database().forms()) {
        String address = form.apply(password);
        try (Onlooker onlooker = new Onlooker()) {
          MetasrvOptions options = config(address).options();
          try (OpenStore open = OpenStore.open(options)) {
            open.store().put(KEY, Bytes.utf8("value"), Previous.DISCARD);
            assertThat(open.election().leader()).as(address).isEmpty();
            onlooker.assertSeesNoSecret(address);
          }
          Onlooker.assertNoSecret(address, options.toString());
          onlooker.assertSeesNoSecret(address);
        }
      }
    }
  }

  @Test
  void aWrongPasswordAndAServerThatIsGoneAreReportedWithoutThePassword() throws Exception {
    database().setPassword("another");
    int nobody = Ports.free(1).getFirst();
    for (String password : AwkwardPasswords.all()) {
      for (UnaryOperator<String> form : database().forms()) {
        assertFailsQuietly(form.apply(password));
      }
      assertFailsQuietly(database().url(AwkwardPasswords.encoded(password), nobody));
    }
  }

  private void assertFailsQuietly(String address) throws Exception {
    try (Onlooker onlooker = new Onlooker()) {
      MetasrvOptions options = config(address).options();
      Throwable failure = catchThrowable(() -> OpenStore.open(options).close());

      assertThat(failure).as(address).isInstanceOf(StoreException.Unavailable.class);
      Onlooker.assertNoSecret(address, stackOf(failure));
      Onlooker.assertNoSecret(address, onlooker.sees().toString());
    }
  }

  /** A password that was not escaped breaks the address apart; its parts are shown nowhere. */
  @Test
  void anAddressThatCannotBeReadIsReportedWithoutThePassword() throws Exception {
    database().setPassword("another");
    for (String password : AwkwardPasswords.all()) {
      String address = database().url(password, database().server().port());
      try (Onlooker onlooker = new Onlooker()) {
        MetasrvOptions options = config(address).options();
        Throwable failure = catchThrowable(() -> OpenStore.open(options).close());

        // Some of them can be read as they stand, and are another password.
        assertThat(failure).as(address).isNotNull();
        Onlooker.assertNoSecret(address, stackOf(failure));
        Onlooker.assertNoSecret(address, onlooker.sees().toString());
      }
    }
  }

  @Test
  void theConfigurationShownHidesEveryForm() throws Exception {
    for (String password : AwkwardPasswords.all()) {
      for (UnaryOperator<String> form : database().forms()) {
        Onlooker.assertNoSecret(form.apply(password), config(form.apply(password)).toToml());
      }
      String raw = database().url(password, database().server().port());
      Onlooker.assertNoSecret(raw, config(raw).toToml());
    }
  }

  private static String stackOf(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
