package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.procedure.view.QuarantinedProcedure;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sheet 05 §26: what a new leader finds in the store, and what the old one leaves there. */
class RecoveryCasesTest {

  private static final ProcedureId A = Lab.id(0xa);
  private static final ProcedureId B = Lab.id(0xb);
  private static final ProcedureId C = Lab.id(0xc);

  private final Lab lab = new Lab();

  /** The procedures loaded, by the data they were loaded from, in order. */
  private final Map<String, Toy> loaded = new LinkedHashMap<>();

  private Toy loaded(String data) {
    return Optional.ofNullable(loaded.get(data)).orElseThrow();
  }

  private void loadToys() {
    loadToys(name -> Toy.of(name, Toy.done()));
  }

  private void loadToys(java.util.function.Function<String, Toy> make) {
    lab.types =
        procedures ->
            procedures.register(
                Toy.TYPE,
                data -> {
                  Toy toy = make.apply(data.split(" ", -1)[0]);
                  toy.at(Integer.parseInt(data.split(" ", -1)[1].replace("x", "")));
                  loaded.put(data, toy);
                  return toy;
                });
  }

  @Test
  void case03_aStoredProcedureGoesOnWithTheLocksOfItsRecoveredState() {
    LockKey lock = new LockKey(LockMode.EXCLUSIVE, "later");
    loadToys(
        name -> {
          Toy toy = new Toy(name);
          return toy.then(Toy.done(), Toy.done(), Toy.done()).locking(lock);
        });
    lab.putRecord(A, "0000000000.step", Toy.TYPE, "t 1", "");
    lab.putRecord(A, "0000000002.step", Toy.TYPE, "t 2", "");

    lab.lead();

    assertThat(lab.end(A)).isInstanceOf(ProcedureState.Done.class);
    assertThat(loaded).containsOnlyKeys("t 2");
    assertThat(loaded("t 2").recoveries).isEqualTo(1);
    assertThat(lab.view(A).locks().keys()).containsExactly(lock);
    assertThat(lab.view(A).recovered()).isTrue();
    assertThat(lab.watch.of("put /__procedure__/procedure/" + A + "/0000000002.commit 0"))
        .hasSize(1);
    assertThat(lab.records(A)).isEmpty();
  }

  @Test
  void case04_aCommittedProcedureIsNotRunAndItsKeysGo() {
    loadToys();
    lab.putRecord(A, "0000000001.step", Toy.TYPE, "t 1", "");
    lab.put("/__procedure__/procedure/" + A + "/0000000001.commit", "");

    lab.lead();
    lab.runFor(Duration.ofSeconds(1));

    assertThat(loaded).isEmpty();
    assertThat(lab.manager().state(A)).isEmpty();
    assertThat(lab.records(A)).isEmpty();
  }

  @Test
  void case05_rollbackRecordResumesInRollback() {
    loadToys(name -> Toy.of(name, Toy.done()).undoneBy(context -> {}));
    lab.putRecord(A, "0000000003.rollback", Toy.TYPE, "t 3", ",\"error\":\"boom\"");

    lab.lead();
    assertThat(lab.state(A)).isInstanceOf(ProcedureState.RollingBack.class);

    MetasrvException error = lab.end(A).failure().orElseThrow();
    assertThat(lab.state(A)).isInstanceOf(ProcedureState.Failed.class);
    assertThat(error).hasMessage("Rollback Procedure recovered: boom");
    assertThat(loaded("t 3").rollbacks).isEqualTo(1);
    assertThat(loaded("t 3").executions).isZero();
    assertThat(lab.records(A)).isEmpty();
  }

  @Test
  void case13_recoveredInRollbackItEndsAfterTwelveCalls() {
    loadToys(
        name ->
            Toy.of(name, Toy.done())
                .undoneBy(
                    context -> {
                      throw ServiceException.unexpected("cannot undo");
                    }));
    lab.putRecord(A, "0000000003.rollback", Toy.TYPE, "t 3", ",\"error\":\"boom\"");

    lab.lead();
    lab.end(A);

    assertThat(loaded("t 3").rollbacks).isEqualTo(12);
  }

  @Test
  void case06_aChildIsNotRunAndWhatIsLeftOfItGoesWithItsParentGone() {
    loadToys();
    lab.put(
        "/__procedure__/procedure/" + A + "/0000000000.step",
        "{\"type_name\":\"%s\",\"data\":\"t 0\",\"parent_id\":\"%s\",\"step\":0}"
            .formatted(Toy.TYPE, B));

    lab.lead();
    lab.runFor(Duration.ofSeconds(1));

    assertThat(loaded).isEmpty();
    assertThat(lab.manager().list()).isEmpty();
    assertThat(lab.records(A)).isEmpty();
  }

