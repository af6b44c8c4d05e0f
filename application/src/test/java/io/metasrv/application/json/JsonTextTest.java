package io.metasrv.application.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource({
    "0.0,0.0",
    "-0.0,-0.0",
    "1,1.0",
    "0.1,0.1",
    "-1.5,-1.5",
    "123456789.125,123456789.125",
    "1e15,1000000000000000.0",
    "1e16,1e16",
    "1.5e300,1.5e300",
    "1e-5,0.00001",
    "1e-6,1e-6",
    "1.25e-7,1.25e-7",
    "5e-324,5e-324",
    "1.7976931348623157e308,1.7976931348623157e308",
    "9007199254740993,9007199254740992.0",
  })
  void givenAFloat_thenItsTextIsSerdesAndReadsBack(double value, String text) {
    assertThat(JsonWriter.text(out -> out.value(value))).isEqualTo(text);
    assertThat(JsonReader.read(text).asDouble()).isEqualTo(value);
  }

  @Test
  void givenAFloatThatIsNotFinite_thenNull() {
    assertThat(JsonWriter.text(out -> out.value(Double.NaN))).isEqualTo("null");
    assertThat(JsonWriter.text(out -> out.value(Double.NEGATIVE_INFINITY))).isEqualTo("null");
  }

  @Test
  void givenText_thenOnlyWhatMustBeIsEscaped() {
    assertThat(
            JsonWriter.text(
                out -> out.value("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u00e9\ud83d\ude00")))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u00e9\ud83d\ude00\"");
  }

  @Test
  void givenUnsignedNumbers_thenAllSixtyFourBitsSurvive() {
    String json = JsonWriter.text(out -> out.array(() -> out.unsigned(-1).unsigned(0).value(-1)));

    assertThat(json).isEqualTo("[18446744073709551615,0,-1]");
    assertThat(JsonReader.read(json).asArray().getFirst().asUnsigned()).isEqualTo(-1);
    assertThatThrownBy(() -> JsonReader.read("18446744073709551616").asUnsigned())
        .isInstanceOf(JsonFormatException.class);
    assertThatThrownBy(() -> JsonReader.read("-1").asUnsigned())
        .isInstanceOf(JsonFormatException.class);
    assertThatThrownBy(() -> JsonReader.read("1.0").asUnsigned())
        .isInstanceOf(JsonFormatException.class);
    assertThatThrownBy(() -> JsonReader.read("4294967296").asUnsigned32())
        .isInstanceOf(JsonFormatException.class);
    assertThatThrownBy(() -> JsonReader.read("2147483648").asInt())
        .isInstanceOf(JsonFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[null,true,{\"x\":\"y\"}],\"c\":1.50e3}",
        "[]",
        "\"\"",
        "[[[[18446744073709551616]]]]",
      })
  void givenADocument_whenReadAndWritten_thenItIsTheSame(String json) {
    assertThat(JsonWriter.text(out -> out.value(JsonReader.read(json)))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "[1,]", "{\"a\":1}x", "nul", "{'a':1}", "[1 2]", "\"\u0001\""})
  void givenBrokenText_whenDecoded_thenTheErrorIsTheCallersAndSaysSo(String json) {
    assertThatThrownBy(() -> JsonReader.decode(json, document -> document))
        .isInstanceOfSatisfying(
            MetasrvException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.UNEXPECTED))
        .hasMessageStartingWith("Failed to deserialize JSON: ");
  }

  @Test
  void property_anyTextSurvives() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
        boolean alone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        text.appendCodePoint(alone ? '?' : point);
      }
      String original = text.toString();
      String json = JsonWriter.text(out -> out.value(original));
      assertThat(JsonReader.read(json).asText()).as("seed %d", seed).isEqualTo(original);
      double real = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(real)) {
        assertThat(JsonReader.read(JsonWriter.text(out -> out.value(real))).asDouble())
            .as("seed %d", seed)
            .isEqualTo(real);
      }
    }
  }
}
