package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.numberedKeys;
import static io.metasrv.testkit.store.StoreCases.pair;
import static io.metasrv.testkit.store.StoreCases.pairOf;
import static io.metasrv.testkit.store.StoreCases.withValue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Writes that take effect only during the term they belong to. */
interface FencedViewCases extends StoreCases {

  @Test
  default void duringItsTermAViewWritesLikeTheStoreItself() throws InterruptedException {
    givenKeys("a", "b", "c", "d");
    KeyValueStore view = store().fencedBy(fixture().beginTerm("node-1:3002"));

    assertThat(view.put(bytes("a"), bytes("1"), Previous.RETURN)).contains(bytes("value of a"));
    assertThat(view.batchPut(List.of(pair("b", "2"), pair("e", "5")), Previous.RETURN))
        .containsExactly(pairOf("b"));
    assertThat(view.compareAndPut(new Compare.Absent(bytes("f")), bytes("6")).success()).isTrue();
    assertThat(view.compareAndPut(new Compare.Absent(bytes("f")), bytes("7")).current())
        .contains(bytes("6"));
    assertThat(view.delete(bytes("c"), Previous.RETURN)).contains(bytes("value of c"));
    assertThat(view.batchDelete(List.of(bytes("d")), Previous.RETURN)).containsExactly(pairOf("d"));
    assertThat(view.deleteRange(KeyRange.prefix(bytes("e")), Previous.RETURN).previous())
        .containsExactly(pair("e", "5"));
    Txn failing =
        new Txn(
            List.of(new Compare.Absent(bytes("a"))),
            List.of(new Op.Delete(bytes("a"))),
            List.of(new Op.Get(bytes("a")), new Op.Put(bytes("g"), bytes("7"))));
    assertThat(view.txn(failing).results())
        .containsExactly(
            new OpResult.GetDone(bytes("a"), Optional.of(bytes("1"))), new OpResult.PutDone());

    assertThat(content())
        .containsExactly(pair("a", "1"), pair("b", "2"), pair("f", "6"), pair("g", "7"));
  }

  @Test
  default void onceAnotherTermBeganEveryWriteOfTheOldOneIsRefusedAndNothingChanges()
      throws InterruptedException {
    givenKeys("a", "b");
    KeyValueStore old = store().fencedBy(fixture().beginTerm("node-1:3002"));
    KeyValueStore current = store().fencedBy(fixture().beginTerm("node-2:3002"));

    assertEveryWriteIsRefused(old);

    assertThat(content()).containsExactly(pairOf("a"), pairOf("b"));
    current.put(bytes("a"), bytes("of the new term"), Previous.DISCARD);
    assertThat(store().get(bytes("a"))).contains(bytes("of the new term"));
  }

  @Test
  default void onceItsTermEndedEveryWriteIsRefusedEvenIfNobodyElseLeads()
      throws InterruptedException {
    givenKeys("a", "b");
    KeyValueStore view = store().fencedBy(fixture().beginTerm("node-1:3002"));
    fixture().endTerm();

    assertEveryWriteIsRefused(view);

    assertThat(content()).containsExactly(pairOf("a"), pairOf("b"));
  }

  @Test
  default void aTermWonAgainByTheSameNodeIsAnotherTerm() throws InterruptedException {
    KeyValueStore first = store().fencedBy(fixture().beginTerm("node-1:3002"));
    KeyValueStore second = store().fencedBy(fixture().beginTerm("node-1:3002"));

    assertFencedOut("put", () -> first.put(bytes("k"), bytes("1"), Previous.DISCARD));
    second.put(bytes("k"), bytes("2"), Previous.DISCARD);
    assertThat(content()).containsExactly(pair("k", "2"));
  }

  private static void assertEveryWriteIsRefused(KeyValueStore view) {
    Bytes a = bytes("a");
    assertFencedOut("put", () -> view.put(a, bytes("x"), Previous.RETURN));
    assertFencedOut("put of a new key", () -> view.put(bytes("n"), bytes("x"), Previous.DISCARD));
    assertFencedOut("batch put", () -> view.batchPut(List.of(pair("a", "x")), Previous.DISCARD));
    assertFencedOut("delete", () -> view.delete(a, Previous.DISCARD));
    assertFencedOut("batch delete", () -> view.batchDelete(List.of(a), Previous.RETURN));
    assertFencedOut("range delete", () -> view.deleteRange(KeyRange.all(), Previous.DISCARD));
    assertFencedOut("compare and put", () -> view.compareAndPut(new Compare.Exists(a), bytes("x")));
    assertFencedOut(
        "compare and put whose condition fails",
        () -> view.compareAndPut(new Compare.Absent(a), bytes("x")));
    assertFencedOut("txn", () -> view.txn(Txn.always(List.of(new Op.Delete(a)))));
    assertFencedOut(
        "txn that writes only in the branch that would not run",
        () ->
            view.txn(
                new Txn(List.of(), List.of(new Op.Get(a)), List.of(new Op.Delete(bytes("a"))))));
  }

  private static void assertFencedOut(String what, ThrowingCallable write) {
    assertThatExceptionOfType(StoreException.FencedOut.class)
        .as(what)
        .isThrownBy(write)
        .satisfies(refused -> assertThat(refused.isRetryable()).isFalse());
  }

  @Test
  default void readsAreNotFenced() throws InterruptedException {
    givenKeys("a");
    KeyValueStore view = store().fencedBy(fixture().beginTerm("node-1:3002"));
    fixture().endTerm();

    assertThat(view.get(bytes("a"))).contains(bytes("value of a"));
    assertThat(view.batchGet(List.of(bytes("a")))).containsExactly(pairOf("a"));
    assertThat(view.range(KeyRange.all(), RangeOptions.ALL).kvs()).containsExactly(pairOf("a"));
    assertThat(
            view.txn(
                    new Txn(
                        List.of(new Compare.Exists(bytes("a"))),
                        List.of(new Op.Get(bytes("a"))),
                        List.of()))
                .succeeded())
        .isTrue();
  }

  @Test
  default void aViewTakesTransactionsAndBatchesOfItsOwnLimit() throws InterruptedException {
    KeyValueStore view = store().fencedBy(fixture().beginTerm("node-1:3002"));
    assertThat(view.maxTxnOps()).isGreaterThanOrEqualTo(store().maxTxnOps() - 1);
    List<Bytes> keys = numberedKeys("k", StoreLimits.fullTransaction(view));
    List<Compare> allAbsent = new ArrayList<>();
    List<Op> puts = new ArrayList<>();
    for (Bytes key : keys) {
      allAbsent.add(new Compare.Absent(key));
      puts.add(new Op.Put(key, bytes("v")));
    }

    assertThat(view.txn(new Txn(allAbsent, puts, List.of())).succeeded()).isTrue();
    assertThat(content()).isEqualTo(withValue(keys, bytes("v")));

    List<Bytes> many = numberedKeys("k", StoreLimits.beyondOneTransaction(view));
    view.batchPut(withValue(many, bytes("w")), Previous.DISCARD);
    assertThat(content()).isEqualTo(withValue(many, bytes("w")));
    view.batchDelete(many, Previous.DISCARD);
    assertThat(content()).isEmpty();
  }

  @Test
  default void aFenceOfAnotherBackendIsRefusedAtOnce() {
    Fence foreign = () -> "a fence made by a test";

    assertThatIllegalArgumentException().isThrownBy(() -> store().fencedBy(foreign));
  }

  @Test
  default void aFenceSaysWhoseTermItIs() throws InterruptedException {
    assertThat(fixture().beginTerm("node-7:3002").describe()).contains("node-7:3002");
  }
}
