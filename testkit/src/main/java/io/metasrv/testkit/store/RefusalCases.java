package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.blob;
import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.longKey;
import static io.metasrv.testkit.store.StoreCases.numberedKeys;
import static io.metasrv.testkit.store.StoreCases.pair;
import static io.metasrv.testkit.store.StoreCases.pairOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Requests that are refused before anything happens, and the limits up to which they are not. */
interface RefusalCases extends StoreCases {

  private static void assertRejected(String what, ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.Rejected.class)
        .as(what)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
        .satisfies(refused -> assertThat(refused.isRetryable()).isFalse());
  }

  @Test
  default void theEmptyKeyIsRefusedEverywhereAndNothingChanges() {
    givenKeys("key");
    Bytes none = Bytes.EMPTY;
    Bytes value = bytes("v");
    KeyValueStore store = store();

    assertRejected("get", () -> store.get(none));
    assertRejected("batch get", () -> store.batchGet(List.of(bytes("key"), none)));
    assertRejected("put", () -> store.put(none, value, Previous.DISCARD));
    assertRejected(
        "batch put",
        () ->
            store.batchPut(List.of(pair("key", "x"), new KeyValue(none, value)), Previous.DISCARD));
    assertRejected("delete", () -> store.delete(none, Previous.DISCARD));
    assertRejected(
        "batch delete", () -> store.batchDelete(List.of(bytes("key"), none), Previous.DISCARD));
    assertRejected("compare and put", () -> store.compareAndPut(new Compare.Absent(none), value));
    assertRejected(
        "txn put",
        () -> store.txn(Txn.always(List.of(new Op.Delete(bytes("key")), new Op.Put(none, value)))));
    assertRejected("txn get", () -> store.txn(Txn.always(List.of(new Op.Get(none)))));
    assertRejected("txn delete", () -> store.txn(Txn.always(List.of(new Op.Delete(none)))));
    assertRejected(
        "txn compare",
        () ->
            store.txn(
                new Txn(
                    List.of(new Compare.Exists(none)),
                    List.of(new Op.Delete(bytes("key"))),
                    List.of())));
    assertThat(content()).containsExactly(pairOf("key"));
  }

  @Test
  default void theLongestKeyIsTakenAndALongerOneRefused() {
    Bytes longest = longKey(KeyValueStore.MAX_KEY_BYTES);
    Bytes tooLong = longKey(KeyValueStore.MAX_KEY_BYTES + 1);
    KeyValueStore store = store();

    store.put(longest, bytes("v"), Previous.DISCARD);

    assertThat(store.get(longest)).contains(bytes("v"));
    assertThat(store.range(KeyRange.single(longest), RangeOptions.ALL).kvs())
        .containsExactly(new KeyValue(longest, bytes("v")));
    assertThat(store.range(KeyRange.all().after(longest), RangeOptions.ALL).kvs()).isEmpty();
    assertRejected("put", () -> store.put(tooLong, bytes("v"), Previous.DISCARD));
    assertRejected("get", () -> store.get(tooLong));
    assertRejected("delete", () -> store.delete(tooLong, Previous.DISCARD));
    assertThat(store.deleteRange(KeyRange.all(), Previous.DISCARD).deleted()).isEqualTo(1);
  }

  @Test
  default void theLargestValueIsTakenAndALargerOneRefused() {
    int largest = StoreLimits.largestValue(store());
    assertThat(largest).isGreaterThanOrEqualTo(KeyValueStore.MIN_MAX_VALUE_BYTES);

    store().put(bytes("large"), blob(largest), Previous.DISCARD);

    assertThat(store().get(bytes("large"))).contains(blob(largest));
    if (StoreLimits.hasValueLimit(store())) {
      Bytes tooLarge = blob(store().maxValueBytes() + 1);
      Bytes key = bytes("too large");
      assertRejected("put", () -> store().put(key, tooLarge, Previous.DISCARD));
      assertRejected(
          "compare and put", () -> store().compareAndPut(new Compare.Absent(key), tooLarge));
      assertRejected(
          "batch put",
          () -> store().batchPut(List.of(new KeyValue(key, tooLarge)), Previous.DISCARD));
      assertRejected("txn", () -> store().txn(Txn.always(List.of(new Op.Put(key, tooLarge)))));
      assertThat(store().get(key)).isEmpty();
    }
  }

  @Test
  default void aKeyWrittenTwiceIsRefusedAndNothingChanges() {
    givenKeys("key");
    KeyValueStore store = store();
    Bytes twice = bytes("twice");

    assertRejected(
        "batch put",
        () ->
            store.batchPut(
                List.of(pair("twice", "1"), pair("other", "2"), pair("twice", "3")),
                Previous.DISCARD));
    assertRejected(
        "batch delete",
        () -> store.batchDelete(List.of(bytes("key"), bytes("key")), Previous.DISCARD));
    assertRejected(
        "two puts in a branch",
        () ->
            store.txn(
                Txn.always(List.of(new Op.Put(twice, bytes("1")), new Op.Put(twice, bytes("2"))))));
    assertRejected(
        "put and delete in a branch",
        () ->
            store.txn(
                Txn.always(List.of(new Op.Put(bytes("key"), twice), new Op.Delete(bytes("key"))))));
    assertRejected(
        "in the branch that would not run",
        () ->
            store.txn(
                new Txn(
                    List.of(),
                    List.of(new Op.Put(twice, bytes("1"))),
                    List.of(new Op.Delete(twice), new Op.Delete(twice)))));
    assertThat(content()).containsExactly(pairOf("key"));
  }

  @Test
  default void aTransactionOfExactlyTheLimitIsCarriedOut() {
    List<Bytes> keys = numberedKeys("k", StoreLimits.fullTransaction(store()));
    List<Compare> allAbsent = new ArrayList<>();
    List<Op> puts = new ArrayList<>();
    List<Op> gets = new ArrayList<>();
    for (Bytes key : keys) {
      allAbsent.add(new Compare.Absent(key));
      puts.add(new Op.Put(key, key));
      gets.add(new Op.Get(key));
    }
    Txn txn = new Txn(allAbsent, puts, gets);

    assertThat(store().txn(txn).succeeded()).isTrue();
    assertThat(store().txn(txn).succeeded()).as("the second time the keys are there").isFalse();
    assertThat(content()).hasSize(keys.size());
  }

  @Test
  default void aTransactionAboveTheLimitIsRefusedAndNothingChanges() {
    assumeTrue(StoreLimits.hasTxnLimit(store()), "this store takes transactions of any size");
    List<Bytes> keys = numberedKeys("k", store().maxTxnOps() + 1);
    List<Compare> compares = new ArrayList<>();
    List<Op> puts = new ArrayList<>();
    for (Bytes key : keys) {
      compares.add(new Compare.Absent(key));
      puts.add(new Op.Put(key, key));
    }
    Op one = new Op.Put(bytes("one"), bytes("1"));

    assertRejected("success", () -> store().txn(Txn.always(puts)));
    assertRejected("failure", () -> store().txn(new Txn(List.of(), List.of(one), puts)));
    assertRejected("compares", () -> store().txn(new Txn(compares, List.of(one), List.of())));
    assertThat(content()).isEmpty();
  }
}
