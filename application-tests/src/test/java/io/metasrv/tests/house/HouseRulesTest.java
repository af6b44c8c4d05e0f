package io.metasrv.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The production code keeps the rules of the house. */
class HouseRulesTest {

  private static final HouseRules RULES = new HouseRules("io.metasrv");
  private static JavaClasses production = new ClassFileImporter().importClasses();

  @BeforeAll
  static void importProductionClasses() {
    production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.metasrv");
    assertThat(production.size()).as("classes found").isGreaterThan(300);
  }

  @Test
  void modulesSeeOnlyWhatTheirArrowsPointTo() {
    List<ArchRule> arrows = RULES.arrowRules();
    assertThat(arrows).hasSizeGreaterThan(10);
    arrows.forEach(rule -> rule.check(production));
  }

  @Test
  void theDomainIsPureJava() {
    RULES.domainIsPureJava().check(production);
  }

  @Test
  void theApplicationUsesFewLibraries() {
    RULES.applicationUsesFewLibraries().check(production);
  }

  @Test
  void guiceIsUsedInBootstrapOnly() {
    RULES.guiceOnlyInBootstrap().check(production);
  }

  @Test
  void noTestLibraryIsInTheDistribution() {
    RULES.noTestLibrariesInTheProduct().check(production);
  }

  @Test
  void timeThreadsAndChanceComeThroughRuntime() {
    RULES.timeThreadsAndChanceThroughRuntime().check(production);
  }

  @Test
  void noMethodOfDomainOrApplicationIsSynchronized() {
    RULES.noSynchronizedMethods().check(production);
  }
}
