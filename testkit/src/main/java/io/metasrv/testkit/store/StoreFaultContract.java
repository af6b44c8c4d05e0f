package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.history.RegisterHistory;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy.Direction;
import io.metasrv.testkit.store.FaultyCalls.Outcome;
import io.metasrv.testkit.store.FaultyCalls.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a store on a real server must say when the network or the server fails: a read that fails is
 * {@code Unavailable}; a write that fails is {@code Unavailable} only if certainly nothing
 * happened, else {@code UnknownOutcome}; every call ends in bounded time; and when the fault is
 * over the store works again without being made anew. What was said is compared with what is in the
 * store.
 *
 * <p>A backend is held to it by a subclass that makes a {@link StoreFaultFixture} on an empty
 * store; it is closed after each test.
 */
@Timeout(180)
public abstract class StoreFaultContract {

  /** On top of the store's own limit: scheduling on a busy machine. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private @Nullable StoreFaultFixture fixture;

  /** Makes an empty store, reached through a good network, for the next test. */
  protected abstract StoreFaultFixture newFixture() throws Exception;

  @BeforeEach
  final void openFixture() throws Exception {
    fixture = newFixture();
    given("old", "value");
    assertThat(store().get(bytes("old"))).as("before the fault").contains(bytes("value"));
  }

  @AfterEach
  final void closeFixture() throws Exception {
    StoreFaultFixture open = fixture;
    fixture = null;
    if (open != null) {
      open.close();
    }
  }

  private StoreFaultFixture fixture() {
    StoreFaultFixture open = fixture;
    if (open == null) {
      throw new IllegalStateException("no test is running");
    }
    return open;
  }

  private KeyValueStore store() {
    return fixture().store();
  }

  private void given(String key, String value) {
    fixture().direct().put(bytes(key), bytes(value), Previous.DISCARD);
  }

  private FaultyCalls calls() {
    return new FaultyCalls(fixture(), fixture().callTimeout().plus(MARGIN));
  }

  private void assertWorksAgain() {
    Eventually.holds(
        "the store reads and writes again",
        RECOVERY,
        () -> {
          store().put(bytes("again"), bytes("v"), Previous.DISCARD);
          return store().get(bytes("again")).isPresent()
              && store().range(KeyRange.prefix(bytes("old")), RangeOptions.ALL).kvs().size() == 1;
        });
  }

  @Test
  void whenTheServerCannotBeReachedReadsAreUnavailableAndWritesTellTheTruth()
      throws InterruptedException {
    fixture().proxy().cut();

    calls().assertReadsAreUnavailable();
    for (Write write : Write.values()) {
      calls().assertTellsTheTruth(write);
    }

    fixture().proxy().restore();
    assertWorksAgain();
  }

  @Test
  void whenTheAnswerOfAWriteIsLostItsOutcomeIsUnknownAlthoughItTookEffect()
      throws InterruptedException {
    for (Write write : Write.values()) {
      write.prepare(fixture().direct());
      fixture().loseAnswersOfWrites();
      FaultyCalls.Running running = calls().start(write);
      Eventually.holds(write + " took effect", RECOVERY, () -> write.isDone(fixture().direct()));
      fixture().proxy().cutConnections();

      assertThat(running.outcome()).as("outcome of %s", write).isEqualTo(Outcome.UNKNOWN);

      fixture().proxy().restore();
      assertWorksAgain();
    }
  }

  @Test
  void whenTheAnswerNeverComesAWriteGivesUpInTimeAndIsUnknown() throws InterruptedException {
    Write.PUT.prepare(fixture().direct());
    fixture().loseAnswersOfWrites();

    assertThat(calls().start(Write.PUT).outcome()).isEqualTo(Outcome.UNKNOWN);

    fixture().proxy().restore();
    assertWorksAgain();
  }

  @Test
  void whenRequestsVanishOnAnOpenConnectionCallsEndInTimeAndTellTheTruth()
      throws InterruptedException {
    fixture().proxy().swallow(Direction.REQUESTS, Direction.RESPONSES);

    calls().assertReadsAreUnavailable();
    calls().assertTellsTheTruth(Write.PUT);
    calls().assertTellsTheTruth(Write.COMPARE_AND_PUT);

    fixture().proxy().restore();
    assertWorksAgain();
  }

