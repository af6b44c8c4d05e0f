package io.metasrv.application.procedure.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.key.ProcedureRecordKey.Kind;
import io.metasrv.domain.key.ProcedureRecordKey.Parsed;
import io.metasrv.domain.procedure.ProcedureId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record the original was seen to write. */
class RecordedRecordsTest {

  private record Recorded(String key, String value) {}

  private static List<Recorded> recorded() throws IOException {
    List<Recorded> records = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(
            RecordedRecordsTest.class.getResourceAsStream("/golden/procedure/records.jsonl"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonValue.Object json = JsonReader.read(line).asObject();
        records.add(new Recorded(json.text("key"), json.text("value")));
      }
    }
    return records;
  }

  @Test
  void keysAreReadAndWrittenByteForByte() throws IOException {
    assertThat(recorded()).hasSizeGreaterThan(40);
    for (Recorded record : recorded()) {
      Bytes stored = Bytes.utf8(record.key());
      Parsed parsed = ProcedureRecordKey.parse(stored).orElseThrow();
      assertThat(parsed.key().toBytes()).isEqualTo(stored);
      assertThat(parsed.segment()).isZero();
    }
  }

  @Test
  void valuesAreReadAndWrittenByteForByte() throws IOException {
    int steps = 0;
    for (Recorded record : recorded()) {
      Parsed parsed = ProcedureRecordKey.parse(Bytes.utf8(record.key())).orElseThrow();
      if (parsed.key().kind() == Kind.COMMIT) {
        assertThat(record.value()).isEmpty();
      } else {
        ProcedureRecord decoded = ProcedureRecordCodec.decode(Bytes.utf8(record.value()));
        assertThat(ProcedureRecordCodec.encode(decoded).toUtf8()).isEqualTo(record.value());
        assertThat(decoded.typeName()).startsWith("metasrv-procedure::");
        assertThat(decoded.step()).isEqualTo(parsed.key().step());
        steps++;
      }
    }
    assertThat(steps).isGreaterThan(25);
  }

  @Test
  void aRollbackOfAChildHasAllMembersInTheirOrder() {
    ProcedureRecord record =
        new ProcedureRecord(
            "metasrv-procedure::DropTable",
            "{\"a\":\"\u00e4\\n\"}",
            Optional.of(new ProcedureId(UUID.fromString("4ce7efcc-0c6f-4164-8058-72891a926d9b"))),
            0xffff_ffffL,
            Optional.of("boom"));

    Bytes stored = ProcedureRecordCodec.encode(record);

    assertThat(stored.toUtf8())
        .isEqualTo(
            "{\"type_name\":\"metasrv-procedure::DropTable\","
                + "\"data\":\"{\\\"a\\\":\\\"\u00e4\\\\n\\\"}\","
                + "\"parent_id\":\"4ce7efcc-0c6f-4164-8058-72891a926d9b\","
                + "\"step\":4294967295,\"error\":\"boom\"}");
    assertThat(ProcedureRecordCodec.decode(stored)).isEqualTo(record);
  }

  @Test
  void membersThatNobodyKnowsAreIgnoredAndMissingOnesAreNone() {
    assertThat(
            ProcedureRecordCodec.decode(
                Bytes.utf8("{\"step\":1,\"new\":[],\"data\":\"d\",\"type_name\":\"t\"}")))
        .isEqualTo(new ProcedureRecord("t", "d", Optional.empty(), 1, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"data\":\"d\",\"step\":1}",
        "{\"type_name\":\"t\",\"step\":1}",
        "{\"type_name\":\"t\",\"data\":\"d\"}",
        "{\"type_name\":\"t\",\"data\":\"d\",\"step\":4294967296}",
        "{\"type_name\":\"t\",\"data\":\"d\",\"step\":1,\"parent_id\":\"x\"}"
      })
  void whatIsNoRecordIsRefused(String text) {
    assertThatThrownBy(() -> ProcedureRecordCodec.decode(Bytes.utf8(text)))
        .isInstanceOf(JsonFormatException.class);
  }
}
