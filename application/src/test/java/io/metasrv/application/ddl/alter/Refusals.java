package io.metasrv.application.ddl.alter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal looks like. */
final class Refusals {

  private Refusals() {}

  static void assertRefused(ThrowingCallable call, StatusCode code, String text) {
    assertThatThrownBy(call)
        .isInstanceOf(MetasrvException.class)
        .hasMessageContaining(text)
        .satisfies(e -> assertThat(((MetasrvException) e).code()).isEqualTo(code));
  }
}
