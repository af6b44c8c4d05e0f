package io.metasrv.domain.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.heartbeat.TopicStatsHistory.Average;
import io.metasrv.domain.heartbeat.TopicStatsHistory.LatestEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sheet 04 §16.2. */
class TopicStatsHistoryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final TopicStatsHistory history = new TopicStatsHistory();

  private int report(long datanode, long atMillis, long latest, long size, long count) {
    return history.add(datanode, List.of(new TopicStat("t", latest, size, count)), atMillis);
  }

  @Test
  void givenOneWindow_thenNothingIsKnownBeforeItCloses() {
    report(1, 1_500, 7, 100, 1);
    assertThat(history.latestEntry("t")).isEmpty();

    report(1, 16_000, 8, 200, 2);
    assertThat(history.latestEntry("t")).contains(new LatestEntry(7, 1_000));
  }

  @Test
  void givenSeveralDatanodes_thenAWindowHasTheSumsAndTheLatestEntry() {
    report(1, 1_000, 7, 100, 1);
    report(2, 2_000, 9, 50, 5);
    assertThat(report(2, 2_000, 10, 51, 6)).as("not newer").isEqualTo(1);
    report(1, 5_000, 8, 200, 2);
    for (int window = 1; window <= 5; window++) {
      report(1, 1_000 + 15_000L * window, 20 + window, 1_250, 17);
    }
    report(1, 100_000, 99, 9_999, 99);

    assertThat(history.latestEntry("t")).contains(new LatestEntry(25, 76_000));
    // (1250 - 250) bytes in (17 - 7) records.
    assertThat(history.average("t", MINUTE)).contains(new Average(100, 1_000, 76_000));
  }

  @Test
  void givenAHistoryThatIsTooShortOrACounterThatWentBack_thenNoAverage() {
    report(1, 1_000, 1, 100, 10);
    report(1, 16_000, 1, 200, 20);
    report(1, 31_000, 1, 300, 30);
    assertThat(history.average("t", MINUTE)).isEmpty();
    assertThat(history.average("other", MINUTE)).isEmpty();

    for (int window = 3; window <= 6; window++) {
      report(1, 1_000 + 15_000L * window, 1, 5, 1);
    }
    assertThat(history.average("t", MINUTE)).isEmpty();
  }

  @Test
  void givenMoreWindowsThanAreKept_thenTheOldestGo() {
    for (int window = 0; window <= TopicStatsHistory.HISTORY_LIMIT + 10; window++) {
      report(1, 15_000L * window, window, 100L * window, window);
    }
    assertThat(history.average("t", Duration.ofSeconds(1_400)))
        .hasValueSatisfying(
            average -> assertThat(average.fromMillis()).isGreaterThanOrEqualTo(150_000));
    assertThat(history.average("t", Duration.ofSeconds(1_500))).isEmpty();
  }
}
