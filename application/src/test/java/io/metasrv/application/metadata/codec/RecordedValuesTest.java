package io.metasrv.application.metadata.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What GreptimeDB v1.1.4 itself stored, each different pair of its recordings once. */
class RecordedValuesTest {

  @Test
  void case02_givenEveryRecordedPairThenKeyAndValueReadAndWriteToTheSameBytes() throws IOException {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (String line : lines()) {
      int tab = line.indexOf('\t');
      Bytes key = Bytes.utf8(line.substring(0, tab));
      Bytes value = Bytes.utf8(line.substring(tab + 1));

      assertThat(Families.rewriteKey(key)).isEqualTo(key);
      assertThat(Families.rewriteValue(key, value).toUtf8())
          .describedAs(key.toString())
          .isEqualTo(value.toUtf8());
      seen.merge(line.substring(0, line.indexOf('/')), 1, Integer::sum);
    }
    assertThat(seen)
        .containsEntry("__table_info", 49)
        .containsEntry("__table_route", 30)
        .containsEntry("__dn_table", 36)
        .containsEntry("__flow", 22)
        .containsEntry("__tombstone", 4);
  }

  private static List<String> lines() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            RecordedValuesTest.class.getResourceAsStream("/golden/stored-values.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
