package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metasrv.application.port.Previous;
import io.metasrv.application.procedure.Step;
import io.metasrv.application.procedure.journal.PoisonStore;
import io.metasrv.application.wire.ProcedureIds;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.key.SwitchKeys;
import io.metasrv.domain.procedure.ErrorTexts;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.protocol.v1.meta.ProcedureDetailRequest;
import io.metasrv.protocol.v1.meta.ProcedureMeta;
import io.metasrv.protocol.v1.meta.ProcedureStateResponse;
import io.metasrv.protocol.v1.meta.ProcedureStatus;
import io.metasrv.protocol.v1.meta.QueryProcedureRequest;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sheet 05 §26: what clients see, the pause switch and poisons. */
class ServiceCasesTest {

  private static final RequestHeader HEADER =
      RequestHeader.newBuilder().setProtocolVersion(1).build();
  private static final LockKey TABLE = LockKey.table(LockMode.EXCLUSIVE, new TableId(1024));

  private final Lab lab = new Lab().lead();

  private ProcedureStateResponse query(ByteString key) {
    return lab.call(
        () ->
            lab.service()
                .query(
                    QueryProcedureRequest.newBuilder()
                        .setHeader(HEADER)
                        .setPid(io.metasrv.protocol.v1.meta.ProcedureId.newBuilder().setKey(key))
                        .build()));
  }

  private ProcedureStateResponse query(ProcedureId id) {
    return query(ProcedureIds.toWire(id.value()).getKey());
  }

  private List<ProcedureMeta> details() {
    return lab.call(
        () ->
            lab.service()
                .details(ProcedureDetailRequest.newBuilder().setHeader(HEADER).build())
                .getProceduresList());
  }

  private Toy slow() {
    return Toy.of(
        "slow",
        context -> {
          lab.process().sleep(Duration.ofSeconds(5));
          return Step.done();
        });
  }

  @Test
  void case16_theTextOfAPreventedDeadlockIsMasked() {
    Toy child = slow().locking(TABLE);
    ProcedureId id =
        lab.submit(
            Toy.of(
                    "parent",
                    context -> new Step.Suspended(List.of(new Step.Child(Lab.id(1), child)), false))
                .locking(TABLE));
    lab.end(id);

    assertThat(query(id).getError()).isEqualTo("Internal error: 1003");
  }

