package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.keysOf;
import static io.metasrv.testkit.store.StoreCases.numberedKeys;
import static io.metasrv.testkit.store.StoreCases.pair;
import static io.metasrv.testkit.store.StoreCases.pairOf;
import static io.metasrv.testkit.store.StoreCases.withValue;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reading single keys, lists of keys and ranges. */
interface ReadCases extends StoreCases {

  @Test
  @DisplayName("sheet 02 case 1: a prefix scan finds the keys that begin with it, in order")
  default void aPrefixScanFindsTheKeysThatBeginWithItInOrder() {
    givenKeys("key1", "key2", "key3", "key11");

    RangeResult found = store().range(KeyRange.prefix(bytes("key1")), RangeOptions.ALL);
    RangeResult keys = store().range(KeyRange.prefix(bytes("key1")), RangeOptions.ALL.onlyKeys());

    assertThat(found.kvs()).containsExactly(pairOf("key1"), pairOf("key11"));
    assertThat(found.more()).isFalse();
    assertThat(keys.kvs()).containsExactly(pair("key1", ""), pair("key11", ""));
    assertThat(keys.more()).isFalse();
  }

  @Test
  @DisplayName("sheet 02 case 2: more tells whether a key beyond the limit existed")
  default void moreTellsWhetherAKeyBeyondTheLimitExisted() {
    givenKeys("atest", "test");

    assertThat(keysOf(store().range(KeyRange.all(), RangeOptions.ALL)))
        .containsExactly("atest", "test");
    RangeResult one = store().range(KeyRange.from(bytes("a")), RangeOptions.limit(1));
    assertThat(keysOf(one)).containsExactly("atest");
    assertThat(one.more()).isTrue();
    RangeResult two = store().range(KeyRange.from(bytes("a")), RangeOptions.limit(2));
    assertThat(keysOf(two)).containsExactly("atest", "test");
    assertThat(two.more()).as("exactly as many as the limit").isFalse();
    RangeResult three = store().range(KeyRange.from(bytes("a")), RangeOptions.limit(3));
    assertThat(keysOf(three)).containsExactly("atest", "test");
    assertThat(three.more()).isFalse();
  }

  @Test
  @DisplayName("sheet 02 case 3: the end of a range is exclusive, an end below the start is empty")
  default void theEndOfARangeIsExclusive() {
    givenKeys("key1", "key11", "key2");

    assertThat(keysOf(range("key1", "key11"))).containsExactly("key1");
    assertThat(range("key10", "key11")).isEqualTo(new RangeResult(List.of(), false));
    assertThat(range("key2", "key1")).isEqualTo(new RangeResult(List.of(), false));
    assertThat(range("key1", "key1")).isEqualTo(new RangeResult(List.of(), false));
    assertThat(range("key1", "")).isEqualTo(new RangeResult(List.of(), false));
  }

  private RangeResult range(String start, String end) {
    return store().range(KeyRange.between(bytes(start), bytes(end)), RangeOptions.ALL);
  }

  @Test
  default void aRangeOfOneKeyFindsOnlyThatKeyAndHonoursALimit() {
    givenKeys("key", "key0", "ke");

    RangeResult found = store().range(KeyRange.single(bytes("key")), RangeOptions.ALL);
    RangeResult limited = store().range(KeyRange.single(bytes("key")), RangeOptions.limit(1));
    RangeResult missing = store().range(KeyRange.single(bytes("key1")), RangeOptions.ALL);
    RangeResult onlyKey =
        store().range(KeyRange.single(bytes("key")), RangeOptions.limit(1).onlyKeys());

    assertThat(found).isEqualTo(new RangeResult(List.of(pairOf("key")), false));
    assertThat(limited).isEqualTo(found);
    assertThat(missing).isEqualTo(new RangeResult(List.of(), false));
    assertThat(onlyKey).isEqualTo(new RangeResult(List.of(pair("key", "")), false));
  }

  @Test
  default void keysAreOrderedAsUnsignedBytes() {
    List<Bytes> ascending =
        List.of(
            Bytes.of(0),
            Bytes.of(0, 0),
            Bytes.of(0, 1),
            Bytes.of(1),
            bytes("A"),
            bytes("A\u0000"),
            bytes("AB"),
            bytes("a"),
            Bytes.of(0x7f),
            Bytes.of(0x80),
            Bytes.of(0xc3, 0xa4),
            Bytes.of(0xfe, 0xff),
            Bytes.of(0xff),
            Bytes.of(0xff, 0),
            Bytes.of(0xff, 0xff));
    for (int i = ascending.size() - 1; i >= 0; i--) {
      store().put(ascending.get(i), Bytes.of(i), Previous.DISCARD);
    }

    List<KeyValue> found = content();

    assertThat(found.stream().map(KeyValue::key)).containsExactlyElementsOf(ascending);
    assertThat(found.stream().map(kv -> kv.value().at(0)).toList())
        .isEqualTo(java.util.stream.IntStream.range(0, ascending.size()).boxed().toList());
    assertThat(
            store().range(KeyRange.between(Bytes.of(0x80), Bytes.of(0xff)), RangeOptions.ALL).kvs())
        .extracting(KeyValue::key)
        .containsExactly(Bytes.of(0x80), Bytes.of(0xc3, 0xa4), Bytes.of(0xfe, 0xff));
  }

