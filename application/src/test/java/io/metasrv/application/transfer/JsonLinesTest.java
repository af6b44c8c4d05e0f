package io.metasrv.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @Test
  void givenBinaryValuesAndKeysThenTheyComeBackByteForByte() {
    List<KeyValue> pairs = Contents.awkward();

    assertThat(read(lines(pairs))).isEqualTo(pairs);
  }

  @Test
  void givenTextThenItIsReadableAndEverythingElseIsBase64() {
    assertThat(JsonLines.line(Contents.pair("k", "{\"a\":1}")))
        .isEqualTo("{\"key\":\"k\",\"value\":\"{\\\"a\\\":1}\"}");
    assertThat(JsonLines.line(new KeyValue(Bytes.utf8("k"), Bytes.of(0xff, 0))))
        .isEqualTo("{\"key\":\"k\",\"value_base64\":\"/wA=\"}");
  }

  @Test
  void givenAFileCutShortThenItIsRefused() {
    List<String> lines = lines(Contents.awkward());

    assertThatThrownBy(() -> read(lines.subList(0, 5)))
        .hasMessageContaining("Cannot read f, line 5: it is cut short");
    assertThatThrownBy(() -> read(List.of())).hasMessageContaining("cut short");
  }

  @Test
  void givenAChangedOrMissingLineThenItIsRefused() {
    List<String> lines = lines(Contents.awkward());
    lines.remove(3);

    assertThatThrownBy(() -> read(lines)).hasMessageContaining("changed or damaged");
  }

  @Test
  void givenSomethingElseThenTheLineIsNamed() {
    List<String> lines = lines(Contents.awkward());
    lines.set(2, "{\"key\":\"x\",\"value_base64\":\"*\"}");

    assertThatThrownBy(() -> read(lines)).hasMessageContaining("line 3: value");
    assertThatThrownBy(() -> read(List.of("{\"key\":\"x\"}")))
        .hasMessageContaining("format metasrv-store");
  }

  private static List<String> lines(List<KeyValue> pairs) {
    List<String> lines = new ArrayList<>();
    JsonLines.write(new StorePairs("s", Contents.storeWith(pairs)), 1, lines::add);
    return lines;
  }

  private static List<KeyValue> read(List<String> lines) {
    List<KeyValue> pairs = new ArrayList<>();
    Iterator<KeyValue> reader = JsonLines.read("f", lines.iterator());
    reader.forEachRemaining(pairs::add);
    return pairs;
  }
}
