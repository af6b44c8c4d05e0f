package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.pair;
import static io.metasrv.testkit.store.StoreCases.pairOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Txn;
import io.metasrv.application.port.TxnResult;
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compare-and-put and transactions, one caller at a time. */
interface ConditionCases extends StoreCases {

  @Test
  @DisplayName("sheet 02 case 9: the three conditions hold exactly when they should")
  default void theThreeConditionsHoldExactlyWhenTheyShould() {
    given("full", "v");
    given("empty", "");

    assertThat(holds(new Compare.Exists(bytes("full")))).isTrue();
    assertThat(holds(new Compare.Exists(bytes("empty")))).isTrue();
    assertThat(holds(new Compare.Exists(bytes("missing")))).isFalse();
    assertThat(holds(new Compare.Absent(bytes("full")))).isFalse();
    assertThat(holds(new Compare.Absent(bytes("empty")))).isFalse();
    assertThat(holds(new Compare.Absent(bytes("missing")))).isTrue();
    assertThat(holds(new Compare.ValueEquals(bytes("full"), bytes("v")))).isTrue();
    assertThat(holds(new Compare.ValueEquals(bytes("full"), bytes("w")))).isFalse();
    assertThat(holds(new Compare.ValueEquals(bytes("full"), bytes("vv")))).isFalse();
    assertThat(holds(new Compare.ValueEquals(bytes("full"), bytes("V")))).isFalse();
    assertThat(holds(new Compare.ValueEquals(bytes("full"), Bytes.EMPTY))).isFalse();
    assertThat(holds(new Compare.ValueEquals(bytes("empty"), Bytes.EMPTY))).isTrue();
    assertThat(holds(new Compare.ValueEquals(bytes("missing"), bytes("v")))).isFalse();
    assertThat(holds(new Compare.ValueEquals(bytes("missing"), Bytes.EMPTY)))
        .as("the value of a missing key equals nothing, not even the empty value")
        .isFalse();
  }

  private boolean holds(Compare compare) {
    return store().txn(new Txn(List.of(compare), List.of(), List.of())).succeeded();
  }

  @Test
  default void aCompareAndPutWritesIfItsConditionHolds() {
    Bytes key = bytes("key");

    assertThat(store().compareAndPut(new Compare.Absent(key), bytes("1"))).isEqualTo(written());
    assertThat(store().compareAndPut(new Compare.ValueEquals(key, bytes("1")), Bytes.EMPTY))
        .isEqualTo(written());
    assertThat(store().compareAndPut(new Compare.ValueEquals(key, Bytes.EMPTY), bytes("2")))
        .as("an empty value can be expected")
        .isEqualTo(written());
    assertThat(store().compareAndPut(new Compare.Exists(key), bytes("3"))).isEqualTo(written());
    assertThat(content()).containsExactly(pair("key", "3"));
  }

  private static CompareAndPutResult written() {
    return new CompareAndPutResult(true, Optional.empty());
  }

  @Test
  default void aCompareAndPutThatFailsReturnsWhatIsThereAndWritesNothing() {
    given("key", "there");
    Bytes key = bytes("key");

    assertThat(store().compareAndPut(new Compare.Absent(key), bytes("new")))
        .isEqualTo(new CompareAndPutResult(false, Optional.of(bytes("there"))));
    assertThat(store().compareAndPut(new Compare.ValueEquals(key, bytes("other")), bytes("new")))
        .isEqualTo(new CompareAndPutResult(false, Optional.of(bytes("there"))));
    assertThat(content()).containsExactly(pair("key", "there"));
  }

  @Test
  @DisplayName("sheet 02 case 6: expecting a value of an absent key fails without a current value")
  default void expectingAValueOfAnAbsentKeyFailsWithoutACurrentValue() {
    Bytes key = bytes("absent");

    assertThat(store().compareAndPut(new Compare.ValueEquals(key, bytes("v")), bytes("new")))
        .isEqualTo(new CompareAndPutResult(false, Optional.empty()));
    assertThat(store().compareAndPut(new Compare.Exists(key), bytes("new")))
        .isEqualTo(new CompareAndPutResult(false, Optional.empty()));
    assertThat(content()).isEmpty();
  }

