package io.metasrv.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.TcpProxy.Verdict;
import io.metasrv.testkit.store.FaultyCalls.Outcome;
import io.metasrv.testkit.store.FaultyCalls.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The connection is cut at every point of every kind of write, before and after each thing said to
 * the server: what the caller is told is compared with what is in the store.
 */
@Timeout(300)
public abstract class TransactionCutContract {

  static final Duration LONGEST = Duration.ofSeconds(20);

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

  /** The requests that any write consists of: begin, what is read or written, and commit. */
  protected int fewestRequests() {
    return 3;
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
          assertThat(point)
              .as("points at which %s was cut", write)
              .isGreaterThanOrEqualTo(fewestRequests());
        }
        assertThat(told)
            .as("what %s said, cut here and there", write)
            .contains(Outcome.DONE, readsAgain() ? Outcome.UNKNOWN : Outcome.UNAVAILABLE);
      }
    }
  }

  /** Counted on each connection alone, because a pool opens others meanwhile. */
  private static TcpProxy.RequestWatch cutting(int point, Verdict cut, AtomicBoolean wasCut) {
    AtomicInteger requests = new AtomicInteger();
    return data -> {
      boolean now = requests.getAndIncrement() == point;
      wasCut.compareAndSet(false, now);
      return now ? cut : Verdict.PASS;
    };
  }

  static void awaitWorking(StoreFaultFixture fixture) {
    Eventually.holds(
        "the store writes",
        LONGEST,
        () -> {
          fixture.store().put(Bytes.utf8("works"), Bytes.utf8("v"), Previous.DISCARD);
          return true;
        });
  }

  private record Attempt(Outcome outcome, boolean wasCut) {}

  /**
   * Whether a write of unknown outcome took effect: read through the store that made it, once no
   * transaction of it is left that could still do so, which a write to the same key waits for.
   */
  static boolean resolved(StoreFaultFixture fixture, Write write) {
    return Eventually.present(
        "the outcome of " + write + " by reading",
        LONGEST,
        () -> {
          boolean done = write.isDone(fixture.store());
          write.touch(fixture.store());
          boolean afterwards = write.isDone(fixture.store());
          boolean past = write.isDone(fixture.direct());
          return done == afterwards && done == past ? Optional.of(done) : Optional.empty();
        });
  }

  private static Attempt cutAt(StoreFaultFixture fixture, Write write, int point, Verdict cut)
      throws InterruptedException {
    awaitWorking(fixture);
    write.prepare(fixture.direct());
    AtomicBoolean wasCut = new AtomicBoolean();
    fixture.proxy().interceptEach(() -> cutting(point, cut, wasCut));

    Outcome outcome = new FaultyCalls(fixture, LONGEST).start(write).outcome();

    fixture.proxy().restore();
    boolean done = write.isDone(fixture.direct());
    switch (outcome) {
      case DONE -> assertThat(done).as("%s cut at %d was acknowledged", write, point).isTrue();
      case UNAVAILABLE -> assertThat(done).as("%s cut at %d was denied", write, point).isFalse();
      case UNKNOWN -> {
        // Fails where reading does not come to tell.
        var unused = resolved(fixture, write);
      }
    }
    return new Attempt(outcome, wasCut.get());
  }
}
