package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.numberedKeys;
import static io.metasrv.testkit.store.StoreCases.pair;
import static io.metasrv.testkit.store.StoreCases.pairOf;
import static io.metasrv.testkit.store.StoreCases.withValue;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.DeleteResult;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Writing and removing, one key or many, without conditions. */
interface WriteCases extends StoreCases {

  @Test
  @DisplayName("sheet 02 case 4: a put returns the pair it replaced only if asked")
  default void aPutReturnsWhatItReplacedOnlyIfAsked() {
    given("key", "first");

    assertThat(store().put(bytes("key"), bytes("second"), Previous.RETURN))
        .contains(bytes("first"));
    assertThat(store().put(bytes("key"), bytes("third"), Previous.DISCARD)).isEmpty();
    assertThat(store().put(bytes("new"), bytes("value"), Previous.RETURN)).isEmpty();
    assertThat(content()).containsExactly(pair("key", "third"), pair("new", "value"));
  }

  @Test
  default void anEmptyValueReplacedIsReturnedAsAnEmptyValue() {
    given("key", "");

    assertThat(store().put(bytes("key"), bytes("x"), Previous.RETURN)).contains(Bytes.EMPTY);
    assertThat(store().put(bytes("key"), Bytes.EMPTY, Previous.RETURN)).contains(bytes("x"));
    assertThat(store().delete(bytes("key"), Previous.RETURN)).contains(Bytes.EMPTY);
  }

  @Test
  default void everyByteMayOccurInKeysAndValues() {
    for (int i = 0; i < 256; i++) {
      store().put(Bytes.of('k', i), Bytes.of(255 - i, i), Previous.DISCARD);
    }

    List<KeyValue> found = content();

    assertThat(found).hasSize(256);
    for (int i = 0; i < 256; i++) {
      assertThat(found.get(i)).isEqualTo(new KeyValue(Bytes.of('k', i), Bytes.of(255 - i, i)));
    }
  }

  @Test
  default void aDeleteRemovesOneKeyAndReturnsItOnlyIfAsked() {
    givenKeys("a", "ab", "b");

    assertThat(store().delete(bytes("a"), Previous.RETURN)).contains(bytes("value of a"));
    assertThat(store().delete(bytes("a"), Previous.RETURN)).as("already gone").isEmpty();
    assertThat(store().delete(bytes("b"), Previous.DISCARD)).isEmpty();
    assertThat(content()).containsExactly(pairOf("ab"));
  }

  @Test
  @DisplayName("sheet 02 case 7: a range delete counts what it removed")
  default void aRangeDeleteCountsWhatItRemoved() {
    givenKeys("key1", "key2", "key3", "other");

    DeleteResult counted = store().deleteRange(KeyRange.prefix(bytes("key")), Previous.DISCARD);

    assertThat(counted).isEqualTo(new DeleteResult(3, List.of()));
    assertThat(content()).containsExactly(pairOf("other"));
  }

  @Test
  default void aRangeDeleteReturnsThePairsInOrderIfAsked() {
    givenKeys("k2", "k1", "k3", "l");

    DeleteResult removed =
        store().deleteRange(KeyRange.between(bytes("k1"), bytes("k3")), Previous.RETURN);

    assertThat(removed).isEqualTo(new DeleteResult(2, List.of(pairOf("k1"), pairOf("k2"))));
    assertThat(content()).containsExactly(pairOf("k3"), pairOf("l"));
  }

  @Test
  default void aRangeDeleteOfNothingIsNoError() {
    givenKeys("key");

    assertThat(store().deleteRange(KeyRange.prefix(bytes("x")), Previous.RETURN))
        .isEqualTo(new DeleteResult(0, List.of()));
    assertThat(store().deleteRange(KeyRange.between(bytes("z"), bytes("a")), Previous.RETURN))
        .isEqualTo(new DeleteResult(0, List.of()));
    assertThat(content()).containsExactly(pairOf("key"));
    assertThat(store().deleteRange(KeyRange.all(), Previous.DISCARD).deleted()).isEqualTo(1);
    assertThat(content()).isEmpty();
  }

  @Test
  @DisplayName("sheet 02 case 12: schema a_b is scanned and dropped without touching schema axb")
  default void aSchemaWithAnUnderscoreIsDroppedWithoutTouchingItsLookAlike() {
    givenKeys(
        "__table_name/greptime/a_b/t",
        "__table_name/greptime/axb/t",
        "__table_name/greptime/a%b/t");

    store().deleteRange(KeyRange.prefix(bytes("__table_name/greptime/a_b/")), Previous.DISCARD);
    store().deleteRange(KeyRange.prefix(bytes("__table_name/greptime/a%")), Previous.DISCARD);

    assertThat(content()).containsExactly(pairOf("__table_name/greptime/axb/t"));
  }

  @Test
  default void aBatchPutReturnsWhatItReplacedInTheOrderOfTheRequest() {
    givenKeys("a", "c");

    List<KeyValue> replaced =
        store().batchPut(List.of(pair("c", "3"), pair("b", "2"), pair("a", "1")), Previous.RETURN);

    assertThat(replaced).containsExactly(pairOf("c"), pairOf("a"));
    assertThat(content()).containsExactly(pair("a", "1"), pair("b", "2"), pair("c", "3"));
    assertThat(store().batchPut(List.of(pair("a", "4")), Previous.DISCARD)).isEmpty();
    assertThat(store().batchPut(List.of(), Previous.RETURN)).isEmpty();
  }

  @Test
  default void aBatchDeleteReturnsWhatItRemovedInTheOrderOfTheRequest() {
    givenKeys("a", "b", "c", "d");

    List<KeyValue> removed =
        store().batchDelete(List.of(bytes("d"), bytes("x"), bytes("a")), Previous.RETURN);

    assertThat(removed).containsExactly(pairOf("d"), pairOf("a"));
    assertThat(store().batchDelete(List.of(bytes("b")), Previous.DISCARD)).isEmpty();
    assertThat(store().batchDelete(List.of(), Previous.RETURN)).isEmpty();
    assertThat(content()).containsExactly(pairOf("c"));
  }

  @Test
  @DisplayName("sheet 02 case 14: batches above the limit of a transaction are carried out whole")
  default void batchesAboveTheLimitOfATransactionAreCarriedOutWhole() {
    int count = StoreLimits.beyondOneTransaction(store());
    List<Bytes> keys = numberedKeys("k", count);

    assertThat(store().batchPut(withValue(keys, bytes("1")), Previous.RETURN)).isEmpty();
    List<Bytes> reversed = new ArrayList<>(keys).reversed();
    assertThat(store().batchPut(withValue(reversed, bytes("2")), Previous.RETURN))
        .as("previous pairs come in request order across groups")
        .isEqualTo(withValue(reversed, bytes("1")));
    assertThat(content()).isEqualTo(withValue(keys, bytes("2")));

    assertThat(store().batchDelete(reversed, Previous.RETURN))
        .isEqualTo(withValue(reversed, bytes("2")));
    assertThat(content()).isEmpty();
  }
}
