package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.procedure.Step;
import io.metasrv.application.procedure.lock.LockTable;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sheet 05 §26: procedures beside, above and below each other. */
class LockAndChildCasesTest {

  private static final LockKey SHARED = new LockKey(LockMode.SHARE, "k");
  private static final LockKey ALONE = new LockKey(LockMode.EXCLUSIVE, "k");

  private final Lab lab = new Lab().lead();
  private final List<String> log = new ArrayList<>();

  /** Runs for a second between a line at its start and one at its end. */
  private Toy slow(String name, LockKey... locks) {
    return Toy.of(
            name,
            context -> {
              log.add(name + "+");
              lab.process().sleep(Duration.ofSeconds(1));
              log.add(name + "-");
              return Step.done();
            })
        .locking(locks);
  }

  @Test
  void case14_exclusiveOnesRunInTheOrderOfSubmission() {
    lab.submit(slow("a", ALONE));
    lab.submit(slow("b", ALONE));
    lab.submit(slow("c", ALONE));
    lab.runFor(Duration.ofSeconds(10));

    assertThat(log).containsExactly("a+", "a-", "b+", "b-", "c+", "c-");
  }

  @Test
  void case14_sharingOnesRunTogetherAndAWaitingExclusiveOneBlocksLaterOnes() {
    lab.submit(slow("a", SHARED));
    lab.submit(slow("b", SHARED));
    lab.submit(slow("c", ALONE));
    lab.submit(slow("d", SHARED));
    lab.runFor(Duration.ofSeconds(10));

    assertThat(log.subList(0, 2)).containsExactlyInAnyOrder("a+", "b+");
    assertThat(log.subList(4, 8)).containsExactly("c+", "c-", "d+", "d-");
  }

  @Test
  void case15_locksAreShownInTheOrderOfTheOriginal() {
    ProcedureId id =
        lab.submit(
            slow(
                "a",
                new LockKey(LockMode.EXCLUSIVE, "b"),
                new LockKey(LockMode.SHARE, "z"),
                new LockKey(LockMode.EXCLUSIVE, "a")));

    assertThat(lab.manager().operations().locks())
        .extracting(LockTable.Place::key)
        .extracting(LockKey::toString)
        .containsExactly("Share(\"z\")", "Exclusive(\"a\")", "Exclusive(\"b\")");
    lab.end(id);
    assertThat(lab.manager().operations().locks()).isEmpty();
  }

  @Test
  void givenTheReferencesDeadlockThenBothProceduresEnd() {
    for (int i = 0; i < 20; i++) {
      lab.submit(slow("p", new LockKey(LockMode.SHARE, "a"), new LockKey(LockMode.EXCLUSIVE, "b")));
      lab.submit(slow("q", new LockKey(LockMode.SHARE, "b"), new LockKey(LockMode.EXCLUSIVE, "a")));
    }
    lab.runFor(Duration.ofMinutes(2));

    assertThat(log).hasSize(80);
  }

  @Test
  void case16_aChildThatWantsWhatItsParentKeepsEndsTheParent() {
    Toy child = slow("child", ALONE);
    Toy parent =
        Toy.of(
                "parent",
                context -> new Step.Suspended(List.of(new Step.Child(Lab.id(1), child)), false))
            .locking(SHARED);

    ProcedureId id = lab.submit(parent);
    MetasrvException error = lab.end(id).failure().orElseThrow();

    assertThat(child.executions).isZero();
    assertThat(error.getCause()).hasMessageStartingWith("Deadlock prevented: subprocedure ");
    assertThat(error.code()).isEqualTo(StatusCode.INTERNAL);
    assertThat(ErrorTexts.forClients(error)).isEqualTo("Internal error: 1003");
  }

  @Test
  void givenAGrandchildThatWantsWhatTheGrandparentKeepsThenItsParentEnds() {
    Toy grandchild = slow("grandchild", ALONE);
    Toy child =
        Toy.of(
            "child",
            context -> new Step.Suspended(List.of(new Step.Child(Lab.id(2), grandchild)), false));
    Toy parent = parentOf(List.of(child)).locking(SHARED);

    ProcedureId id = lab.submit(parent);

    lab.end(id);
    assertThat(lab.state(Lab.id(100))).isInstanceOf(ProcedureState.Failed.class);
    assertThat(grandchild.executions).isZero();
  }

  /** Runs children with the ids 100, 101 and so on, and is done once all of them are. */
  private Toy parentOf(List<Toy> children) {
    List<Step.Child> all =
        IntStream.range(0, children.size())
            .mapToObj(i -> new Step.Child(Lab.id(100 + i), children.get(i)))
            .toList();
    return Toy.of(
        "parent",
        context -> {
          List<Step.Child> left =
              all.stream()
                  .filter(
                      child ->
                          context.stateOf(child.id()).filter(ProcedureState::isTerminal).isEmpty())
                  .toList();
          log.add("left " + left.size());
          return left.isEmpty() ? Step.done() : new Step.Suspended(left, false);
        });
  }

