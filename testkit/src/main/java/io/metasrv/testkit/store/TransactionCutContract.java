package io.metasrv.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy.Verdict;
import io.metasrv.testkit.store.FaultyCalls.Outcome;
import io.metasrv.testkit.store.FaultyCalls.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The connection is cut at every point of every kind of write, before and after each thing said to
 * the server: what the caller is told is compared with what is in the store.
 */
@Timeout(300)
public abstract class TransactionCutContract {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** More than any write says to a server, and some that hit another connection. */
  private static final int MOST_ATTEMPTS = 60;

  /** Makes an empty store, reached through a good network. */
  protected abstract StoreFaultFixture newFixture() throws Exception;

  /**
   * Whether the store repeats whatever it asks before the request that counts, so that a cut there
   * does not make it give up.
   */
  protected boolean readsAgain() {
    return false;
  }

  @Test
  void aWriteTellsTheTruthWhereverItsConnectionIsCut() throws Exception {
    try (StoreFaultFixture fixture = newFixture()) {
      for (Write write : Write.values()) {
        List<Outcome> told = new ArrayList<>();
        for (Verdict cut : List.of(Verdict.CUT_BEFORE, Verdict.CUT_AFTER)) {
          Attempt last;
          int point = 0;
          int again = 0;
          int attempts = 0;
          do {
            assertThat(attempts++).as("attempts to cut a %s", write).isLessThan(MOST_ATTEMPTS);
            last = cutAt(fixture, write, point, cut);
            told.add(last.outcome());
            // A cut and yet done: it hit a connection the pool was opening beside the write's, or
            // what is said after the commit was acknowledged.
            again = last.outcome() == Outcome.DONE ? again + 1 : 0;
            point += again % 3 == 0 ? 1 : 0;
          } while (last.wasCut());
        }
        assertThat(told)
            .as("what %s said, cut here and there", write)
            .contains(Outcome.UNKNOWN, Outcome.DONE);
        assertThat(told.contains(Outcome.UNAVAILABLE) || readsAgain())
            .as("%s was ever denied", write)
            .isTrue();
      }
    }
  }

  private record Attempt(Outcome outcome, boolean wasCut) {}

  private static Attempt cutAt(StoreFaultFixture fixture, Write write, int point, Verdict cut)
      throws InterruptedException {
    Eventually.holds(
        "the store writes",
        LONGEST,
        () -> {
          fixture.store().put(Bytes.utf8("works"), Bytes.utf8("v"), Previous.DISCARD);
          return true;
        });
    write.prepare(fixture.direct());
    AtomicInteger requests = new AtomicInteger();
    fixture.proxy().intercept(data -> requests.getAndIncrement() == point ? cut : Verdict.PASS);

    Outcome outcome = new FaultyCalls(fixture, LONGEST).start(write).outcome();

    fixture.proxy().restore();
    boolean done = write.isDone(fixture.direct());
    switch (outcome) {
      case DONE -> assertThat(done).as("%s cut at %d was acknowledged", write, point).isTrue();
      case UNAVAILABLE -> assertThat(done).as("%s cut at %d was denied", write, point).isFalse();
      case UNKNOWN -> write.prepare(fixture.direct());
    }
    return new Attempt(outcome, requests.get() > point);
  }
}
