package io.metasrv.application.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "7B, 7",
    "1k, 1024",
    "1KB, 1024",
    "1KiB, 1024",
    "1.5 MiB, 1572864",
    "512MB, 536870912",
    "2G, 2147483648",
    "1TiB, 1099511627776",
    "1PB, 1125899906842624"
  })
  void allUnitsArePowersOf1024(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1XB", "1MBB", "1 2", "0x10", "99999999999PB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  @DisplayName("sheet 09 case 28: 512MB is 536870912 bytes and prints as 512MiB")
  void printsTheLargestUnitThatDivides() {
    assertThat(ByteSize.parse("512MB")).hasToString("512MiB");
    assertThat(ByteSize.kibibytes(1500)).hasToString("1500KiB");
    assertThat(ByteSize.ZERO).hasToString("0KiB");
    assertThat(ByteSize.bytes(1025)).hasToString("1025");
    assertThat(ByteSize.bytes(1L << 60)).hasToString("1024PiB");
  }

  @Test
  void anyPrintedSizeIsReadBackUnchanged() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 10_000; i++) {
      ByteSize size =
          new ByteSize(
              random.nextLong(1L << 62) >>> random.nextInt(62) << random.nextInt(8)
                  & Long.MAX_VALUE);
      assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
    }
  }
}
