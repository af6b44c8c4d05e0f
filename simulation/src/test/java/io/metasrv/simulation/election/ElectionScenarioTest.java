package io.metasrv.simulation.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three metasrvs on a simulated store, under trouble, judged at true time. */
class ElectionScenarioTest {

  private static final long ORDINARY_SEEDS = 1_000;
  private static final long LONG_SEEDS = 20_000;

  @Test
  void noSeedOfAThousandShowsTwoLeadersAndEachRunsTheSameTwice() {
    runTwice(0, ORDINARY_SEEDS);
  }

  @Tag("long")
  @Test
  void noSeedOfTwentyThousandShowsTwoLeadersAndEachRunsTheSameTwice() {
    runTwice(ORDINARY_SEEDS, LONG_SEEDS);
  }

  private static void runTwice(long from, long to) {
    List<String> wrong = new ArrayList<>();
    long terms = 0;
    long effects = 0;
    for (long seed = from; seed < to; seed++) {
      Verdict first = ElectionScenario.run(seed, Sabotage.NONE);
      Verdict second = ElectionScenario.run(seed, Sabotage.NONE);
      if (!first.violations().isEmpty()) {
        wrong.add("seed " + seed + ": " + first.violations());
      }
      if (first.traceHash() != second.traceHash()) {
        wrong.add("seed " + seed + " ran differently the second time");
      }
      terms += first.terms();
      effects += first.effects();
    }
    assertThat(wrong).isEmpty();
    // The scenario must have something to judge: several terms and many effects a seed.
    assertThat(terms).isGreaterThan(2 * (to - from));
    assertThat(effects).isGreaterThan(50 * (to - from));
  }

  @ParameterizedTest
  @EnumSource(
      value = Sabotage.class,
      names = {"FENCE", "DEADLINE", "CHECK_BEFORE_SENDING"})
  void aPromiseBrokenOnPurposeIsNoticed(Sabotage sabotage) {
    long found =
        LongStream.range(0, ORDINARY_SEEDS)
            .filter(seed -> !ElectionScenario.run(seed, sabotage).violations().isEmpty())
            .findFirst()
            .orElse(-1);
    assertThat(found).as("first seed that shows the broken %s", sabotage).isNotNegative();
  }
}
