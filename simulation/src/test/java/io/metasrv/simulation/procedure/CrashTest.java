package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes of the leader between any two writes, under many seeds. */
class CrashTest {

  private static final long ORDINARY_SEEDS = 40;
  private static final long LONG_SEEDS = 5_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyProcedureEndsOnceWhateverCrashes(boolean failures) {
    runTwice(0, ORDINARY_SEEDS, failures);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyProcedureEndsOnceWhateverCrashesInThousandsOfSeeds(boolean failures) {
    runTwice(ORDINARY_SEEDS, LONG_SEEDS, failures);
  }

  private static void runTwice(long from, long to, boolean failures) {
    List<String> wrong = new ArrayList<>();
    long crashes = 0;
    long told = 0;
    long recovered = 0;
    for (long seed = from; seed < to; seed++) {
      CrashScenario.Verdict first = CrashScenario.run(seed, failures);
      if (!first.violations().isEmpty()) {
        wrong.add("seed " + seed + ": " + first.violations());
      }
      if (first.traceHash() != CrashScenario.run(seed, failures).traceHash()) {
        wrong.add("seed " + seed + " ran differently the second time");
      }
      crashes += first.crashes();
      told += first.told();
      recovered += first.recovered();
    }
    assertThat(wrong).isEmpty();
    // There must have been something to judge.
    assertThat(crashes).isGreaterThan(2 * (to - from));
    assertThat(told).isGreaterThan(to - from);
    assertThat(recovered).isGreaterThan(to - from);
  }
}
