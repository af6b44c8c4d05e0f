package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.metasrv.application.options.Secret;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.ZooKeeperOptions.Auth;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Passwords show nowhere: not in the log of any logger down to traces, nor in errors. */
@Timeout(120)
final class SecretsTest {

  /** Each holds both marks, so that a leak of a part is noticed as well. */
  private static final List<String> PASSWORDS =
      List.of("Q7xQ:W3zW", "Q7xQ\"'\\ W3zW", "Q7xQ%41#/@W3zW", "Q7xQüW3zW");

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final AppenderBase<ILoggingEvent> onlooker =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getThreadName() + " " + event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        }
      };

  @BeforeEach
  void listen() {
    onlooker.start();
    root.addAppender(onlooker);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    root.setLevel(before);
    root.detachAppender(onlooker);
  }

  private static StoreOptions options(String address, Auth auth, String password) {
    StoreOptions plain =
        ZooKeepers.options(
            // Not beneath a common parent, which would belong to whoever logged in first.
            ZooKeepers.freshRoot().replace("/tests/", "/"),
            Duration.ofSeconds(6),
            Duration.ofSeconds(5),
            address);
    return plain.withZooKeeper(plain.zookeeper().withLogin(auth, "metasrv", new Secret(password)));
  }

  @Test
  void givenAnyPasswordThenNeitherSuccessNorFailureShowsIt() throws Exception {
    try (InProcessZooKeeper server = InProcessZooKeeper.start()) {
      for (String password : PASSWORDS) {
        StoreOptions right = options(server.address(), Auth.DIGEST, password);
        use(right);
        fail(
            right.withZooKeeper(
                right.zookeeper().withLogin(Auth.DIGEST, "metasrv", new Secret(password + "!"))));
        fail(options(server.address(), Auth.SASL, password));
      }
    }
    fail(options("127.0.0.1:1", Auth.DIGEST, PASSWORDS.getLast()));

    assertThat(said).hasSizeGreaterThan(100);
    for (String mark : List.of("Q7xQ", "W3zW")) {
      String inHex = HexFormat.of().formatHex(mark.getBytes(UTF_8));
      assertThat(said)
          .noneMatch(
              line ->
                  line.contains(mark) || line.toLowerCase(java.util.Locale.ROOT).contains(inHex));
    }
  }

  private static void use(StoreOptions options) {
    try (ZooKeeperConnection connection = ZooKeeperConnection.open(options)) {
      connection.awaitReady();
      new ZooKeeperStore(connection, 128).put(Bytes.utf8("k"), Bytes.utf8("v"), Previous.DISCARD);
    }
  }

  private void fail(StoreOptions options) {
    Throwable failure = catchThrowable(() -> use(options));
    assertThat(failure).isNotNull();
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack, true));
    said.add(stack.toString());
    said.add(options.toString());
  }
}
