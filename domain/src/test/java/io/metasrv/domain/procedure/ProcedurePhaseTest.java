package io.metasrv.domain.procedure;

import static io.metasrv.domain.procedure.ProcedurePhase.DONE;
import static io.metasrv.domain.procedure.ProcedurePhase.FAILED;
import static io.metasrv.domain.procedure.ProcedurePhase.POISONED;
import static io.metasrv.domain.procedure.ProcedurePhase.PREPARE_ROLLBACK;
import static io.metasrv.domain.procedure.ProcedurePhase.RETRYING;
import static io.metasrv.domain.procedure.ProcedurePhase.ROLLING_BACK;
import static io.metasrv.domain.procedure.ProcedurePhase.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.error.ServiceException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcedurePhaseTest {

  private static final ServiceException ERROR = ServiceException.unexpected("no");

  @Test
  void theTableOfLegalMovesIsThis() {
    EnumSet<ProcedurePhase> forward =
        EnumSet.of(RUNNING, RETRYING, PREPARE_ROLLBACK, DONE, FAILED, POISONED);
    Map<ProcedurePhase, EnumSet<ProcedurePhase>> table = new EnumMap<>(ProcedurePhase.class);
    table.put(RUNNING, forward);
    table.put(RETRYING, forward);
    table.put(PREPARE_ROLLBACK, EnumSet.of(PREPARE_ROLLBACK, ROLLING_BACK, FAILED));
    table.put(ROLLING_BACK, EnumSet.of(ROLLING_BACK, FAILED));
    for (ProcedurePhase last : List.of(DONE, FAILED, POISONED)) {
      table.put(last, EnumSet.noneOf(ProcedurePhase.class));
    }

    for (ProcedurePhase from : ProcedurePhase.values()) {
      for (ProcedurePhase to : ProcedurePhase.values()) {
        assertThat(from.mayBecome(to))
            .as("%s to %s", from, to)
            .isEqualTo(table.get(from).contains(to));
      }
    }
  }

  @Test
  void namesAndNumbersAreThoseOfTheWire() {
    assertThat(List.of(ProcedurePhase.values()))
        .extracting(phase -> phase.number() + " " + phase.wireName())
        .containsExactly(
            "0 Running",
            "1 Done",
            "2 Retrying",
            "3 Failed",
            "4 PrepareRollback",
            "5 RollingBack",
            "6 Poisoned");
  }

  @Test
  void everyStateHasItsPhase() {
    List<ProcedureState> states =
        List.of(
            new ProcedureState.Running(),
            new ProcedureState.Done(new ProcedureOutput.Nothing()),
            new ProcedureState.Retrying(ERROR),
            new ProcedureState.Failed(ERROR),
            new ProcedureState.PrepareRollback(ERROR),
            new ProcedureState.RollingBack(ERROR),
            new ProcedureState.Poisoned(ERROR));
    assertThat(states).extracting(ProcedureState::phase).containsExactly(ProcedurePhase.values());
    assertThat(states)
        .filteredOn(ProcedureState::isTerminal)
        .extracting(ProcedureState::phase)
        .containsExactly(DONE, FAILED, POISONED);
    assertThat(states)
        .filteredOn(state -> state.failure().isEmpty())
        .extracting(ProcedureState::wireName)
        .containsExactly("Running", "Done");
  }
}