  @Test
  default void keysThatDifferOnlyInCaseAccentOrTrailingSpaceAreDifferentKeys() {
    givenKeys("table", "Table", "TABLE", "table ", "täble", "tÄble", "table\t");

    assertThat(store().get(bytes("Table"))).contains(bytes("value of Table"));
    assertThat(store().get(bytes("table "))).contains(bytes("value of table "));
    assertThat(store().get(bytes("TablE"))).isEmpty();
    assertThat(content()).hasSize(7);
  }

  @Test
  default void aPrefixWithCharactersThatMeanSomethingToSqlOrRegexesMatchesItselfOnly() {
    for (String special : List.of("_", "%", "\\", "*", "[a-z]", "'", "\"", "`", "/", "..")) {
      givenKeys("p" + special + "/1", "p" + special + "/2");
    }
    givenKeys("px/1", "pxx/1", "p/1");

    for (String special : List.of("_", "%", "\\", "*", "[a-z]", "'", "\"", "`", "/", "..")) {
      String prefix = "p" + special + "/";
      assertThat(keysOf(store().range(KeyRange.prefix(bytes(prefix)), RangeOptions.ALL)))
          .as("prefix %s", prefix)
          .containsExactly(prefix + "1", prefix + "2");
    }
  }

  @Test
  default void prefixesThatEndInTheHighestByteAreScannedToTheirEnd() {
    List<Bytes> keys =
        List.of(
            Bytes.of(1, 0xff),
            Bytes.of(1, 0xff, 0),
            Bytes.of(1, 0xff, 0xff),
            Bytes.of(2),
            Bytes.of(0xff, 0xff),
            Bytes.of(0xff, 0xff, 0xff));
    keys.forEach(key -> store().put(key, key, Previous.DISCARD));

    assertThat(keysWithPrefix(Bytes.of(1, 0xff))).isEqualTo(keys.subList(0, 3));
    assertThat(keysWithPrefix(Bytes.of(0xff))).isEqualTo(keys.subList(4, 6));
    assertThat(keysWithPrefix(Bytes.of(0xff, 0xff))).isEqualTo(keys.subList(4, 6));
    assertThat(keysWithPrefix(Bytes.EMPTY)).isEqualTo(keys);
  }

  private List<Bytes> keysWithPrefix(Bytes prefix) {
    return store().range(KeyRange.prefix(prefix), RangeOptions.ALL).kvs().stream()
        .map(KeyValue::key)
        .toList();
  }

  @Test
  default void aMissingKeyIsNotAKeyWithAnEmptyValue() {
    given("empty", "");

    assertThat(store().get(bytes("empty"))).contains(Bytes.EMPTY);
    assertThat(store().get(bytes("missing"))).isEmpty();
    assertThat(store().range(KeyRange.single(bytes("empty")), RangeOptions.ALL).kvs())
        .containsExactly(pair("empty", ""));
  }

  @Test
  @DisplayName("sheet 02 case 8: a batch get skips what is missing and keeps the request's order")
  default void aBatchGetSkipsWhatIsMissingAndKeepsTheOrderOfTheRequest() {
    givenKeys("a", "b", "c");

    assertThat(store().batchGet(List.of(bytes("c"), bytes("x"), bytes("a"), bytes("y"))))
        .containsExactly(pairOf("c"), pairOf("a"));
    assertThat(store().batchGet(List.of(bytes("b"), bytes("a"), bytes("b"))))
        .as("a key asked for twice comes twice")
        .containsExactly(pairOf("b"), pairOf("a"), pairOf("b"));
    assertThat(store().batchGet(List.of(bytes("x")))).isEmpty();
    assertThat(store().batchGet(List.of())).isEmpty();
  }

  @Test
  default void aBatchGetMayAskForMoreKeysThanATransactionTakes() {
    int count = StoreLimits.beyondOneTransaction(store());
    List<Bytes> keys = numberedKeys("k", count);
    store().batchPut(withValue(keys, bytes("v")), Previous.DISCARD);
    List<Bytes> reversed = new ArrayList<>(keys).reversed();

    assertThat(store().batchGet(reversed)).isEqualTo(withValue(reversed, bytes("v")));
  }
}
