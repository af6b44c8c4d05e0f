package io.metasrv.domain.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final RetryPolicy DEFAULTS = new RetryPolicy(12, Duration.ofMillis(500));

  @Test
  void pausesDoubleUpToAMinute() {
    RetryBudget budget = new RetryBudget(DEFAULTS);
    List<Duration> pauses = new ArrayList<>();
    for (Optional<Duration> next = budget.next(); next.isPresent(); next = budget.next()) {
      pauses.add(next.get());
    }

    assertThat(pauses)
        .containsExactlyElementsOf(
            Stream.of(500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000, 60000, 60000)
                .map(Duration::ofMillis)
                .toList());
    assertThat(budget.used()).isEqualTo(12);
    assertThat(budget.next()).isEmpty();
  }

  @Test
  void aFirstPauseAboveAMinuteIsAMinute() {
    assertThat(new RetryPolicy(1, Duration.ofHours(1)).delay(0)).contains(Duration.ofSeconds(60));
  }

  @Test
  void aPolicyWithoutRetriesHasNone() {
    assertThat(new RetryPolicy(0, Duration.ofMillis(500)).delay(0)).isEmpty();
  }

  @Test
  void aPauseIsMadeLongerByAQuarterAtMost() {
    Random random = new Random(7);
    List<Duration> spread =
        Stream.generate(() -> RetryPolicy.spread(Duration.ofSeconds(2), random))
            .limit(5_000)
            .toList();

    assertThat(spread)
        .allMatch(pause -> pause.toMillis() >= 2000 && pause.toMillis() <= 2500)
        .contains(Duration.ofMillis(2000), Duration.ofMillis(2500));
    assertThat(RetryPolicy.spread(Duration.ZERO, random)).isZero();
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatThrownBy(() -> new RetryPolicy(-1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
