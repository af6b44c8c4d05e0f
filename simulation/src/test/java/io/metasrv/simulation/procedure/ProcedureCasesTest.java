package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.procedure.Step;
import io.metasrv.application.procedure.view.TimelineEntry;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sheet 05 §26: a run from its submission to its end. */
class ProcedureCasesTest {

  private static final ServiceException BOOM =
      new ServiceException(StatusCode.TABLE_NOT_FOUND, "table t1 is gone");

  private final Lab lab = new Lab().lead();

  @Test
  void case01_aStepIsStoredThenTheCommitAndNothingIsLeft() {
    Toy toy = new Toy("t");
    toy.then(toy.store(), Toy.done());

    ProcedureId id = lab.submit(toy);

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    String path = "/__procedure__/procedure/" + id + "/";
    assertThat(lab.watch.of("put " + path))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("put " + path + "0000000000.step "),
            second -> assertThat(second).isEqualTo("put " + path + "0000000001.commit 0"));
    assertThat(lab.records(id)).isEmpty();
  }

  @Test
  void case02_aProcedureDoneAtOnceWritesOneEmptyCommitAndRemovesIt() {
    ProcedureId id = lab.submit(Toy.of("t", Toy.done()));

    lab.end(id);
    String key = "/__procedure__/procedure/" + id + "/0000000000.commit";
    assertThat(lab.watch.of(key))
        .satisfiesExactly(
            put -> assertThat(put).isEqualTo("put " + key + " 0"),
            removal -> assertThat(removal).contains("delete " + key));
    assertThat(lab.records(id)).isEmpty();
  }

  @Test
  void case10_retriesDoubleUpToAMinuteThenTheRollbackIsRecordedAndTheProcedureFails() {
    List<Duration> at = new ArrayList<>();
    Toy toy =
        Toy.of(
            "t",
            context -> {
              at.add(lab.world.now());
              throw ProcedureException.retryLater(BOOM, false);
            });

    ProcedureId id = lab.submit(toy);
    ProcedureState end = lab.end(id);

    assertThat(at).hasSize(13);
    double[] seconds = {0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60};
    for (int i = 0; i < seconds.length; i++) {
      double pause = at.get(i + 1).minus(at.get(i)).toNanos() / 1e9;
      assertThat(pause).isBetween(seconds[i], seconds[i] * 1.25 + 0.001);
    }
    assertThat(lab.watch.of("put /__procedure__/procedure/" + id + "/0000000000.rollback"))
        .hasSize(1);
    assertThat(failure(end))
        .hasMessage("Procedure retry exceeded max times, procedure_id: " + id)
        .extracting(MetasrvException::code)
        .isEqualTo(StatusCode.ILLEGAL_STATE);
    assertThat(ErrorTexts.forClients(failure(end))).isEqualTo("table t1 is gone");
    assertThat(lab.records(id)).isEmpty();
  }

  @Test
  void case11_anErrorThatNoRetryHelpsEndsAProcedureWithoutRollbackAtOnce() {
    Toy toy =
        Toy.of(
            "t",
            context -> {
              throw ProcedureException.abort(BOOM, false);
            });

    ProcedureId id = lab.submit(toy);

    assertThat(failure(lab.end(id))).hasCause(BOOM);
    assertThat(toy.executions).isEqualTo(1);
    assertThat(lab.watch.of(".rollback")).isEmpty();
  }

  @Test
  void case12_theRollbackIsRecordedBeforeItRunsAndTheErrorIsTheFirstOne() {
    List<List<String>> seen = new ArrayList<>();
    List<Duration> at = new ArrayList<>();
    Toy toy =
        Toy.of(
            "t",
            context -> {
              at.add(lab.world.now());
              throw BOOM;
            });
    toy.undoneBy(
        context -> {
          at.add(lab.world.now());
          seen.add(lab.records(context.id()));
        });

    ProcedureId id = lab.submit(toy);

    assertThat(failure(lab.end(id))).isSameAs(BOOM);
    assertThat(seen).containsExactly(List.of("0000000000.rollback"));
    // Half a second before the record, one before the rollback.
    assertThat(at.getLast().minus(at.getFirst())).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void case12_aRollbackThatSucceedsAtTheSecondTryKeepsTheFirstError() {
    Toy toy =
        Toy.of(
            "t",
            context -> {
              throw BOOM;
            });
    toy.undoneBy(
        context -> {
          if (toy.rollbacks == 1) {
            throw ServiceException.unexpected("not yet");
          }
        });

    assertThat(failure(lab.finish(toy))).isSameAs(BOOM);
    assertThat(toy.rollbacks).isEqualTo(2);
  }

  @Test
  void case13_aRollbackThatAlwaysFailsEndsAfterElevenCalls() {
    Toy toy =
        Toy.of(
            "t",
            context -> {
              throw BOOM;
            });
    toy.undoneBy(
        context -> {
          throw ServiceException.unexpected("cannot undo");
        });

    ProcedureId id = lab.submit(toy);

    assertThat(failure(lab.end(id)))
        .hasMessage("Procedure rollback exceeded max times, procedure_id: " + id);
    assertThat(toy.rollbacks).isEqualTo(11);
  }

  @Test
  void case13_enteredByExhaustedRetriesItEndsAfterTwelveCalls() {
    Toy toy =
        Toy.of(
            "t",
            context -> {
              throw ProcedureException.retryLater(BOOM, false);
            });
    toy.undoneBy(
        context -> {
          throw ServiceException.unexpected("cannot undo");
        });

    assertThat(failure(lab.finish(toy))).hasMessageContaining("rollback exceeded max times");
    assertThat(toy.rollbacks).isEqualTo(12);
  }

  @Test
  void case20_anIdIsRefusedAsLongAsItIsRemembered() {
    ProcedureId id = Lab.id(7);
    lab.run(() -> lab.manager().submit(id, Toy.of("t", Toy.done())));
    lab.end(id);
    lab.runFor(Duration.ofMinutes(9));

    MetasrvException refused =
        lab.failureOf(() -> lab.manager().submit(id, Toy.of("t", Toy.done())));

    assertThat(refused).hasMessage("Procedure %s already exists".formatted(id));
    assertThat(refused.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
  }

  @Test
  void case20_anIdWithAHistoryIsRefusedByLaterLeadersToo() {
    ProcedureId id = Lab.id(7);
    lab.run(() -> lab.manager().submit(id, Toy.of("t", Toy.done())));
    lab.end(id);
    lab.stepDown();
    lab.lead();

    boolean again = lab.call(() -> lab.manager().submitOnce(id, Toy.of("t", Toy.done())));

    assertThat(again).isFalse();
  }

  @Test
  void case21_theStateIsKnownForTenMinutesAndGoneAfterTwenty() {
    ProcedureId id = lab.submit(Toy.of("t", Toy.done()));
    lab.end(id);

    lab.runFor(Duration.ofMinutes(9).plusSeconds(58));
    assertThat(lab.manager().state(id)).isPresent();
    lab.runFor(Duration.ofMinutes(10).plusSeconds(5));
    assertThat(lab.manager().state(id)).isEmpty();
  }

  @Test
  void case26_aPoisonedProcedureLeavesItsPoisonAndNoRecords() {
    var key = new io.metasrv.domain.procedure.PoisonKey("table/1024");
    Toy toy = new Toy("t").poisons(key);
    toy.then(
        toy.store(),
        context -> {
          context.putPoison(key);
          return new Step.Poisoned(BOOM);
        });

    ProcedureId id = lab.submit(toy);

    assertThat(lab.end(id)).isEqualTo(new ProcedureState.Poisoned(BOOM));
    assertThat(lab.records(id)).isEmpty();
    assertThat(lab.content.get(key.toBytes()))
        .contains(Bytes.utf8("{\"token\":\"%s\"}".formatted(id)));
  }

  @Test
  void case28_aCommitThatFailsOnceIsMadeByTheNextExecution() {
    Toy toy = Toy.of("t", Toy.done());
    List<String> refused = new ArrayList<>();
    lab.watch.fate =
        call -> {
          if (call.contains(".commit") && refused.isEmpty()) {
            refused.add(call);
            return WatchedStore.Fate.REFUSED;
          }
          return WatchedStore.Fate.DONE;
        };

    ProcedureId id = lab.submit(toy);

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(toy.executions).isEqualTo(2);
    assertThat(lab.watch.of("put /__procedure__/procedure/" + id + "/0000000000.commit"))
        .hasSize(1);
    assertThat(lab.view(id).timeline()).extracting(TimelineEntry::what).contains("now Retrying");
  }

  @Test
  void givenAProcedureThatPanicsWithoutRecordsThenItFailsAndLeavesNothing() {
    ProcedureId id =
        lab.submit(
            Toy.of(
                "t",
                context -> {
                  throw new IllegalStateException("a bug");
                }));

    assertThat(failure(lab.end(id))).hasMessage("Procedure panics, procedure_id: " + id);
    assertThat(lab.records(id)).isEmpty();
    assertThat(lab.manager().operations().quarantined()).isEmpty();
  }

  @Test
  void givenAWaiterThenItIsToldTheRootCauseUnderTheCodeOfTheError() {
    ProcedureId id =
        lab.submit(
            Toy.of(
                "t",
                context -> {
                  throw ProcedureException.abort(BOOM, true);
                }));

    MetasrvException told = lab.failureOf(() -> lab.manager().await(id));

    assertThat(told).isInstanceOf(ProcedureException.class).hasMessage("table t1 is gone");
    assertThat(told.code()).isEqualTo(StatusCode.TABLE_NOT_FOUND);
  }

  private static MetasrvException failure(ProcedureState state) {
    assertThat(state).isInstanceOf(ProcedureState.Failed.class);
    return state.failure().orElseThrow();
  }
}
