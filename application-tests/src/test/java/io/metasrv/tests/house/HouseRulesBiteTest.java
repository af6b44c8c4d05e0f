package io.metasrv.tests.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.metasrv.tests.house.fixture.domain.SynchronizedBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule is broken by a fixture and says so: a rule that cannot fail proves nothing. */
class HouseRulesBiteTest {

  private static final String FIXTURE = "io.metasrv.tests.house.fixture";
  private static final HouseRules RULES = new HouseRules(FIXTURE);
  private static final JavaClasses VIOLATORS = new ClassFileImporter().importPackages(FIXTURE);

  @Test
  void anArrowAgainstTheHouseIsFound() {
    List<String> broken =
        RULES.arrowRules().stream()
            .map(rule -> rule.evaluate(VIOLATORS))
            .filter(EvaluationResult::hasViolation)
            .flatMap(result -> result.getFailureReport().getDetails().stream())
            .toList();
    assertThat(broken)
        .anyMatch(detail -> detail.contains("fixture.domain.SeesApplication"))
        .anyMatch(detail -> detail.contains("fixture.adapters.etcd.SeesAnotherAdapter"));
  }

  @Test
  void aLibraryInTheDomainIsFound() {
    assertBites(RULES.domainIsPureJava(), "UsesLibrary");
  }

  @Test
  void aLibraryInTheApplicationIsFound() {
    assertBites(RULES.applicationUsesFewLibraries(), "application.UsesLibrary");
  }

  @Test
  void guiceOutsideBootstrapIsFound() {
    assertBites(RULES.guiceOnlyInBootstrap(), "application.UsesGuice");
  }

  @Test
  void aTestLibraryInTheProductIsFound() {
    assertBites(RULES.noTestLibrariesInTheProduct(), "domain.UsesJUnit");
  }

  @Test
  void everyDoorToTimeThreadsAndChanceIsFound() {
    EvaluationResult result = RULES.timeThreadsAndChanceThroughRuntime().evaluate(VIOLATORS);
    String details = String.join("\n", result.getFailureReport().getDetails());
    for (String method :
        List.of(
            "wallClock",
            "systemTime",
            "sleeps",
            "startsThread",
            "executor",
            "timedWait",
            "timedPoll",
            "timedGet",
            "asyncStage",
            "randomNumber",
            "mathRandom",
            "randomUuid",
            "parallel",
            "monitorWait",
            "weakReference")) {
      assertThat(details).as("rule sees " + method).contains("TouchesTheWorld." + method + "(");
    }
  }

  @Test
  void aSynchronizedMethodIsFound() {
    assertBites(RULES.noSynchronizedMethods(), "domain.SynchronizedMethod");
  }

  @Test
  void aSynchronizedBlockIsFound() {
    assertThat(MonitorScan.monitorsIn(SynchronizedBlock.class)).isNotEmpty();
  }

  private static void assertBites(ArchRule rule, String violator) {
    assertThatThrownBy(() -> rule.check(VIOLATORS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(violator);
  }
}
