package io.metasrv.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.application.store.LocalElection;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreCopyTest {

  private static final int BATCH = 4;

  @Test
  void givenAnEmptyTargetThenItHoldsTheSameBytesAndNoMarker() {
    InMemoryStore source = Contents.storeWith(Contents.awkward());
    InMemoryStore target = new InMemoryStore();

    StoreCopy.Result result = copy(source, target);

    assertThat(Contents.everythingIn(target)).isEqualTo(Contents.awkward());
    assertThat(result.content()).isEqualTo(ContentDigest.of(new StorePairs("t", target)));
    assertThat(result.resumedAfter()).isZero();
  }

  @Test
  void givenACopyStoppedAtEveryBatchThenTheNextRunEndsEqual() {
    InMemoryStore source = Contents.storeWith(numbered(30));
    for (int batch = 1; batch <= 8; batch++) {
      for (boolean written : new boolean[] {false, true}) {
        InMemoryStore target = new InMemoryStore();
        FailingStore failing = new FailingStore(target, batch, written);

        assertThatThrownBy(() -> copy(source, failing))
            .isInstanceOf(ServiceException.class)
            .hasMessageContaining("the same command goes on from there");
        int there = Math.min(30, (written ? batch : batch - 1) * BATCH);
        assertThat(Contents.everythingIn(target)).hasSize(there + 1);

        assertThat(copy(source, target).resumedAfter()).isEqualTo(there);
        assertThat(Contents.everythingIn(target)).isEqualTo(numbered(30));
      }
    }
  }

  @Test
  void givenATargetWithDataThenNothingIsWritten() {
    InMemoryStore target = Contents.storeWith(List.of(Contents.pair("x", "1")));

    assertThatThrownBy(() -> copy(Contents.storeWith(numbered(3)), target))
        .hasMessageContaining("target is not empty, it has key 'x'");
    assertThat(Contents.everythingIn(target)).containsExactly(Contents.pair("x", "1"));
  }

  @Test
  void givenAnUnfinishedCopyOfSomethingElseThenItIsNotGoneOnWith() {
    InMemoryStore target = new InMemoryStore();
    assertThatThrownBy(
            () -> copy(Contents.storeWith(numbered(9)), new FailingStore(target, 2, true)))
        .isInstanceOf(ServiceException.class);
    List<KeyValue> other = new ArrayList<>(numbered(9));
    other.set(5, Contents.pair("key/00005", "changed"));

    assertThatThrownBy(() -> copy(Contents.storeWith(other), target))
        .hasMessageContaining("unfinished copy of source, and key 'key/00005'");
    assertThatThrownBy(() -> copy(target, new InMemoryStore()))
        .hasMessageContaining("it holds an unfinished copy of source");
  }

  @Test
  void givenALeaderOnEitherSideThenCopyingIsRefusedByItsName() throws Exception {
    InMemoryStore store = new InMemoryStore();
    LocalElection election = new LocalElection(store);
    election.campaign("10.0.0.5:3002");
    NoLeader noLeader = new NoLeader(List.of(new NoLeader.Side("etcd at h:1", election)));
    StoreCopy copy =
        new StoreCopy(
            new StorePairs("source", Contents.storeWith(numbered(3))),
            new StorePairs("target", store),
            noLeader,
            StoreCopy.Progress.SILENT);

    assertThatThrownBy(copy::run)
        .hasMessageContaining("Copying refused: metasrv 10.0.0.5:3002 leads on etcd at h:1");
    assertThat(Contents.everythingIn(store)).isEmpty();
  }

  @Test
  void givenALeaderThatAppearsInBetweenThenTheCopyStops() {
    InMemoryStore target = new InMemoryStore();
    LocalElection election = new LocalElection(target);
    StoreCopy copy =
        new StoreCopy(
            new StorePairs("source", Contents.storeWith(numbered(9))),
            new StorePairs("target", new FailingStore(target, 99, false)),
            new NoLeader(List.of(new NoLeader.Side("target", election))),
            (copied, total) -> {
              try {
                election.campaign("late:1");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(copy::run)
        .hasMessageContaining("stopped after 4 of 9 pairs")
        .hasMessageContaining("metasrv late:1 leads");
  }

  @Test
  void givenElectionKeysThenTheyStayWhereTheyAre() {
    List<KeyValue> pairs = new ArrayList<>(numbered(2));
    pairs.add(Contents.pair("__metasrv_election/1a", "h:1"));
    pairs.add(Contents.pair("__metasrv_election_candidates/h:1", "{}"));
    InMemoryStore target =
        Contents.storeWith(List.of(Contents.pair("__metasrv_election_candidates/h:2", "{}")));

    copy(Contents.storeWith(pairs), target);

    assertThat(Contents.everythingIn(target).stream().map(kv -> kv.key().toString()))
        .containsExactly("__metasrv_election_candidates/h:2", "key/00000", "key/00001");
  }

  @Test
  void givenAnEmptySourceThenTheOperatorIsToldToCheckTheAddress() {
    assertThatThrownBy(() -> copy(new InMemoryStore(), new InMemoryStore()))
        .hasMessageContaining("source is empty; check its address and its key prefix");
  }

  @Test
  void givenTwoContentsThenTheFirstDifferingKeysAreNamed() {
    List<KeyValue> left = List.of(Contents.pair("a", "1"), Contents.pair("b", "1"));
    List<KeyValue> right =
        List.of(Contents.pair("b", "2"), Contents.pair("c", ""), Contents.pair("d", ""));

    Comparison comparison =
        Comparison.of(
            new StorePairs("l", Contents.storeWith(left)),
            new StorePairs("r", Contents.storeWith(right)),
            3);

    assertThat(comparison.same()).isFalse();
    assertThat(comparison.differing()).isEqualTo(4);
    assertThat(comparison.first())
        .containsExactly(
            new Comparison.Difference(Bytes.utf8("a"), Comparison.Kind.ONLY_LEFT),
            new Comparison.Difference(Bytes.utf8("b"), Comparison.Kind.VALUE),
            new Comparison.Difference(Bytes.utf8("c"), Comparison.Kind.ONLY_RIGHT));
  }

  private static StoreCopy.Result copy(KeyValueStore source, KeyValueStore target) {
    return new StoreCopy(
            new StorePairs("source", source),
            new StorePairs("target", target),
            NoLeader.UNCHECKED,
            StoreCopy.Progress.SILENT)
        .run();
  }

  private static List<KeyValue> numbered(int count) {
    List<KeyValue> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(Contents.pair("key/%05d".formatted(i), "value " + i));
    }
    return pairs;
  }

  /** Takes four pairs in a batch, and fails at one batch, before or after it took effect. */
  private static final class FailingStore extends ForwardingStore {

    private final int failing;
    private final boolean written;
    private int batches;

    FailingStore(KeyValueStore store, int failing, boolean written) {
      super(store);
      this.failing = failing;
      this.written = written;
    }

    @Override
    public int maxTxnOps() {
      return BATCH;
    }

    @Override
    public List<KeyValue> batchPut(List<KeyValue> kvs, Previous previous) {
      assertThat(kvs).hasSizeLessThanOrEqualTo(BATCH);
      batches++;
      if (batches != failing) {
        return inner().batchPut(kvs, previous);
      }
      if (!written) {
        throw new StoreException.Unavailable("down");
      }
      inner().batchPut(kvs, previous);
      throw new StoreException.UnknownOutcome("lost", new IllegalStateException());
    }

    @Override
    public KeyValueStore fencedBy(Fence fence) {
      return new FailingStore(inner().fencedBy(fence), failing, written);
    }
  }
}
