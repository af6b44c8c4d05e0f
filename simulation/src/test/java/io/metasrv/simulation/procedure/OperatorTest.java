package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators can see of procedures and do to them, beyond the original. */
class OperatorTest {

  private static final LockKey LOCK = new LockKey(LockMode.EXCLUSIVE, "k");

  private final Lab lab = new Lab().lead();

  private Toy.Act failing() {
    return context -> {
      throw ProcedureException.retryLater(
          new ServiceException(StatusCode.STORAGE_UNAVAILABLE, "datanode 1 is away"), false);
    };
  }

  private Toy slow() {
    return Toy.of(
        "slow",
        context -> {
          lab.process().sleep(Duration.ofMinutes(1));
          return Step.done();
        });
  }

  private JsonValue.Object history(ProcedureId id) {
    return JsonReader.read(lab.call(() -> lab.manager().operations().history(id)).orElseThrow())
        .asObject();
  }

  private void cancel(ProcedureId id) {
    lab.run(() -> lab.manager().operations().cancel(id));
  }

  private List<PoisonKey> skip(ProcedureId id) {
    List<PoisonKey> left = new ArrayList<>();
    lab.run(() -> left.addAll(lab.manager().operations().skip(id)));
    return left;
  }

  @Test
  void aFinishedProcedureLeavesItsTimelineForLaterLeaders() {
    Toy toy = new Toy("table greptime.public.t");
    toy.then(
        context -> {
          if (toy.executions < 3) {
            return failing().run(context);
          }
          return Step.done();
        });
    toy.locking(LOCK);
    ProcedureId id = lab.submit(toy);
    lab.end(id);
    lab.stepDown();
    lab.lead();

    JsonValue.Object record = history(id);
    assertThat(record.text("id")).isEqualTo(id.toString());
    assertThat(record.text("state")).isEqualTo("Done");
    assertThat(record.text("subject")).isEqualTo("table greptime.public.t");
    assertThat(record.text("leader")).isEqualTo(Lab.ADDRESS);
    assertThat(record.number("finished_at_ms")).isEqualTo(record.number("end_time_ms"));
    List<JsonValue> timeline = record.require("timeline").asArray();
    assertThat(timeline)
        .extracting(entry -> entry.asObject().text("what"))
        .containsSubsequence("submitted", "locks taken", "now Retrying", "now Retrying")
        .anyMatch(what -> what.startsWith("retry 2 in 1"))
        .anyMatch(what -> what.startsWith("done, written to "));
    assertThat(timeline)
        .anyMatch(entry -> entry.asObject().textOr("error", "").contains("datanode 1 is away"));
    assertThat(lab.call(() -> lab.manager().operations().history(10))).hasSize(1);
  }