  @Test
  void case18_whilePausedNothingIsTakenAndRunningOnesFinish() {
    ProcedureId running = lab.submit(slow());
    lab.content.put(SwitchKeys.PAUSE_PROCEDURE, Bytes.EMPTY, Previous.DISCARD);

    MetasrvException refused = lab.failureOf(() -> lab.manager().submit(Toy.of("t", Toy.done())));

    assertThat(refused).hasMessage("Manager is pasued");
    assertThat(refused.code()).isEqualTo(StatusCode.ILLEGAL_STATE);
    assertThat(lab.end(running)).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void case18_aSwitchThatCannotBeReadStopsSubmissionsWithTheStoresCode() {
    lab.watch.fate = call -> WatchedStore.Fate.REFUSED;

    MetasrvException refused = lab.failureOf(() -> lab.manager().submit(Toy.of("t", Toy.done())));

    assertThat(refused).hasMessage("Failed to check procedure manager status");
    assertThat(refused.code()).isEqualTo(StatusCode.INTERNAL);
  }

  @Test
  void case18_recoveryDoesNotCareForThePause() {
    lab.stepDown();
    lab.types = procedures -> procedures.register(Toy.TYPE, data -> Toy.of(data, Toy.done()));
    lab.putRecord(Lab.id(1), "0000000000.step", Toy.TYPE, "t 0", "");
    lab.content.put(SwitchKeys.PAUSE_PROCEDURE, Bytes.EMPTY, Previous.DISCARD);

    lab.lead();

    assertThat(lab.end(Lab.id(1))).isInstanceOf(ProcedureState.Done.class);
  }

  @Test
  void case22_theIdIsTextAndNotItsBytes() {
    ProcedureId id = lab.submit(slow());
    byte[] raw =
        ByteBuffer.allocate(16)
            .putLong(id.value().getMostSignificantBits())
            .putLong(id.value().getLeastSignificantBits())
            .array();

    assertThat(lab.failureOf(() -> query(ByteString.copyFrom(raw))).code())
        .isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(query(ByteString.copyFromUtf8(id.toString())).getStatus())
        .isEqualTo(ProcedureStatus.Running);
  }

  @Test
  void case23_anInternalErrorIsANumberAndAnyOtherItsRootCause() {
    ProcedureId internal =
        lab.submit(
            Toy.of(
                "t",
                context -> {
                  throw new ServiceException(StatusCode.INTERNAL, "a secret");
                }));
    ProcedureId other =
        lab.submit(
            Toy.of(
                "t",
                context -> {
                  throw ProcedureException.abort(
                      new ServiceException(
                          StatusCode.FLOW_ALREADY_EXISTS, "Flow already exists: greptime.f1"),
                      false);
                }));
    lab.end(internal);
    lab.end(other);

    assertThat(query(internal).getError()).isEqualTo("Internal error: 1003");
    assertThat(query(internal).getStatus()).isEqualTo(ProcedureStatus.Failed);
    assertThat(query(other).getError()).isEqualTo("Flow already exists: greptime.f1");
  }

  @Test
  void case24_detailsShowLocksAsTextAndNoStartOfThoseWhoWait() {
    ProcedureId holds = lab.submit(slow().locking(TABLE));
    ProcedureId waits = lab.submit(slow().locking(TABLE));
    lab.runFor(Duration.ofMillis(1));

    assertThat(details())
        .satisfiesExactly(
            first -> {
              assertThat(first.getId()).isEqualTo(ProcedureIds.toWire(holds.value()));
              assertThat(first.getTypeName()).isEqualTo(Toy.TYPE);
              assertThat(first.getLockKeysList())
                  .containsExactly("Exclusive(\"__table_lock/1024\")");
              assertThat(first.getStartTimeMs()).isPositive();
              assertThat(first.getEndTimeMs()).isZero();
            },
            second -> {
              assertThat(second.getId()).isEqualTo(ProcedureIds.toWire(waits.value()));
              assertThat(second.getStatus()).isEqualTo(ProcedureStatus.Running);
              assertThat(second.getStartTimeMs()).isZero();
            });
    lab.end(waits);
    assertThat(details()).allMatch(meta -> meta.getEndTimeMs() > 0);
  }

  @Test
  void case25_aPoisonBelongsToWhoPutIt() {
    PoisonStore poisons = new PoisonStore(lab.content);
    PoisonKey key = PoisonKey.table(new TableId(1024));
    ProcedureId a = Lab.id(1);
    ProcedureId b = Lab.id(2);
    poisons.put(key, a);
    assertThat(key.toBytes()).isEqualTo(Bytes.utf8("/__procedure_poison/table/1024"));
    assertThat(lab.content.get(key.toBytes()))
        .contains(Bytes.utf8("{\"token\":\"%s\"}".formatted(a)));

    poisons.put(key, a);
    String conflict =
        "Procedure poison key already exists with a different value,"
            + " key: /__procedure_poison/table/1024, value: "
            + a;
    MetasrvException notPut = lab.failureOf(() -> poisons.put(key, b));
    assertThat(ErrorTexts.rootCause(notPut)).isEqualTo(conflict);
    assertThat(notPut)
        .hasMessage(
            "Failed to put poison, key: '/__procedure_poison/table/1024', token: '%s'"
                .formatted(b));
    assertThat(notPut.code()).isEqualTo(StatusCode.UNEXPECTED);
    MetasrvException notDeleted = lab.failureOf(() -> poisons.delete(key, b));
    assertThat(ErrorTexts.rootCause(notDeleted)).isEqualTo(conflict);
    assertThat(notDeleted)
        .hasMessage("Failed to delete poison, key: '/__procedure_poison/table/1024'");
    assertThat(poisons.get(key)).contains(a.toString());

    poisons.delete(key, a);
    assertThat(poisons.get(key)).isEmpty();
    poisons.delete(key, a);
    assertThat(poisons.of(a)).isEmpty();
  }

  @Test
  void case25_poisonsThatWereNotAnnouncedAreRefused() {
    ProcedureId id =
        lab.submit(
            Toy.of(
                "t",
                context -> {
                  context.putPoison(new PoisonKey("table/1"));
                  return Step.done();
                }));

    assertThat(lab.end(id).failure().orElseThrow()).hasMessageContaining("is not defined");
    assertThat(lab.stored("/__procedure_poison/")).isEmpty();
  }

  @Test
  void givenAnErrorThatAsksForItThenPoisonsAreCleanedBeforeTheProcedureEnds() {
    PoisonKey key = new PoisonKey("table/1");
    for (boolean clean : List.of(true, false)) {
      Toy toy =
          Toy.of(
                  "t",
                  context -> {
                    context.putPoison(key);
                    throw ProcedureException.abort(ServiceException.unexpected("no"), clean);
                  })
              .poisons(key);
      lab.end(lab.submit(toy));
      assertThat(lab.stored("/__procedure_poison/").isEmpty()).isEqualTo(clean);
    }
  }

  @Test
  void givenAPoisonOfAnotherThenAProcedureThatIsDoneCannotCommit() {
    PoisonKey key = new PoisonKey("table/1");
    lab.put(key.toString(), "{\"token\":\"%s\"}".formatted(Lab.id(9)));

    ProcedureId id = lab.submit(Toy.of("rename", Toy.done()).poisons(key));

    MetasrvException error = lab.end(id).failure().orElseThrow();
    assertThat(error).hasMessageStartingWith("Procedure retry exceeded max times");
    assertThat(query(id).getError()).contains("already exists with a different value");
  }
}