  @Test
  void case07_aTypeNobodyKnowsIsSetApartAndTheOthersGoOn() {
    loadToys();
    lab.putRecord(A, "0000000000.step", "metasrv-procedure::Unheard", "t 0", "");
    lab.putRecord(B, "0000000000.step", Toy.TYPE, "t 0", "");

    lab.lead();

    assertThat(lab.end(B)).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.records(A)).containsExactly("0000000000.step");
    assertThat(lab.manager().operations().quarantined())
        .singleElement()
        .satisfies(
            apart -> {
              assertThat(apart.id()).contains(A);
              assertThat(apart.reason()).contains("metasrv-procedure::Unheard");
            });
  }

  @Test
  void case08_aLongRecordIsCutIntoPiecesAndReadAsOne() {
    loadToys();
    lab.lead();
    int limit = 1_536_000;
    List<String> keys = new ArrayList<>();
    Toy toy = new Toy("t");
    toy.then(
        context -> {
          toy.at++;
          toy.padded(paddingFor(3_500_000, toy));
          return io.metasrv.application.procedure.Step.persisted();
        },
        context -> {
          keys.addAll(lab.records(context.id()));
          throw new AssertionError("only as far as here");
        });

    ProcedureId id = lab.submit(toy);
    lab.end(id);

    assertThat(keys)
        .containsExactly(
            "0000000000.step", "0000000000.step/0000000001", "0000000000.step/0000000002");
    assertThat(lab.stored("/__procedure__/procedure/" + id))
        .extracting(pair -> pair.value().size())
        .containsExactly(limit, limit, 428_000);

    // An operator lets the next leader load it.
    lab.stepDown();
    lab.lead();
    lab.run(() -> lab.manager().operations().retry(id));
    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(loaded.keySet()).singleElement().isEqualTo(toy.dump());
    assertThat(lab.records(id)).isEmpty();
  }

  private static int paddingFor(int recordBytes, Toy toy) {
    int bare =
        "{\"type_name\":\"%s\",\"data\":\"%s\",\"parent_id\":null,\"step\":0}"
            .formatted(Toy.TYPE, toy.dump())
            .length();
    return recordBytes - bare;
  }

  @Test
  void case09_aMissingPieceIsReportedWithTheNumbersAndHurtsNobodyElse() {
    loadToys();
    lab.putRecord(A, "0000000000.step", Toy.TYPE, "t 0", "");
    lab.put("/__procedure__/procedure/" + A + "/0000000000.step/0000000002", "}");
    lab.putRecord(B, "0000000000.step", Toy.TYPE, "t 0", "");

    lab.lead();

    assertThat(lab.end(B)).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.manager().operations().quarantined())
        .singleElement()
        .extracting(QuarantinedProcedure::reason)
        .asString()
        .contains("Corrupted segment keys, parsed segment indexes: [2]");
    assertThat(lab.records(A)).hasSize(2);
  }

  @Test
  void case27_aStepInWhoseMiddleTheTermEndsLeavesNothingAndTheNextLeaderTakesTheLastRecord() {
    loadToys();
    lab.lead();
    Toy toy = new Toy("t");
    toy.then(
        toy.store(),
        context -> {
          toy.at++;
          try {
            lab.process().sleep(Duration.ofMinutes(1));
          } catch (InterruptedException swallowed) {
            lab.world.note("swallowed", "by the step");
          }
          return io.metasrv.application.procedure.Step.persisted();
        });
    ProcedureId id = lab.submit(toy);
    lab.runFor(Duration.ofSeconds(1));
    List<KeyValue> before = lab.stored("/__procedure__/procedure/");

    lab.stepDown();

    assertThat(lab.stored("/__procedure__/procedure/")).isEqualTo(before).hasSize(1);
    lab.lead();
    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(loaded).containsOnlyKeys("t 1");
  }

  @Test
  void case27_whoWaitsIsSentToTheNextLeader() {
    lab.lead();
    ProcedureId id =
        lab.submit(
            Toy.of(
                "t",
                context -> {
                  lab.process().sleep(Duration.ofMinutes(10));
                  return Toy.done().run(context);
                }));
    List<MetasrvException> told = new ArrayList<>();
    lab.process()
        .start(
            "waiter",
            () -> {
              try {
                lab.manager().await(id);
              } catch (MetasrvException error) {
                told.add(error);
              }
            });
    lab.runFor(Duration.ofSeconds(1));

    lab.stepDown();

    assertThat(told).singleElement().isInstanceOf(NotLeaderException.class);
    assertThat(lab.failureOf(() -> lab.manager().submit(Toy.of("t", Toy.done()))))
        .isInstanceOf(MetasrvException.class);
  }

  @Test
  void case30_thoseBeingRolledBackComeFirst() {
    loadToys(name -> Toy.of(name, Toy.done()).undoneBy(context -> {}));
    lab.putRecord(A, "0000000000.step", Toy.TYPE, "t 0", "");
    lab.putRecord(B, "0000000001.rollback", Toy.TYPE, "u 1", ",\"error\":\"boom\"");
    lab.putRecord(C, "0000000000.step", Toy.TYPE, "v 0", "");

    lab.lead();

    assertThat(lab.manager().list()).extracting(view -> view.id()).containsExactly(B, A, C);
  }

  @Test
  void givenMoreStoredProceduresThanMayRunThenAllGoOn() {
    loadToys();
    lab.withMaxRunning(1);
    lab.putRecord(A, "0000000000.step", Toy.TYPE, "t 0", "");
    lab.putRecord(B, "0000000000.step", Toy.TYPE, "u 0", "");

    lab.lead();

    assertThat(lab.end(A)).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.end(B)).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void givenAPanicThenTheRecordsStayAndNoLeaderRunsThemUntilAnOperatorSaysSo() {
    loadToys();
    lab.lead();
    Toy toy = new Toy("t");
    toy.then(
        toy.store(),
        context -> {
          throw new IllegalStateException("a bug");
        });
    ProcedureId id = lab.submit(toy);
    lab.end(id);
    assertThat(lab.records(id)).containsExactly("0000000000.step");

    lab.stepDown();
    lab.lead();
    lab.runFor(Duration.ofMinutes(1));
    assertThat(loaded).isEmpty();
    assertThat(lab.manager().operations().quarantined()).hasSize(1);

    lab.run(() -> lab.manager().operations().retry(id));
    assertThat(lab.end(id)).isInstanceOf(ProcedureState.Done.class);
    assertThat(lab.manager().operations().quarantined()).isEmpty();
    assertThat(lab.stored("__metasrv/quarantine/")).isEmpty();
    assertThat(lab.records(id)).isEmpty();
  }

  @Test
  void givenAFailureThenItIsDurableBeforeAnybodyIsTold() {
    loadToys();
    lab.lead();
    Toy toy = new Toy("t");
    toy.then(
        toy.store(),
        context -> {
          throw ServiceException.unexpected("no");
        });
    ProcedureId id = lab.submit(toy);

    lab.world.runUntil(() -> lab.state(id).isTerminal(), Duration.ofSeconds(10));
    lab.crash();
    lab.lead();
    lab.runFor(Duration.ofMinutes(1));

    assertThat(loaded).isEmpty();
    assertThat(lab.stored("__metasrv/history/procedure/")).hasSize(1);
  }

  @Test
  void givenARecordThatArrivesLateThenAFinishedProcedureIsNotRunAgain() {
    loadToys();
    lab.lead();
    ProcedureId id = lab.submit(Toy.of("t", Toy.done()));
    lab.end(id);
    lab.stepDown();
    lab.putRecord(id, "0000000000.step", Toy.TYPE, "t 0", "");

    lab.lead();
    lab.runFor(Duration.ofSeconds(1));

    assertThat(loaded).isEmpty();
    assertThat(lab.records(id)).isEmpty();
  }

  @Test
  void givenForeignKeysThenTheyAreReportedAndStay() {
    loadToys();
    Bytes foreign = Bytes.utf8("/__procedure__/procedure/readme");
    lab.content.put(foreign, Bytes.utf8("hello"), Previous.DISCARD);

    lab.lead();
    lab.runFor(Duration.ofMinutes(11));

    assertThat(lab.content.get(foreign)).isPresent();
    assertThat(lab.manager().operations().quarantined())
        .singleElement()
        .satisfies(apart -> assertThat(apart.key()).isEqualTo(foreign));
  }

  @Test
  void givenAStoreThatCannotBeScannedThenTheStartFails() {
    loadToys();
    lab.watch.fate = call -> WatchedStore.Fate.REFUSED;

    assertThat(lab.failureOf(() -> lab.elected().manager().start()).isRetryable()).isTrue();
  }
}
