package io.metasrv.simulation.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.simulation.ddl.DdlCrashScenario.Plan;
import io.metasrv.simulation.ddl.Verdict.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every procedure of data definition, cut short before and after each write to the store and each
 * call of a node: the next leader brings it to the end that it has without any of this, or to none.
 */
class DdlCrashScenarioTest {

  private static final List<Statement> ALL = Statements.all();
  private static final References FIRST = new References(1);

  /** What becomes of a set of runs. */
  private static final class Runs {
    final List<String> wrong = new ArrayList<>();
    final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    final References references;
    final UnaryOperator<Plan> variant;

    Runs(References references, UnaryOperator<Plan> variant) {
      this.references = references;
      this.variant = variant;
    }

    Verdict run(Statement statement, Disturbance disturbance) {
      Verdict verdict =
          DdlCrashScenario.run(
              statement,
              variant.apply(references.plan().with(disturbance)),
              references.of(statement));
      outcomes.merge(verdict.outcome(), 1, Integer::sum);
      if (!verdict.violations().isEmpty()) {
        wrong.add(
            "%s, %s, %s: %s"
                .formatted(
                    statement,
                    disturbance,
                    references.kind(statement, disturbance),
                    verdict.violations()));
      }
      return verdict;
    }

    int count(Outcome outcome) {
      return outcomes.getOrDefault(outcome, 0);
    }
  }

  private static Runs sampled(
      Function<Statement, List<Disturbance>> all, int oneIn, UnaryOperator<Plan> variant) {
    Runs runs = new Runs(FIRST, variant);
    TreeSet<String> seen = new TreeSet<>();
    for (Statement statement : ALL) {
      FIRST
          .sample(statement, all.apply(statement), oneIn, seen)
          .forEach(each -> runs.run(statement, each));
    }
    assertThat(runs.wrong).isEmpty();
    return runs;
  }

  @Test
  void undisturbedEveryStatementEndsWellAndEveryRegisteredProcedureIsAmongThem() {
    TreeSet<String> covered = new TreeSet<>();
    for (Statement statement : ALL) {
      Verdict run = FIRST.of(statement);
      assertThat(run.violations()).as(statement.name()).isEmpty();
      assertThat(run.types()).as(statement.name()).hasSize(1);
      // A statement that is refused after its first record is rolled back.
      assertThat(run.end().equals(run.before()))
          .as(statement.name())
          .isEqualTo(statement.name().contains("refused") || statement.name().equals("truncate"));
      covered.addAll(run.types());
    }
    assertThat(covered).containsExactlyElementsOf(RegisteredTypes.read());
  }

  @Test
  void aCrashBeforeOrAfterAnyWriteOrCallLeavesAllOrNothing() {
    Runs runs = sampled(FIRST::crashes, 1, plan -> plan);
    // There must have been both.
    assertThat(runs.count(Outcome.DONE)).isGreaterThan(3 * runs.count(Outcome.NOTHING));
    assertThat(runs.count(Outcome.NOTHING)).isPositive();
  }

  @Test
  void aClientThatSendsItsStatementAgainAfterACrashIsToldThatItIsDoneAndItIsDoneOnce() {
    Runs runs = sampled(FIRST::crashes, 7, Plan::resending);
    assertThat(runs.count(Outcome.NOTHING)).isZero();
  }

  @Test
  void aRequestOrAnAnswerThatIsLostChangesNothing() {
    Runs runs = sampled(FIRST::losses, 7, plan -> plan);
    assertThat(runs.count(Outcome.DONE)).isPositive();
  }

  @Test
  void aNodeThatCannotBeReachedForAWhileChangesNothing() {
    Runs runs = sampled(FIRST::outages, 7, plan -> plan);
    assertThat(runs.count(Outcome.DONE)).isPositive();
  }

  @Test
  void theSameRunIsTheSameTwice() {
    for (Statement statement : ALL) {
      List<Disturbance> crashes = FIRST.crashes(statement);
      Disturbance crash = crashes.get(crashes.size() / 2);
      Plan plan = FIRST.plan().with(crash).resending();
      assertThat(DdlCrashScenario.run(statement, plan, FIRST.of(statement)).traceHash())
          .as("%s, %s", statement, crash)
          .isEqualTo(DdlCrashScenario.run(statement, plan, FIRST.of(statement)).traceHash());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FORGETFUL_JOURNAL,drop database with all kinds of tables",
    "NO_JOURNAL,create partitioned table",
    "REGIONS_NOT_DROPPED,drop partitioned table",
    "REGIONS_NOT_ALTERED,add field"
  })
  void aPromiseBrokenOnPurposeIsNoticed(Sabotage sabotage, String name) {
    Statement statement =
        ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    Runs runs = new Runs(FIRST, plan -> plan.broken(sabotage));
    FIRST.crashes(statement).forEach(each -> runs.run(statement, each));
    // Writes that are left out are no places any more; that alone proves nothing.
    assertThat(runs.wrong)
        .as("runs of '%s' that show %s", name, sabotage)
        .anyMatch(wrong -> wrong.contains("it is not as after the statement"));
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("exhaustive: every place of every statement, in every way, under several seeds")
  void everyPlaceOfEveryStatement(long seed) {
    References references = new References(seed);
    List<String> wrong = new ArrayList<>();
    for (Statement statement : ALL) {
      Runs plain = new Runs(references, plan -> plan);
      references.crashes(statement).forEach(each -> plain.run(statement, each));
      references.losses(statement).forEach(each -> plain.run(statement, each));
      references.outages(statement).forEach(each -> plain.run(statement, each));
      Runs resending = new Runs(references, Plan::resending);
      references.crashes(statement).forEach(each -> resending.run(statement, each));
      references.losses(statement).forEach(each -> resending.run(statement, each));
      wrong.addAll(plain.wrong);
      wrong.addAll(resending.wrong);
    }
    assertThat(wrong).isEmpty();
  }
}
