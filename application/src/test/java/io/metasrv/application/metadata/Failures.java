package io.metasrv.application.metadata;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expected errors. */
final class Failures {

  private Failures() {}

  static void assertFails(ThrowingCallable call, StatusCode code, String beginning) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              Assertions.assertThat(e.code()).isEqualTo(code);
              Assertions.assertThat(e.isRetryable()).isFalse();
            })
        .hasMessageStartingWith(beginning);
  }

  static void assertUnexpected(ThrowingCallable call, String beginning) {
    assertFails(call, StatusCode.UNEXPECTED, beginning);
  }
}
