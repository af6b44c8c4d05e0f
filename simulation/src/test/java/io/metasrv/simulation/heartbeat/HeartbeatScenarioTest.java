package io.metasrv.simulation.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole metasrvs, their datanodes and a simulated store, under trouble, judged at true time. */
class HeartbeatScenarioTest {

  private static final long ORDINARY_SEEDS = 200;
  private static final long LONG_SEEDS = 20_000;

  @Test
  void noSeedBreaksAPromiseAndEachRunsTheSameTwice() {
    runTwice(0, ORDINARY_SEEDS);
  }

  @Tag("long")
  @Test
  void noSeedOfTwentyThousandBreaksAPromiseAndEachRunsTheSameTwice() {
    runTwice(ORDINARY_SEEDS, LONG_SEEDS);
  }

  private static void runTwice(long from, long to) {
    List<String> wrong = new ArrayList<>();
    long terms = 0;
    long leases = 0;
    long promotions = 0;
    long moves = 0;
    long replies = 0;
    long timeouts = 0;
    long closed = 0;
    for (long seed = from; seed < to; seed++) {
      Verdict first = HeartbeatScenario.run(seed, Sabotage.NONE);
      Verdict second = HeartbeatScenario.run(seed, Sabotage.NONE);
      if (!first.violations().isEmpty()) {
        wrong.add("seed " + seed + ": " + first.violations());
      }
      if (first.traceHash() != second.traceHash()) {
        wrong.add("seed " + seed + " ran differently the second time");
      }
      terms += first.terms();
      leases += first.leases();
      promotions += first.promotions();
      moves += first.moves();
      replies += first.replies();
      timeouts += first.timeouts();
      closed += first.closed();
    }
    assertThat(wrong).isEmpty();
    // The scenario must have something to judge.
    long seeds = to - from;
    assertThat(terms).as("terms").isGreaterThan(3 * seeds);
    assertThat(leases).as("leases that left").isGreaterThan(40 * seeds);
    assertThat(promotions).as("regions that became writable").isGreaterThan(3 * seeds);
    assertThat(moves).as("regions moved").isGreaterThan(3 * seeds);
    assertThat(replies).as("questions answered").isGreaterThan(50 * seeds);
    assertThat(timeouts).as("questions timed out").isGreaterThan(seeds);
    assertThat(closed).as("questions whose stream ended").isGreaterThan(seeds / 2);
  }

  @ParameterizedTest
  @EnumSource(value = Sabotage.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aPromiseBrokenOnPurposeIsNoticed(Sabotage sabotage) {
    long found =
        LongStream.range(0, ORDINARY_SEEDS)
            .filter(seed -> !HeartbeatScenario.run(seed, sabotage).violations().isEmpty())
            .findFirst()
            .orElse(-1);
    assertThat(found).as("first seed that shows the broken %s", sabotage).isNotNegative();
  }
}
