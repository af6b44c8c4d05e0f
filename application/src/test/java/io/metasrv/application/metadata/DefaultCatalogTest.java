package io.metasrv.application.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DefaultCatalogTest {

  private final InMemoryStore store = new InMemoryStore();

  @Test
  void givenAnEmptyStoreThenItHoldsWhatTheReferenceHoldsAfterItsStart() throws IOException {
    DefaultCatalog.createIfAbsent(store);

    assertThat(all()).isEqualTo(recordedAfterStart());
  }

  @Test
  void givenASchemaWithOptionsOfItsOwnThenItIsLeftAsItIs() {
    Bytes key = Bytes.utf8("__schema_name/greptime/public");
    Bytes custom = Bytes.utf8("{\"ttl\":\"7d\",\"extra_options\":{}}");
    store.put(key, custom, Previous.DISCARD);

    DefaultCatalog.createIfAbsent(store);
    DefaultCatalog.createIfAbsent(store);

    assertThat(store.get(key)).contains(custom);
    assertThat(all()).hasSize(4);
  }

  private List<KeyValue> all() {
    return store.range(KeyRange.all(), RangeOptions.ALL).kvs();
  }

  private static List<KeyValue> recordedAfterStart() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            DefaultCatalogTest.class.getResourceAsStream("/golden/kv-startup.json"))) {
      return JsonReader.read(Bytes.wrap(file.readAllBytes()))
          .asObject()
          .require("kvs")
          .asArray()
          .stream()
          .map(JsonValue::asObject)
          .filter(kv -> !kv.text("key").startsWith("__metasrv_election"))
          .map(kv -> new KeyValue(Bytes.hex(kv.text("key_hex")), Bytes.hex(kv.text("value_hex"))))
          .toList();
    }
  }
}
