package io.metasrv.application.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.options.WalOptions;
import io.metasrv.application.support.Brokers;
import io.metasrv.application.support.ManualRuntime;
import io.metasrv.application.support.RecordingMetrics;
import io.metasrv.application.support.WatchedEvents;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.leadership.LeaseWindow;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TermWalTopicsTest {

  private static final String ADDRESS = "127.0.0.1:3002";

  private final ManualRuntime runtime = new ManualRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final Brokers brokers = new Brokers();
  private final TermContext context =
      new TermContext(
          new Term(
              1,
              ADDRESS,
              store.openTerm(ADDRESS),
              LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), Duration.ofDays(365)),
              runtime),
          store,
          store,
          runtime,
          new RecordingMetrics(),
          new WatchedEvents(),
          ADDRESS);

  private WalTopicTerms terms(WalOptions.Provider provider) {
    return new WalTopicTerms(new WalOptions(provider, KafkaWalOptions.defaults()), brokers);
  }

  @Test
  void givenBrokers_whenATermBegins_thenItsTopicsAreThere() throws InterruptedException {
    WalTopicTerms terms = terms(WalOptions.Provider.KAFKA);

    terms.create(context).start();

    assertThat(terms.of(context).get()).startsWith("greptimedb_wal_topic_");
    assertThat(brokers.created()).hasSize(64);
    assertThat(store.get(Bytes.utf8("__topic_name/kafka/greptimedb_wal_topic_63")))
        .map(Bytes::toUtf8)
        .contains("{\"pruned_entry_id\":0}");
  }

  @Test
  void givenBrokersThatAreAway_thenTheTermGoesOnAndTheTopicsComeOnceTheyAreBack()
      throws InterruptedException {
    brokers.awayFor(2);
    WalTopicTerms terms = terms(WalOptions.Provider.KAFKA);

    terms.create(context).start();

    assertThatThrownBy(() -> terms.of(context).get())
        .isInstanceOfSatisfying(
            ServiceException.class,
            none -> {
              assertThat(none.code()).isEqualTo(StatusCode.UNEXPECTED);
              assertThat(none)
                  .hasMessageStartingWith("The topic pool is empty")
                  .hasMessageContaining("no broker answers");
            });
    Optional<String> topic = Optional.empty();
    while (topic.isEmpty()) {
      runtime.advance(Duration.ofMinutes(1));
      topic = next(terms);
    }
    assertThat(topic.get()).startsWith("greptimedb_wal_topic_");
  }

  private Optional<String> next(WalTopicTerms terms) {
    try {
      return Optional.of(terms.of(context).get());
    } catch (ServiceException notYet) {
      Thread.onSpinWait();
      return Optional.empty();
    }
  }

  @Test
  void givenALocalLog_thenNoBrokerIsAsked() throws InterruptedException {
    WalTopicTerms terms = terms(WalOptions.Provider.RAFT_ENGINE);

    terms.create(context).start();

    assertThat(brokers.created()).isEmpty();
    assertThat(store.get(Bytes.utf8("__topic_name/kafka/greptimedb_wal_topic_0"))).isEmpty();
  }
}
