package io.metasrv.adapters.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.options.KafkaWalOptions.Sasl;
import io.metasrv.application.options.KafkaWalOptions.SaslType;
import io.metasrv.application.options.Secret;
import io.metasrv.domain.error.WalException;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaWalTopicsTest {

  @TempDir static Path directory;

  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = KafkaBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaWalTopics topics() {
    return topics(broker.open(), Optional.empty(), Duration.ofSeconds(10));
  }

  private static KafkaWalTopics topics(String address, Optional<Sasl> sasl, Duration timeout) {
    return new KafkaWalTopics(
        new KafkaWalOptions(
            List.of(address),
            Duration.ofSeconds(3),
            timeout,
            sasl,
            Optional.empty(),
            true,
            64,
            1,
            1,
            Duration.ofSeconds(20),
            "t",
            Duration.ZERO,
            false,
            10,
            ByteSize.mebibytes(512),
            ByteSize.mebibytes(128)));
  }

  private static Optional<Sasl> login(String password) {
    return Optional.of(new Sasl(SaslType.PLAIN, KafkaBroker.USER, new Secret(password)));
  }

  @Test
  @DisplayName("sheet 08 §2: a pool is made once, and each topic gets one first record")
  void givenNewTopics_whenMadeTwice_thenTheyExistOnceWithOneRecordEach()
      throws InterruptedException {
    List<String> pool = List.of("pool_0", "pool_1");
    try (KafkaWalTopics topics = topics()) {
      topics.create(pool);
      topics.appendFirst(pool);
      topics.create(List.of("pool_1", "pool_2"));
      topics.appendFirst(List.of("pool_0", "pool_1", "pool_2"));

      assertThat(topics.latestOffsets(List.of("pool_0", "pool_1", "pool_2", "never_made")))
          .isEqualTo(Map.of("pool_0", 1L, "pool_1", 1L, "pool_2", 1L));
    }
  }

  @Test
  void givenRecords_whenDeletedUpToTheEnd_thenTheEndStays() throws InterruptedException {
    try (KafkaWalTopics topics = topics()) {
      topics.create(List.of("pruned"));
      topics.appendFirst(List.of("pruned"));

      topics.deleteRecordsBefore("pruned", 1);
      assertThat(topics.latestOffsets(List.of("pruned"))).isEqualTo(Map.of("pruned", 1L));
      assertThatThrownBy(() -> topics.deleteRecordsBefore("pruned", 100))
          .isInstanceOfSatisfying(
              WalException.class,
              refused -> {
                assertThat(refused.isRetryable()).isFalse();
                assertThat(refused)
                    .hasMessageContaining("the topic pruned before 100")
                    .hasMessageContaining(broker.open());
              });
    }
  }

  @Test
  void givenAUserAndAPasswordThatIsHardToQuote_thenItLogsIn_andAWrongOneIsRefusedWithoutNamingIt()
      throws InterruptedException {
    try (KafkaWalTopics topics =
        topics(broker.guarded(), login(KafkaBroker.PASSWORD), Duration.ofSeconds(10))) {
      topics.create(List.of("guarded"));
      assertThat(topics.latestOffsets(List.of("guarded"))).containsKey("guarded");
    }
    try (KafkaWalTopics topics =
        topics(broker.guarded(), login("wrong-password"), Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> topics.create(List.of("refused")))
          .isInstanceOf(WalException.class)
          .hasMessageContaining("create the topic refused")
          .hasMessageNotContaining("wrong-password");
    }
  }

  @Test
  void givenNoBroker_thenTheErrorNamesItAndSaysThatItMayWorkLater() {
    String nobody = "127.0.0.1:" + Ports.free(1).getFirst();
    try (KafkaWalTopics topics = topics(nobody, Optional.empty(), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> topics.latestOffsets(List.of("t")))
          .isInstanceOfSatisfying(
              WalException.class,
              failed -> {
                assertThat(failed.isRetryable()).isTrue();
                assertThat(failed).hasMessageContaining(nobody);
              });
    }
  }

  @Test
  void givenABrokerThatIsKilledAndStartedAgain_thenTheSameClientGoesOn()
      throws InterruptedException {
    try (KafkaWalTopics topics = topics()) {
      topics.create(List.of("kept"));
      topics.appendFirst(List.of("kept"));

      broker.kill();
      broker.restart();

      Eventually.holds(
          "the topic is there again",
          Duration.ofSeconds(30),
          () -> topics.latestOffsets(List.of("kept")).equals(Map.of("kept", 1L)));
    }
  }
}
