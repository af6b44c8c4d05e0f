package io.metasrv.application.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.protocol.v1.meta.ProcedureId;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcedureIdsTest {

  private static final UUID ID = UUID.fromString("927ea4c4-446b-4204-8055-7d1975d57630");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "927ea4c4-446b-4204-8055-7d1975d57630",
        "927EA4C4-446B-4204-8055-7D1975D57630",
        "927ea4c4446b420480557d1975d57630",
        "{927ea4c4-446b-4204-8055-7d1975d57630}",
        "urn:uuid:927ea4c4-446b-4204-8055-7d1975d57630"
      })
  void givenAnyFormOfAUuidThenItIsRead(String text) {
    assertThat(ProcedureIds.fromWire(id(ByteString.copyFromUtf8(text)))).isEqualTo(ID);
  }

  @Test
  void givenAnIdThenItsTextHas36Characters() {
    assertThat(ProcedureIds.toWire(ID).getKey().toStringUtf8()).isEqualTo(ID.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad | 626164: invalid length: expected length 32 for simple format, found 3",
        "1-2 | 312d32: invalid group count: expected 5, found 2",
        "927ea4c4-446b-4204-8055-7d1975d5763 | group 4: expected 12, found 11",
        "927ea4c4-446b-420-8055-7d1975d576300 | group 2: expected 4, found 3",
        "xyz | invalid character: expected an optional prefix of `urn:uuid:` followed by"
            + " [0-9a-fA-F-], found `x` at 1"
      })
  void givenNoUuidThenTheErrorSaysWhatIsWrongWithIt(String text, String expected) {
    assertThatThrownBy(() -> ProcedureIds.fromWire(id(ByteString.copyFromUtf8(text))))
        .isInstanceOf(ServiceException.class)
        .hasMessageStartingWith("Failed to parse procedure id: ")
        .hasMessageEndingWith(expected);
  }

  @Test
  @DisplayName("sheet 01 case 41: sixteen raw bytes are no procedure id")
  void givenSixteenRawBytesThenTheyAreRefused() {
    ByteString raw =
        ByteString.copyFrom(Bytes.hex("927ea4c4446b420480557d1975d57630").toByteArray());

    assertThatThrownBy(() -> ProcedureIds.fromWire(id(raw)))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("927ea4c4446b420480557d1975d57630");
  }

  private static ProcedureId id(ByteString key) {
    return ProcedureId.newBuilder().setKey(key).build();
  }
}
