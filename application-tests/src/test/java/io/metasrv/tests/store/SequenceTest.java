package io.metasrv.tests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.Sequence;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.store.InterceptedStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Numbers that are never given twice. */
final class SequenceTest {

  private static final Bytes KEY = Bytes.utf8("__meta_seq-table_id");

  private final InMemoryStore store = new InMemoryStore();

  private Sequence sequence(long initial, long step) {
    return new Sequence(store, "table_id", initial, step, Sequence.MAX);
  }

  private void stored(String littleEndianHex) {
    store.put(KEY, Bytes.hex(littleEndianHex), Previous.DISCARD);
  }

  private String storedHex() {
    return store.get(KEY).orElseThrow().toHex();
  }

  private static List<Long> take(Sequence sequence, int count) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(sequence.next());
    }
    return numbers;
  }

  private static void assertUnexpected(String words, ThrowingCallable call) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(call)
        .withMessageContaining(words)
        .satisfies(error -> assertThat(error.code()).isEqualTo(StatusCode.UNEXPECTED));
  }

  @Test
  @DisplayName("sheet 02 case 42: a stored value below initial is jumped over")
  void aStoredValueBelowInitialIsJumpedOver() {
    stored("0100000000000000");

    assertThat(take(sequence(100, 10), 3)).containsExactly(100L, 101L, 102L);
  }

  @Test
  @DisplayName("sheet 02 case 42: a stored value above initial is where numbering goes on")
  void aStoredValueAboveInitialIsWhereNumberingGoesOn() {
    stored("c800000000000000");

    assertThat(take(sequence(100, 10), 3)).containsExactly(200L, 201L, 202L);
  }

  @Test
  @DisplayName("sheet 02 case 42: after 11 numbers from 1024 by steps of 10 the store holds 1044")
  void elevenNumbersReserveTwoRanges() {
    assertThat(take(sequence(1024, 10), 11)).startsWith(1024L).endsWith(1034L);
    assertThat(storedHex()).isEqualTo("1404000000000000");
  }

  @Test
  @DisplayName("sheet 02 case 42: jumping back fails, a jump forward holds for everyone")
  void aJumpForwardHoldsForEveryone() {
    Sequence sequence = sequence(1024, 10);
    sequence.next();

    assertUnexpected("must be above 1034", () -> sequence.jumpTo(1020));
    assertUnexpected("must be above 1034", () -> sequence.jumpTo(1034));
    sequence.jumpTo(1048);

    assertThat(sequence.next()).isEqualTo(1048);
    assertThat(sequence(1024, 10).next()).isEqualTo(1058);
    assertThat(sequence(1024, 10).peek()).isEqualTo(1068);
  }

  @Test
  @DisplayName("sheet 02 case 42: after jump_to(1048) a fresh instance returns 1048")
  void afterAJumpAFreshInstanceReturnsTheTarget() {
    sequence(1024, 10).jumpTo(1048);

    assertThat(sequence(1024, 10).next()).isEqualTo(1048);
  }

  @Test
  @DisplayName("sheet 02 case 42: an exhausted sequence is an error, the last range may be short")
  void anExhaustedSequenceIsAnError() {
    Sequence sequence = new Sequence(store, "table_id", 0, 10, 13);

    assertThat(take(sequence, 13)).endsWith(12L);
    assertUnexpected("exhausted", sequence::next);
    assertUnexpected("exhausted", sequence::next);
    assertUnexpected("exhausted", () -> new Sequence(store, "table_id", 0, 10, 5).next());
  }

  @Test
  @DisplayName("sheet 02 case 42: 10 threads taking 100 each get 1000 distinct consecutive numbers")
  void tenThreadsGetDistinctConsecutiveNumbers() throws InterruptedException {
    Sequence sequence = sequence(1024, 10);
    List<List<Long>> taken = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      List<Long> own = new ArrayList<>();
      taken.add(own);
      threads.add(Thread.ofVirtual().start(() -> own.addAll(take(sequence, 100))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(taken.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(java.util.stream.LongStream.range(1024, 2024).boxed().toList());
  }

  @Test
  void twoProcessesNeverGetTheSameNumber() {
    Sequence one = sequence(1024, 10);
    Sequence two = sequence(1024, 10);
    Set<Long> seen = new HashSet<>();

    for (int i = 0; i < 50; i++) {
      assertThat(seen.add(one.next())).isTrue();
      assertThat(seen.add(two.next())).isTrue();
    }
    assertThat(sequence(1024, 10).peek()).isEqualTo(1124);
  }

  @Test
  void peekReadsTheStoreAndNeverLessThanInitial() {
    Sequence sequence = sequence(1024, 10);
    assertThat(sequence.peek()).isEqualTo(1024);

    stored("0100000000000000");
    assertThat(sequence.peek()).isEqualTo(1024);

    stored("0008000000000000");
    assertThat(sequence.peek()).isEqualTo(2048);
  }

  @Test
  void aValueThatIsNotEightBytesLongIsRefused() {
    stored("01");
    Sequence sequence = sequence(1024, 10);

    assertUnexpected("1 bytes instead of 8", sequence::next);
    assertUnexpected("1 bytes instead of 8", sequence::peek);
    assertUnexpected("1 bytes instead of 8", () -> sequence.jumpTo(5000));
    assertThat(storedHex()).isEqualTo("01");
  }

  @Test
  void numbersAbove2To63AreUnsigned() {
    stored("fdffffffffffffff");
    Sequence sequence = sequence(0, 10);

    assertThat(take(sequence, 2)).containsExactly(-3L, -2L);
    assertUnexpected("exhausted", sequence::next);
    assertThat(sequence.gives(-2L)).isTrue();
    assertThat(sequence.gives(-1L)).as("the bound is exclusive").isFalse();
  }

  @Test
  void onlyNumbersFromInitialToTheBoundAreGiven() {
    Sequence sequence = new Sequence(store, "table_id", 1024, 10, 2000);

    assertThat(sequence.gives(1023)).isFalse();
    assertThat(sequence.gives(1024)).isTrue();
    assertThat(sequence.gives(1999)).isTrue();
    assertThat(sequence.gives(2000)).isFalse();
  }

  @Test
  void whenTheKeyVanishedNumberingDoesNotStartAgain() {
    Sequence sequence = sequence(1024, 2);
    take(sequence, 2);
    store.delete(KEY, Previous.DISCARD);

    assertUnexpected("vanished", sequence::next);
    assertUnexpected("vanished", sequence::next);
    assertThat(store.get(KEY)).isEmpty();

    assertUnexpected("must be above 1026", () -> sequence.jumpTo(1025));
    sequence.jumpTo(5000);
    assertThat(sequence.next()).isEqualTo(5000);
  }

  @Test
  void numbersAlreadyReservedAreGivenOutEvenIfTheStoreIsDown() {
    Sequence sequence =
        new Sequence(
            new InterceptedStore(store, new DownAfter(1)), "table_id", 1024, 3, Sequence.MAX);

    assertThat(take(sequence, 3)).containsExactly(1024L, 1025L, 1026L);
    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(sequence::next);
  }

  private record DownAfter(List<String> calls, int good) implements InterceptedStore.Interceptor {
    DownAfter(int good) {
      this(new ArrayList<>(), good);
    }

    @Override
    public <T> T around(InterceptedStore.Call call, Supplier<T> proceed) {
      calls.add(call.name());
      if (calls.size() > good) {
        throw new StoreException.Unavailable("down");
      }
      return proceed.get();
    }
  }

  @Test
  void whateverBecomesOfUncertainWritesNoNumberIsGivenTwice() {
    for (long seed = 0; seed < 200; seed++) {
      InMemoryStore shared = new InMemoryStore();
      KeyValueStore uncertain =
          new InterceptedStore(shared, new UncertainWrites(new SplittableRandom(seed)));
      Sequence one = new Sequence(uncertain, "s", 5, 3, Sequence.MAX);
      Sequence two = new Sequence(uncertain, "s", 5, 3, Sequence.MAX);
      Set<Long> seen = new HashSet<>();
      RandomGenerator turns = new SplittableRandom(seed + 1000);
      for (int i = 0; i < 60; i++) {
        long number = (turns.nextBoolean() ? one : two).next();
        assertThat(seen.add(number)).as("seed %d gave %d twice", seed, number).isTrue();
      }
    }
  }

  @Test
  void whoeverMovesTheStoredValueMovesALeaderThatHadReservedNumbers() {
    Sequence leader = sequence(1024, 10);
    assertThat(take(leader, 2)).containsExactly(1024L, 1025L);

    stored("0008000000000000");
    leader.movedTo(Bytes.hex("0008000000000000"));

    assertThat(take(leader, 2)).containsExactly(2048L, 2049L);
    assertThat(leader.peek()).isEqualTo(2058);
    assertThat(leader.gives(1030)).as("a table may ask for an id below").isFalse();
  }

  @Test
  void aMoveThatIsOvertakenOrGoesBackChangesNothing() {
    Sequence leader = sequence(1024, 10);
    take(leader, 2);

    leader.movedTo(Bytes.hex("0a04000000000000"));
    assertThat(leader.next()).as("1034 is the end of what it has reserved").isEqualTo(1026);
    leader.movedTo(Bytes.hex("0100000000000000"));
    assertThat(leader.next()).isEqualTo(1027);
    assertUnexpected("1 bytes instead of 8", () -> leader.movedTo(Bytes.hex("01")));

    // Told late: another move and a reservation came in between.
    stored("0008000000000000");
    take(leader, 6);
    assertThat(leader.next()).isEqualTo(2048);
    leader.movedTo(Bytes.hex("0008000000000000"));
    assertThat(leader.next()).isEqualTo(2049);
  }

  @Test
  void anUncertainJumpThatWasMadeCounts() {
    KeyValueStore uncertain = new InterceptedStore(store, new UncertainWrites(() -> 0L));
    Sequence sequence = new Sequence(uncertain, "table_id", 1024, 10, Sequence.MAX);

    sequence.jumpTo(3000);

    assertThat(sequence(1024, 10).peek()).isEqualTo(3000);
  }

  /**
   * Half of the writes end with an unknown outcome: some took effect, some did not, and some take
   * effect right before the next call.
   */
  @SuppressWarnings("ReturnValueIgnored") // a write whose answer is lost is made for its effect
  private static final class UncertainWrites implements InterceptedStore.Interceptor {
    private final RandomGenerator random;
    private final List<Runnable> late = new ArrayList<>();

    UncertainWrites(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public <T> T around(InterceptedStore.Call call, Supplier<T> proceed) {
      if (random.nextInt(2) == 0) {
        late.forEach(Runnable::run);
        late.clear();
      }
      if (!call.isWrite()) {
        return proceed.get();
      }
      switch (random.nextInt(6)) {
        case 0 -> proceed.get();
        case 1 -> late.add(proceed::get);
        case 2 -> {
          // Lost on the way.
        }
        default -> {
          return proceed.get();
        }
      }
      throw new StoreException.UnknownOutcome("lost", new IllegalStateException("connection"));
    }
  }
}
