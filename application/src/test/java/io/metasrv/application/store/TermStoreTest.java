package io.metasrv.application.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.application.support.JumpingRuntime;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.leadership.LeaseWindow;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TermStoreTest {

  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes VALUE = Bytes.utf8("v");

  private final JumpingRuntime runtime = new JumpingRuntime();
  private final InMemoryStore store = new InMemoryStore();
  private final Term term =
      new Term(
          1,
          "a:1",
          store.openTerm("a:1"),
          LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), Duration.ofSeconds(100)),
          runtime);
  private final TermStore written = new TermStore(term, store);

  @Test
  void givenAHeldTermThenEveryWriteTakesEffect() {
    writes().forEach(TermStoreTest::run);

    assertThat(store.get(Bytes.utf8("t"))).contains(VALUE);
    assertThat(store.get(Bytes.utf8("c"))).contains(VALUE);
    assertThat(term.isHeld()).isTrue();
  }

  @Test
  void givenATermThatIsOverThenNoWriteLeavesAndReadsStillWork() {
    store.put(KEY, VALUE, Previous.DISCARD);
    runtime.pauseFor(Duration.ofSeconds(100));

    writes().forEach(write -> assertThatThrownBy(write).isInstanceOf(NotLeaderException.class));

    assertThat(written.get(KEY)).contains(VALUE);
    assertThat(written.batchGet(List.of(KEY))).containsExactly(new KeyValue(KEY, VALUE));
    assertThat(written.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(1);
    assertThat(written.txn(Txn.always(List.of(new Op.Get(KEY)))).succeeded()).isTrue();
  }

  @Test
  void givenATermThatOnlyTheStoreKnowsToBeOverThenARefusedWriteEndsIt() {
    store.openTerm("b:1");

    assertThatThrownBy(() -> written.put(KEY, VALUE, Previous.DISCARD))
        .isInstanceOf(StoreException.FencedOut.class);

    assertThat(term.isHeld()).isFalse();
    assertThat(term.endReason()).contains("refused");
    assertThat(store.get(KEY)).isEmpty();
    writes().forEach(write -> assertThatThrownBy(write).isInstanceOf(NotLeaderException.class));
  }

  @Test
  void givenATermStoreThenItCannotBeFencedAgain() {
    assertThatThrownBy(() -> written.fencedBy(store.openTerm("b:1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<ThrowingCallable> writes() {
    return List.of(
        () -> written.put(KEY, VALUE, Previous.DISCARD),
        () -> written.batchPut(List.of(new KeyValue(KEY, VALUE)), Previous.DISCARD),
        () -> written.delete(KEY, Previous.DISCARD),
        () -> written.batchDelete(List.of(KEY), Previous.DISCARD),
        () -> written.deleteRange(KeyRange.single(KEY), Previous.DISCARD),
        () -> written.compareAndPut(new Compare.Absent(Bytes.utf8("c")), VALUE),
        () -> written.txn(Txn.always(List.of(new Op.Put(Bytes.utf8("t"), VALUE)))));
  }

  private static void run(ThrowingCallable write) {
    try {
      write.call();
    } catch (Throwable unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