  @Test
  void case17_aParentRunsAgainWhenChildrenEndAndNoChildRunsTwice() {
    List<Toy> children = List.of(slow("x"), slow("y"), slow("z"));
    Toy parent = parentOf(children);

    ProcedureId id = lab.submit(parent);

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(children).allMatch(child -> child.executions == 1);
    assertThat(log).startsWith("left 3").endsWith("left 0");
    assertThat(parent.executions).isBetween(2, 4);
    assertThat(lab.view(id).children()).hasSize(3);
    assertThat(lab.stored("/__procedure__/")).isEmpty();
  }

  @Test
  void givenAFailedChildThenItsParentLooksForItself() {
    Toy bad =
        Toy.of(
            "bad",
            context -> {
              throw ServiceException.unexpected("no");
            });

    ProcedureId id = lab.submit(parentOf(List.of(bad, slow("good"))));

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.state(Lab.id(100))).isInstanceOf(ProcedureState.Failed.class);
  }

  @Test
  void givenAParentThatFailsThenItEndsAfterItsChildrenAndNothingIsLeft() {
    Toy child = new Toy("child");
    child.then(
        child.store(),
        context -> {
          lab.process().sleep(Duration.ofSeconds(5));
          return Step.done();
        });
    Toy other = slow("short");
    Toy parent =
        Toy.of(
            "parent",
            context -> {
              if (context.stateOf(Lab.id(100)).isPresent()) {
                throw ServiceException.unexpected("one is enough");
              }
              return new Step.Suspended(
                  List.of(new Step.Child(Lab.id(100), child), new Step.Child(Lab.id(101), other)),
                  true);
            });

    ProcedureId id = lab.submit(parent);
    lab.runFor(Duration.ofSeconds(3));
    assertThat(lab.state(id).isTerminal()).isFalse();

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Failed.class);
    assertThat(lab.state(Lab.id(100))).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.stored("/__procedure__/")).isEmpty();
  }

  @Test
  void givenAChildAndAWaitingRootThatBothWantALockThenTheChildGoesFirst() {
    LockKey inner = new LockKey(LockMode.EXCLUSIVE, "inner");
    Toy child = slow("child", inner);
    Toy parent = parentOf(List.of(child)).locking(ALONE);
    Toy first =
        Toy.of(
            "first",
            context -> {
              lab.process().sleep(Duration.ofSeconds(1));
              return parent.execute(context);
            });
    first.locking(ALONE);

    ProcedureId id = lab.submit(first);
    // It waits for both, and would keep the inner lock from the child if it stood in its queue.
    lab.submit(slow("root", inner, ALONE));

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    lab.runFor(Duration.ofSeconds(5));
    assertThat(log).containsSubsequence("child+", "child-", "root+", "root-");
  }

  @Test
  void case19_noRootIsTakenAboveTheLimitButChildrenAre() {
    Lab small = new Lab().withMaxRunning(2).lead();
    Toy child = Toy.of("child", Toy.done());
    Toy parent =
        Toy.of(
            "parent",
            context -> {
              small.process().sleep(Duration.ofSeconds(1));
              return context.stateOf(Lab.id(1)).isPresent()
                  ? Step.done()
                  : new Step.Suspended(List.of(new Step.Child(Lab.id(1), child)), false);
            });
    ProcedureId one = small.submit(parent);
    small.submit(
        Toy.of(
            "slow",
            context -> {
              small.process().sleep(Duration.ofSeconds(10));
              return Step.done();
            }));

    MetasrvException refused =
        small.failureOf(() -> small.manager().submit(Toy.of("t", Toy.done())));

    assertThat(refused).hasMessage("Too many running procedures, max: 2");
    assertThat(refused.code()).isEqualTo(StatusCode.ILLEGAL_STATE);
    assertThat(small.end(one)).isInstanceOf(ProcedureState.Done.class);
    assertThat(child.executions).isEqualTo(1);
    assertThat(small.finish(Toy.of("t", Toy.done()))).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void givenPanicsThenTheyDoNotEatTheLimit() {
    Lab small = new Lab().withMaxRunning(1).lead();
    for (int i = 0; i < 3; i++) {
      Toy bug = new Toy("bug");
      bug.then(
          bug.store(),
          context -> {
            throw new IllegalStateException("a bug");
          });
      assertThat(small.finish(bug)).isInstanceOf(ProcedureState.Failed.class);
    }
    assertThat(small.finish(Toy.of("t", Toy.done()))).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void givenADynamicLockThenItIsAnotherFamilyAndIsGivenBackAfterTheStep() {
    Toy holder =
        Toy.of(
            "holder",
            context -> {
              context.lock(ALONE);
              log.add("holder+");
              lab.process().sleep(Duration.ofSeconds(1));
              log.add("holder-");
              return Step.done();
            });
    Toy other =
        Toy.of(
            "other",
            context -> {
              try (var lock = context.lock(ALONE)) {
                log.add("other " + lock.toString().isEmpty());
              }
              return Step.done();
            });
    lab.submit(holder);
    lab.runFor(Duration.ofMillis(10));
    ProcedureId waiting = lab.submit(other);
    lab.submit(slow("ordinary", ALONE));
    lab.runFor(Duration.ofMillis(10));
    assertThat(log).containsExactly("holder+", "ordinary+");

    assertThat(lab.end(waiting)).isInstanceOf(ProcedureState.Done.class);
    assertThat(log).contains("other false");
    assertThat(lab.manager().operations().dynamicLocks()).isEmpty();
  }
}
