package io.metasrv.tests.house;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sentences of the architecture about who may see what, as ArchUnit rules. Each is built for a
 * root package: the real one, or a fixture's.
 */
final class HouseRules {

  /** Module (package below the root) to the modules it may see. */
  private static final Map<String, List<String>> ARROWS = arrows();

  private final String root;

  HouseRules(String root) {
    this.root = root;
  }

  private static Map<String, List<String>> arrows() {
    Map<String, List<String>> arrows = new LinkedHashMap<>();
    arrows.put("domain", List.of());
    arrows.put("protocol.v1", List.of());
    arrows.put("protocol.grpc", List.of("protocol.v1", "domain"));
    arrows.put("application", List.of("domain", "protocol.v1"));
    arrows.put("nodes", List.of("domain", "protocol.v1"));
    arrows.put("client", List.of("protocol.grpc", "protocol.v1", "domain"));
    arrows.put("doubles", List.of("nodes", "client", "protocol.grpc", "protocol.v1", "domain"));
    arrows.put("adapters.grpc", List.of("application", "domain", "protocol.v1", "protocol.grpc"));
    arrows.put("adapters.http", List.of("application", "domain", "protocol.v1"));
    arrows.put("adapters.embedded", List.of("application", "domain"));
    arrows.put("adapters.etcd", List.of("application", "domain"));
    arrows.put("adapters.jdbc", List.of("application", "domain"));
    arrows.put("adapters.mysql", List.of("adapters.jdbc", "application", "domain"));
    arrows.put("adapters.postgres", List.of("adapters.jdbc", "application", "domain"));
    arrows.put("adapters.kafka", List.of("application", "domain"));
    arrows.put("simulation", List.of("nodes", "application", "domain", "protocol.v1"));
    arrows.put("testkit", List.of("application", "domain", "protocol.v1"));
    return arrows;
  }

  /**
   * A module sees only the modules its arrows point to. Adapters therefore never see each other.
   */
  List<ArchRule> arrowRules() {
    List<ArchRule> rules = new ArrayList<>();
    ARROWS.forEach(
        (module, allowed) -> {
          List<String> visible = new ArrayList<>();
          visible.add(packages(module));
          allowed.forEach(other -> visible.add(packages(other)));
          rules.add(
              noClasses()
                  .that()
                  .resideInAPackage(packages(module))
                  .should()
                  .dependOnClassesThat(
                      resideInAnyPackage(root + "..")
                          .and(resideOutsideOfPackages(visible.toArray(String[]::new))))
                  .as(module + " sees only " + allowed)
                  .allowEmptyShould(true));
        });
    return rules;
  }

  /** The domain is Java and JSpecify's annotations, nothing else. */
  ArchRule domainIsPureJava() {
    return noClasses()
        .that()
        .resideInAPackage(packages("domain"))
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages("java..", "org.jspecify..", packages("domain")))
        .as("the domain depends on Java and JSpecify only");
  }

  /** The application may see protobuf's messages, Jackson's streaming core and SLF4J. */
  ArchRule applicationUsesFewLibraries() {
    return noClasses()
        .that()
        .resideInAPackage(packages("application"))
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "java..",
                "org.jspecify..",
                "com.google.protobuf..",
                "tools.jackson.core..",
                "org.slf4j..",
                packages("application"),
                packages("domain"),
                packages("protocol.v1")))
        .as("the application uses protobuf messages, jackson-core and slf4j-api, nothing else");
  }

  /** Dependency injection is a matter of start-up. */
  ArchRule guiceOnlyInBootstrap() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(packages("bootstrap"))
        .should()
        .dependOnClassesThat(resideInAnyPackage("com.google.inject..", "jakarta.inject.."))
        .as("Guice is used in bootstrap only");
  }

  /** Test libraries are for the testkit and for tests. */
  ArchRule noTestLibrariesInTheProduct() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages("testkit"), packages("benchmarks"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.junit..", "org.assertj..", "org.testcontainers..", packages("testkit")))
        .as("no JUnit, AssertJ or Testcontainers in the distribution");
  }

  /** Time, threads and chance come through {@code Runtime} alone. */
  ArchRule timeThreadsAndChanceThroughRuntime() {
    String[] ruled = {packages("domain"), packages("application")};
    String exempt = packages("application.runtime");
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAnyPackage(ruled)
                .and()
                .resideOutsideOfPackage(exempt)
                .should()
                .callCodeUnitWhere(target(forbiddenCall())))
        .and(
            noClasses()
                .that()
                .resideInAnyPackage(ruled)
                .and()
                .resideOutsideOfPackage(exempt)
                .should()
                .dependOnClassesThat(forbiddenType()))
        .as("clocks, threads, timed waits and randomness only through Runtime");
  }

  /** A method that holds a monitor pins its carrier and breaks the simulator's determinism. */
  ArchRule noSynchronizedMethods() {
    return methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(packages("domain"), packages("application"))
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .as("no synchronized methods in domain and application");
  }

  private String packages(String module) {
    return root + "." + module + "..";
  }

  private static DescribedPredicate<JavaClass> forbiddenType() {
    Set<String> names =
        Set.of(
            "java.util.concurrent.Executors",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.Timer",
            "java.util.Random",
            "java.security.SecureRandom",
            "java.util.SplittableRandom",
            "java.time.Clock",
            "java.lang.ref.WeakReference",
            "java.lang.ref.SoftReference",
            "java.lang.ref.Cleaner",
            "java.util.WeakHashMap",
            "java.util.concurrent.locks.LockSupport");
    return DescribedPredicate.describe(
        "a door to time, threads or chance", type -> names.contains(type.getFullName()));
  }

  private static DescribedPredicate<CodeUnitCallTarget> forbiddenCall() {
    return DescribedPredicate.describe(
        "a call that reaches time, threads or chance", HouseRules::isForbidden);
  }

  private static boolean isForbidden(CodeUnitCallTarget call) {
    String owner = call.getOwner().getFullName();
    String name = call.getName();
    boolean timed =
        call.getRawParameterTypes().stream()
            .anyMatch(type -> type.getFullName().equals("java.util.concurrent.TimeUnit"));
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.lang.Thread" ->
          !Set.of("currentThread", "interrupt", "isInterrupted", "interrupted").contains(name);
      case "java.lang.Object" -> name.startsWith("wait") || name.startsWith("notify");
      case "java.util.concurrent.CompletableFuture" ->
          name.endsWith("Async")
              || name.equals("orTimeout")
              || name.equals("completeOnTimeout")
              || name.equals("delayedExecutor")
              || timed;
      default ->
          (owner.startsWith("java.time.") && name.equals("now"))
              || (owner.startsWith("java.util.concurrent.")
                  && (timed || name.equals("awaitNanos") || name.equals("awaitUntil")))
              || name.equals("parallelStream")
              || (owner.startsWith("java.util.stream.") && name.equals("parallel"));
    };
  }
}