  @Test
  @DisplayName("sheet 02 case 10: a transaction answers each op in order")
  default void aTransactionAnswersEachOpInOrder() {
    givenKeys("read", "remove");

    TxnResult result =
        store()
            .txn(
                new Txn(
                    List.of(new Compare.Exists(bytes("read")), new Compare.Absent(bytes("write"))),
                    List.of(
                        new Op.Put(bytes("write"), bytes("1")),
                        new Op.Get(bytes("read")),
                        new Op.Delete(bytes("remove")),
                        new Op.Delete(bytes("missing")),
                        new Op.Get(bytes("missing"))),
                    List.of(new Op.Delete(bytes("read")))));

    assertThat(result)
        .isEqualTo(
            new TxnResult(
                true,
                List.of(
                    new OpResult.PutDone(),
                    new OpResult.GetDone(bytes("read"), Optional.of(bytes("value of read"))),
                    new OpResult.DeleteDone(true),
                    new OpResult.DeleteDone(false),
                    new OpResult.GetDone(bytes("missing"), Optional.empty()))));
    assertThat(content()).containsExactly(pairOf("read"), pair("write", "1"));
  }

  @Test
  @DisplayName("sheet 02 case 11: a condition that fails runs nothing if there is no other branch")
  default void aConditionThatFailsRunsNothingIfThereIsNoOtherBranch() {
    givenKeys("key");

    TxnResult result =
        store()
            .txn(
                new Txn(
                    List.of(new Compare.Exists(bytes("key")), new Compare.Exists(bytes("missing"))),
                    List.of(new Op.Put(bytes("key"), bytes("changed"))),
                    List.of()));

    assertThat(result).isEqualTo(new TxnResult(false, List.of()));
    assertThat(content()).containsExactly(pairOf("key"));
  }

  @Test
  default void aConditionThatFailsRunsTheOtherBranch() {
    givenKeys("key");

    TxnResult result =
        store()
            .txn(
                new Txn(
                    List.of(new Compare.Absent(bytes("key"))),
                    List.of(new Op.Put(bytes("key"), bytes("changed"))),
                    List.of(new Op.Get(bytes("key")), new Op.Put(bytes("fallback"), bytes("1")))));

    assertThat(result)
        .isEqualTo(
            new TxnResult(
                false,
                List.of(
                    new OpResult.GetDone(bytes("key"), Optional.of(bytes("value of key"))),
                    new OpResult.PutDone())));
    assertThat(content()).containsExactly(pair("fallback", "1"), pairOf("key"));
  }

  @Test
  default void aTransactionWithoutConditionsAlwaysRuns() {
    assertThat(store().txn(Txn.always(List.of(new Op.Put(bytes("k"), bytes("v"))))))
        .isEqualTo(new TxnResult(true, List.of(new OpResult.PutDone())));
    assertThat(store().txn(Txn.always(List.of()))).isEqualTo(new TxnResult(true, List.of()));
    assertThat(content()).containsExactly(pair("k", "v"));
  }

  @Test
  default void aReadInATransactionSeesTheWritesBeforeItAndNotThoseAfterIt() {
    given("changed", "old");
    givenKeys("removed");
    Bytes changed = bytes("changed");
    Bytes removed = bytes("removed");

    TxnResult result =
        store()
            .txn(
                Txn.always(
                    List.of(
                        new Op.Get(changed),
                        new Op.Put(changed, bytes("new")),
                        new Op.Get(changed),
                        new Op.Delete(removed),
                        new Op.Get(removed))));

    assertThat(result.results())
        .containsExactly(
            new OpResult.GetDone(changed, Optional.of(bytes("old"))),
            new OpResult.PutDone(),
            new OpResult.GetDone(changed, Optional.of(bytes("new"))),
            new OpResult.DeleteDone(true),
            new OpResult.GetDone(removed, Optional.empty()));
  }

  @Test
  default void severalConditionsOnOneKeyMustAllHold() {
    given("key", "v");
    Bytes key = bytes("key");

    assertThat(
            store()
                .txn(
                    new Txn(
                        List.of(new Compare.Exists(key), new Compare.ValueEquals(key, bytes("v"))),
                        List.of(),
                        List.of()))
                .succeeded())
        .isTrue();
    assertThat(
            store()
                .txn(
                    new Txn(
                        List.of(new Compare.Exists(key), new Compare.ValueEquals(key, bytes("w"))),
                        List.of(),
                        List.of()))
                .succeeded())
        .isFalse();
  }

  @Test
  default void bothBranchesMayWriteTheSameKey() {
    Txn flip =
        new Txn(
            List.of(new Compare.Absent(bytes("k"))),
            List.of(new Op.Put(bytes("k"), bytes("on"))),
            List.of(new Op.Delete(bytes("k"))));

    assertThat(store().txn(flip).succeeded()).isTrue();
    assertThat(content()).containsExactly(pair("k", "on"));
    assertThat(store().txn(flip).succeeded()).isFalse();
    assertThat(content()).isEmpty();
  }
}
