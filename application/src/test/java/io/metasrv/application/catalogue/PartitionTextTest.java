package io.metasrv.application.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTextTest {

  @ParameterizedTest
  @DisplayName("sheet 03 §5.6: partition expressions as people write them")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Expr\":{\"lhs\":{\"Column\":\"host\"},\"op\":\"Lt\",\"rhs\":{\"Value\":{\"String\":\"it's\"}}}}"
            + " | host < 'it''s'",
        "{\"Expr\":{\"lhs\":{\"Expr\":{\"lhs\":{\"Column\":\"a\"},\"op\":\"GtEq\",\"rhs\":{\"Value\":{\"Int64\":10}}}},"
            + "\"op\":\"And\",\"rhs\":{\"Expr\":{\"lhs\":{\"Column\":\"a\"},\"op\":\"NotEq\",\"rhs\":{\"Value\":\"Null\"}}}}}"
            + " | a >= 10 AND a <> Null",
        "{\"Expr\":{\"lhs\":{\"Expr\":{\"lhs\":{\"Expr\":{\"lhs\":{\"Column\":\"a\"},\"op\":\"Eq\",\"rhs\":{\"Value\":{\"Boolean\":true}}}},"
            + "\"op\":\"Or\",\"rhs\":{\"Expr\":{\"lhs\":{\"Column\":\"b\"},\"op\":\"Gt\",\"rhs\":{\"Value\":{\"Float64\":0.5}}}}}},"
            + "\"op\":\"And\",\"rhs\":{\"Expr\":{\"lhs\":{\"Column\":\"c\"},\"op\":\"LtEq\",\"rhs\":{\"Value\":{\"Date\":19000}}}}}}"
            + " | (a = true OR b > 0.5) AND c <= 19000",
        "\"MaxValue\" | \"MaxValue\"",
        "{\"Value\":{\"Int64\":1}} | {\"Value\":{\"Int64\":1}}",
        "{\"Expr\":{\"op\":\"Lt\"}} | {\"Expr\":{\"op\":\"Lt\"}}",
        "nonsense | nonsense",
        "`` | ``",
      })
  void expressionsReadLikeSql(String stored, String text) {
    assertThat(PartitionText.of(stored)).isEqualTo(text);
  }
}
