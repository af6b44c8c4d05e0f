package io.metasrv.application.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S", "10s, PT10S", "30m, PT30M", "24hours, PT24H", "90d, PT2160H",
    "1h 30m, PT1H30M", "1h30m, PT1H30M", "1m 30s, PT1M30S", "0s, PT0S", "0, PT0S",
    "10000ms, PT10S", "1M, PT730H33M36S", "3 us, PT0.000003S", "1week, PT168H"
  })
  void humanTextIsRead(String text, Duration expected) {
    assertThat(HumanDuration.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "10", "s", "1x", "1s!", "-1s", "1.5s", "1s 2", "99999999999999999999y"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> HumanDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PT3S, 3s",
    "PT1M30S, 1m 30s",
    "PT0.5S, 500ms",
    "PT0S, 0s",
    "PT24H, 1day",
    "PT2160H, 2months 29days 2h 52m 48s",
    "PT0.000001002S, 1us 2ns"
  })
  void durationsPrintAsTheReferencePrintsThem(Duration duration, String text) {
    assertThat(HumanDuration.format(duration)).isEqualTo(text);
  }

  @Test
  void anyPrintedDurationIsReadBackUnchanged() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      Duration duration =
          Duration.ofSeconds(
              random.nextLong(1L << 40) >>> random.nextInt(40), random.nextInt(1_000_000_000));
      assertThat(HumanDuration.parse(HumanDuration.format(duration))).isEqualTo(duration);
    }
  }
}
