package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.store.ChrootStore;
import io.metasrv.domain.Bytes;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What keys look like above and beneath a prefix. */
final class ChrootStoreTest {

  private final InMemoryStore whole = new InMemoryStore();

  private void given(String... keys) {
    for (String key : keys) {
      whole.put(Bytes.utf8(key), Bytes.utf8("v"), Previous.DISCARD);
    }
  }

  private static List<Bytes> keys(KeyValueStore store, KeyRange range) {
    return store.range(range, RangeOptions.ALL).kvs().stream().map(KeyValue::key).toList();
  }

  @Test
  @DisplayName("sheet 02 case 17: keys carry the prefix beneath and do not show it above")
  void keysCarryThePrefixBeneathAndDoNotShowItAbove() {
    KeyValueStore store = ChrootStore.under(Bytes.utf8("p/"), whole);

    store.put(Bytes.utf8("__table_info/1024"), Bytes.utf8("v"), Previous.DISCARD);

    assertThat(keys(whole, KeyRange.all())).containsExactly(Bytes.utf8("p/__table_info/1024"));
    assertThat(keys(store, KeyRange.all())).containsExactly(Bytes.utf8("__table_info/1024"));
  }

  @Test
  @DisplayName("sheet 02 case 17: ranges under pfx/ are those of the vectors")
  void rangesAreThoseOfTheVectors() {
    KeyValueStore store = ChrootStore.under(Bytes.utf8("pfx/"), whole);
    given("pfx", "pfx/", "pfx/a", "pfx/abc", "pfx/abd", "pfx/def", "pfx/z", "pfx0", "pfx1");

    assertThat(keys(store, KeyRange.single(Bytes.utf8("a")))).containsExactly(Bytes.utf8("a"));
    assertThat(keys(store, KeyRange.between(Bytes.utf8("abc"), Bytes.utf8("def"))))
        .containsExactly(Bytes.utf8("abc"), Bytes.utf8("abd"));
    assertThat(keys(store, KeyRange.from(Bytes.utf8("abc"))))
        .as("to the last key with the prefix, pfx0 excluded")
        .containsExactly(Bytes.utf8("abc"), Bytes.utf8("abd"), Bytes.utf8("def"), Bytes.utf8("z"));
  }

  @Test
  @DisplayName("sheet 02 case 17: under a prefix of highest bytes a range runs to the last key")
  void underAPrefixOfHighestBytesARangeRunsToTheLastKey() {
    Bytes prefix = Bytes.of(0xff, 0xff);
    KeyValueStore store = ChrootStore.under(prefix, whole);
    whole.put(prefix.concat(Bytes.utf8("abc")), Bytes.EMPTY, Previous.DISCARD);
    whole.put(prefix.concat(Bytes.of(0xff)), Bytes.EMPTY, Previous.DISCARD);

    assertThat(keys(store, KeyRange.from(Bytes.utf8("abc"))))
        .containsExactly(Bytes.utf8("abc"), Bytes.of(0xff));
  }

  @Test
  void underTheEmptyPrefixIsTheStoreItself() {
    assertThat(ChrootStore.under(Bytes.EMPTY, whole)).isSameAs(whole);
  }
}
