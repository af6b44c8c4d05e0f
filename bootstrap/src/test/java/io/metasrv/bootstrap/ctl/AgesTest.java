package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "999, 999ms",
    "1000, 1s",
    "59999, 59s",
    "60000, 1m",
    "61000, 1m 1s",
    "3600000, 1h",
    "7380000, 2h 3m",
    "86400000, 1d",
    "370800000, 4d 7h"
  })
  void timesHaveTheirTwoLargestUnits(long millis, String text) {
    assertThat(Ages.text(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void nothingIsYoungerThanNow() {
    Ages ages = new Ages(Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC));

    assertThat(ages.since(5_000)).isEqualTo("0ms");
    assertThat(ages.at(0)).isEqualTo("1970-01-01 00:00:00 UTC (1s ago)");
    assertThat(Ages.moment(61_234)).isEqualTo("00:01:01.234");
  }
}
