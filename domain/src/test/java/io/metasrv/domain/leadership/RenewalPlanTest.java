package io.metasrv.domain.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenewalPlanTest {

  private static final MonotonicTime SENT = new MonotonicTime(1_000);
  private static final Instant SENT_WALL = Instant.EPOCH;
  private final RenewalPlan plan =
      new RenewalPlan(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2));

  @Test
  @DisplayName("sheet 02 §23 no. 1: interval plus timeout is below the lease, or nobody may lead")
  void givenDurationsThatWouldLetTwoNodesLeadThenThereIsNoPlan() {
    assertThatThrownBy(
            () ->
                new RenewalPlan(
                    Duration.ofSeconds(5), Duration.ofMillis(2500), Duration.ofMillis(2500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two nodes could lead");
    assertThatThrownBy(
            () -> new RenewalPlan(Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenARenewalThenTheNextIsDueOneIntervalAfterItWasSent() {
    LeaseWindow window = plan.window(SENT, SENT_WALL);

    assertThat(plan.untilNext(window, SENT.plus(Duration.ofMillis(500))))
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(plan.untilNext(window, SENT.plus(Duration.ofSeconds(3)))).isZero();
  }

  @Test
  void givenARenewalWithoutAnswerThenTheWindowEndsWhenTheHolderGivesUp() {
    LeaseWindow window = plan.afterFailure(plan.window(SENT, SENT_WALL));

    assertThat(window.length()).isEqualTo(Duration.ofSeconds(4));
    assertThat(plan.afterFailure(window)).isEqualTo(window);
    assertThat(window.isOpen(SENT.plus(Duration.ofMillis(3999)), SENT_WALL)).isTrue();
    assertThat(window.isOpen(SENT.plus(Duration.ofSeconds(4)), SENT_WALL)).isFalse();
  }

  @Test
  void givenAWindowThatIsShorterAnywayThenAFailureDoesNotLengthenIt() {
    LeaseWindow window = new LeaseWindow(SENT, SENT_WALL, Duration.ofSeconds(1));

    assertThat(plan.afterFailure(window)).isEqualTo(window);
  }

  @Test
  void givenManyFailuresThenRepeatsComeTenToTwentyTimesAnInterval() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      assertThat(plan.retryPause(random)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    }
  }

  @Test
  void givenFailuresInARowThenPausesGrowToTheLimitAndAreSpread() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      assertThat(Backoff.ELECTION.pause(0, random))
          .isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
      assertThat(Backoff.ELECTION.pause(2, random))
          .isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
      assertThat(Backoff.ELECTION.pause(50, random))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
    assertThat(IntStream.range(0, 50).mapToObj(i -> Backoff.ELECTION.pause(3, random)).distinct())
        .hasSizeGreaterThan(40);
  }

  @Test
  void givenNonsenseThenThereIsNoBackoff() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
