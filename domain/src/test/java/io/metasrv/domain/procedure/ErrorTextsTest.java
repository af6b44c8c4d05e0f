package io.metasrv.domain.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ErrorTextsTest {

  private static final ProcedureId ID = new ProcedureId(new UUID(0, 1));

  @Test
  void theRootCauseIsTheLastOfOursAndBehindAColonTheInnermostForeign() {
    ServiceException own = ServiceException.unexpected("own");
    assertThat(ErrorTexts.rootCause(own)).isEqualTo("own");
    assertThat(ErrorTexts.rootCause(ProcedureException.abort(own, false))).isEqualTo("own");
    assertThat(
            ErrorTexts.rootCause(
                ProcedureErrors.retriesExceeded(
                    ID,
                    new ServiceException(
                        StatusCode.UNEXPECTED,
                        "call",
                        new IllegalStateException("outer", new IOException("refused"))))))
        .isEqualTo("call: refused");
    assertThat(
            ErrorTexts.rootCause(
                new ServiceException(StatusCode.UNEXPECTED, "call", new IllegalStateException())))
        .isEqualTo("call: IllegalStateException");
  }

  @Test
  void clientsSeeANumberWhereTheCodeHidesTheText() {
    assertThat(ErrorTexts.forClients(new StoreException.Unavailable("10.0.0.1 is down")))
        .isEqualTo("Internal error: 1003");
    assertThat(ErrorTexts.forClients(new ServiceException(StatusCode.UNKNOWN, "x")))
        .isEqualTo("Internal error: 1000");
    assertThat(ErrorTexts.forClients(ProcedureErrors.paused())).isEqualTo("Manager is pasued");
  }

  @Test
  void theChainHasEveryText() {
    assertThat(
            ErrorTexts.chain(
                ProcedureErrors.rollbacksExceeded(ID, ServiceException.unexpected("no"))))
        .isEqualTo("Procedure rollback exceeded max times, procedure_id: " + ID + ": no");
  }

  @Test
  void aWrappedErrorKeepsItsCodeAndSaysWhatIsToBeDone() {
    ServiceException cause = new ServiceException(StatusCode.TABLE_NOT_FOUND, "gone");
    ProcedureException later = ProcedureException.retryLater(cause, true);
    ProcedureException never =
        ProcedureException.abort(new StoreException.Unavailable("down"), false);

    assertThat(later.code()).isEqualTo(StatusCode.TABLE_NOT_FOUND);
    assertThat(later.isRetryable()).isTrue();
    assertThat(later.cleansPoisons()).isTrue();
    assertThat(never.isRetryable()).isFalse();
    assertThat(never.cleansPoisons()).isFalse();
    assertThat(never)
        .hasMessage("Failed to execute procedure due to external error, clean poisons: false");
  }
}