  @Test
  void onASlowNetworkEverythingWorks() {
    fixture().proxy().delay(Duration.ofMillis(100));

    assertThat(store().get(bytes("old"))).contains(bytes("value"));
    for (Write write : Write.values()) {
      write.prepare(fixture().direct());
      write.run(store());
      assertThat(write.isDone(fixture().direct())).as("%s took effect", write).isTrue();
    }
  }

  @Test
  void whenTheServerStandsStillCallsEndInTimeAndTellTheTruth() throws InterruptedException {
    Write.PUT.prepare(fixture().direct());
    fixture().pauseServer();
    Outcome outcome;
    try {
      calls().assertReadsAreUnavailable();
      outcome = calls().start(Write.PUT).outcome();
      assertThat(outcome).isIn(Outcome.UNAVAILABLE, Outcome.UNKNOWN);
    } finally {
      fixture().resumeServer();
    }
    assertWorksAgain();
    if (outcome == Outcome.UNAVAILABLE) {
      assertThat(Write.PUT.isDone(fixture().direct())).as("certainly nothing").isFalse();
    }
  }

  @Test
  void whenTheServerDiesWhileManyWriteWhatWasPromisedIsThereAndWhatWasDeniedIsNot()
      throws InterruptedException {
    List<List<Outcome>> outcomes =
        ConcurrentClients.run(
            5,
            client -> {
              if (client == 4) {
                Eventually.holds(
                    "some writes are done",
                    RECOVERY,
                    () -> fixture().direct().get(bytes("w-0-00020")).isPresent());
                fixture().killServer();
                return List.of();
              }
              return writeUntilItFails("w-" + client + "-");
            });
    fixture().restartServer();
    assertWorksAgain();

    for (int client = 0; client < 4; client++) {
      List<Outcome> told = outcomes.get(client);
      assertThat(told.getLast()).as("the server died").isNotEqualTo(Outcome.DONE);
      for (int i = 0; i < told.size(); i++) {
        Bytes key = numbered("w-" + client + "-", i);
        Optional<Bytes> found = fixture().direct().get(key);
        switch (told.get(i)) {
          case DONE -> assertThat(found).as("%s was acknowledged", key).contains(key);
          case UNAVAILABLE -> assertThat(found).as("%s was denied", key).isEmpty();
          case UNKNOWN -> assertThat(found.orElse(key)).as("%s, if there", key).isEqualTo(key);
        }
      }
    }
  }

  /** Writes one numbered key after the other; ends two writes after the first failure. */
  private List<Outcome> writeUntilItFails(String prefix) {
    List<Outcome> told = new java.util.ArrayList<>();
    int failures = 0;
    for (int i = 0; failures < 3; i++) {
      Bytes key = numbered(prefix, i);
      Outcome outcome = FaultyCalls.outcomeOf(() -> store().put(key, key, Previous.DISCARD));
      told.add(outcome);
      failures += outcome == Outcome.DONE ? 0 : 1;
    }
    return told;
  }

  private static Bytes numbered(String prefix, int number) {
    return bytes("%s%05d".formatted(prefix, number));
  }

  @Test
  void whileConnectionsAreCutAgainAndAgainWhatClientsSeeIsLinearizable()
      throws InterruptedException {
    long seed = Seeds.fresh();
    for (int round = 0; round < 5; round++) {
      Bytes key = bytes("register-" + round);
      RegisterHistory history = new RegisterHistory();
      long roundSeed = seed + round;
      ConcurrentClients.run(
          5,
          client -> {
            RandomGenerator random = new SplittableRandom(roundSeed * 31 + client);
            for (int i = 0; i < 12; i++) {
              if (client == 4) {
                fixture().proxy().cutConnections();
                Thread.sleep(random.nextInt(1, 10));
              } else {
                String written = client + "-" + i;
                history.record(() -> RegisterClient.call(store(), key, written, random));
              }
            }
            return client;
          });
      assertThat(history.isLinearizable(Optional.empty()))
          .as("history of seed %d: %s", roundSeed, history.describe())
          .isTrue();
    }
    assertWorksAgain();
  }
}