  @Test
  void childrenAreInTheRecordOfTheirRoot() {
    Toy child = Toy.of("child", Toy.done());
    ProcedureId id =
        lab.submit(
            Toy.of(
                "parent",
                context ->
                    context.stateOf(Lab.id(1)).isPresent()
                        ? Step.done()
                        : new Step.Suspended(List.of(new Step.Child(Lab.id(1), child)), false)));
    lab.end(id);

    List<JsonValue> details = history(id).require("descendant_details").asArray();
    assertThat(details)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.asObject().text("id")).isEqualTo(Lab.id(1).toString());
              assertThat(one.asObject().text("parent_id")).isEqualTo(id.toString());
              assertThat(one.asObject().text("state")).isEqualTo("Done");
            });
  }

  @Test
  void theHistoryIsKeptForItsTime() {
    Lab short_ = new Lab().withHistory(Duration.ofHours(1), 1000).lead();
    short_.finish(Toy.of("t", Toy.done()));
    short_.runFor(Duration.ofMinutes(59));
    assertThat(short_.stored("__metasrv/history/")).hasSize(1);

    short_.runFor(Duration.ofMinutes(12));
    assertThat(short_.stored("__metasrv/history/")).isEmpty();
  }

  @Test
  void theHistoryKeepsTheLatestOnes() {
    Lab few = new Lab().withHistory(Duration.ofDays(7), 3).lead();
    List<ProcedureId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ProcedureId id = few.submit(Toy.of("t", Toy.done()));
      few.end(id);
      ids.add(id);
    }
    few.runFor(Duration.ofMinutes(11));

    assertThat(few.call(() -> few.manager().operations().history(10)))
        .extracting(record -> JsonReader.read(record).asObject().text("id"))
        .containsExactly(ids.get(4).toString(), ids.get(3).toString(), ids.get(2).toString());
    // An id whose record is gone is free again.
    assertThat(few.call(() -> few.manager().submitOnce(ids.get(0), Toy.of("t", Toy.done()))))
        .isTrue();
    assertThat(few.call(() -> few.manager().submitOnce(ids.get(4), Toy.of("t", Toy.done()))))
        .isFalse();
  }

  @Test
  void aRetryingProcedureThatIsCancelledFailsWithoutWaitingForTheRetry() {
    ProcedureId id = lab.submit(Toy.of("t", failing()));
    lab.runFor(Duration.ofSeconds(10));

    cancel(id);
    lab.runFor(Duration.ofMillis(10));

    assertThat(lab.state(id).failure().orElseThrow())
        .hasMessage("Procedure %s was cancelled by operator".formatted(id));
    assertThat(lab.events.latest())
        .extracting(EventLog.Event::type)
        .contains("procedure.cancelled");
    assertThat(history(id).text("error")).contains("cancelled by operator");
  }

  @Test
  void oneThatCanIsRolledBackWhenCancelled() {
    Toy toy = Toy.of("t", failing()).undoneBy(context -> {});
    ProcedureId id = lab.submit(toy);
    lab.runFor(Duration.ofSeconds(1));

    cancel(id);

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Failed.class);
    assertThat(toy.rollbacks).isEqualTo(1);
    MetasrvException refused = lab.failureOf(() -> lab.manager().operations().cancel(id));
    assertThat(refused).hasMessageContaining("it has ended already: Failed");
    assertThat(refused.code()).isEqualTo(StatusCode.ILLEGAL_STATE);
  }

  @Test
  void aStepIsNotInterruptedByACancellation() {
    Toy toy = slow();
    ProcedureId id = lab.submit(toy);
    lab.runFor(Duration.ofSeconds(1));

    cancel(id);
    lab.runFor(Duration.ofSeconds(30));
    assertThat(lab.state(id)).isInstanceOf(ProcedureState.Running.class);

    // The step was its last: what is done is done.
    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void oneThatWaitsForLocksIsCancelledAtOnceAndLeavesItsPlace() {
    lab.submit(slow().locking(LOCK));
    Toy waiting = Toy.of("waiting", Toy.done()).locking(LOCK);
    ProcedureId id = lab.submit(waiting);
    lab.runFor(Duration.ofMillis(1));

    cancel(id);
    lab.runFor(Duration.ofMillis(1));

    assertThat(lab.state(id)).isInstanceOf(ProcedureState.Failed.class);
    assertThat(waiting.executions).isZero();
    assertThat(lab.manager().operations().locks()).hasSize(1);
  }

  @Test
  void childrenAreCancelledWithTheirParent() {
    Toy child = Toy.of("child", failing());
    Toy parent =
        Toy.of(
            "parent",
            context -> new Step.Suspended(List.of(new Step.Child(Lab.id(1), child)), true));
    ProcedureId id = lab.submit(parent);
    lab.runFor(Duration.ofSeconds(1));

    cancel(id);
    lab.runFor(Duration.ofSeconds(1));

    assertThat(lab.state(Lab.id(1))).isInstanceOf(ProcedureState.Failed.class);
    assertThat(lab.state(id)).isInstanceOf(ProcedureState.Failed.class);
    assertThat(lab.stored("/__procedure__/")).isEmpty();
  }

  @Test
  void aPausingProcedureIsSkippedWithoutRollbackAndItsPoisonIsNamed() {
    PoisonKey key = new PoisonKey("table/1");
    Toy toy = new Toy("t").poisons(key).undoneBy(context -> {});
    toy.then(
        toy.store(),
        context -> {
          context.putPoison(key);
          return failing().run(context);
        });
    ProcedureId id = lab.submit(toy);
    lab.runFor(Duration.ofSeconds(1));

    assertThat(skip(id)).containsExactly(key);

    assertThat(toy.rollbacks).isZero();
    assertThat(lab.state(id).failure().orElseThrow()).hasMessageContaining("skipped by operator");
    assertThat(lab.records(id)).isEmpty();
    assertThat(lab.stored("/__procedure_poison/")).hasSize(1);
    assertThat(history(id).text("stored_state")).isEqualTo("t 1");
  }

  @Test
  void oneInTheMiddleOfAStepIsNotSkipped() {
    ProcedureId id = lab.submit(slow());
    lab.runFor(Duration.ofSeconds(1));

    MetasrvException refused =
        lab.failureOf(
            () -> {
              List<PoisonKey> unused = lab.manager().operations().skip(id);
            });

    assertThat(refused).hasMessageContaining("in the middle of a step");
    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void oneThatIsSetApartIsSkippedWithAllThatIsStoredOfIt() {
    lab.stepDown();
    lab.putRecord(Lab.id(1), "0000000004.step", "metasrv-procedure::Unheard", "t 4", "");
    lab.put(
        "/__procedure__/procedure/" + Lab.id(2) + "/0000000000.step",
        "{\"type_name\":\"x\",\"data\":\"t 0\",\"parent_id\":\"%s\",\"step\":0}"
            .formatted(Lab.id(1)));
    lab.put("/__procedure_poison/table/7", "{\"token\":\"%s\"}".formatted(Lab.id(1)));
    lab.lead();
    lab.runFor(Duration.ofSeconds(1));
    assertThat(lab.stored("/__procedure__/")).hasSize(2);

    assertThat(skip(Lab.id(1))).containsExactly(new PoisonKey("table/7"));

    assertThat(lab.stored("/__procedure__/")).isEmpty();
    assertThat(history(Lab.id(1)).text("stored_state")).contains("metasrv-procedure::Unheard");
    assertThat(lab.manager().operations().quarantined()).isEmpty();
    lab.stepDown();
    lab.lead();
    assertThat(lab.manager().operations().quarantined()).isEmpty();
  }

  @Test
  void aSkipThatCannotBeWrittenLeavesEverythingAsItWas() {
    lab.stepDown();
    lab.putRecord(Lab.id(1), "0000000004.step", "metasrv-procedure::Unheard", "t 4", "");
    lab.lead();
    lab.watch.fate =
        call ->
            call.contains("__metasrv/history") ? WatchedStore.Fate.REFUSED : WatchedStore.Fate.DONE;

    assertThat(lab.failureOf(() -> skip(Lab.id(1)))).isNotNull();

    assertThat(lab.manager().operations().quarantined()).hasSize(1);
    assertThat(lab.stored("/__procedure__/")).hasSize(1);
  }

  @Test
  void anEndThatCannotBeWrittenIsWrittenLater() {
    Toy toy = new Toy("t");
    toy.then(toy.store(), Toy.done());
    lab.watch.fate =
        call ->
            call.contains("__metasrv/history") && lab.world.now().toSeconds() < 100
                ? WatchedStore.Fate.REFUSED
                : WatchedStore.Fate.DONE;

    ProcedureId id = lab.submit(toy);

    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.records(id)).hasSize(2);
    assertThat(lab.manager().operations().locks()).isEmpty();
    lab.runFor(Duration.ofMinutes(3));
    assertThat(lab.records(id)).isEmpty();
    assertThat(lab.call(() -> lab.manager().operations().history(10))).hasSize(1);
  }

  @Test
  void nobodyKnowsIsSaidOfUnknownIds() {
    assertThat(lab.failureOf(() -> lab.manager().operations().cancel(Lab.id(1))))
        .hasMessage("Procedure not found: " + Lab.id(1));
    assertThat(lab.failureOf(() -> lab.manager().operations().retry(Lab.id(1))))
        .hasMessage("Procedure not found: " + Lab.id(1));
    assertThat(lab.failureOf(() -> skip(Lab.id(1)))).hasMessageStartingWith("Procedure not found");
    assertThat(lab.call(() -> lab.manager().operations().history(Lab.id(1)))).isEmpty();
  }
}
