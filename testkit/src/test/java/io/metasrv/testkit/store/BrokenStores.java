package io.metasrv.testkit.store;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.port.TxnResult;
import io.metasrv.application.store.ForwardingStore;
import io.metasrv.application.store.LocalElection;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.store.InterceptedStore.Call;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stores that each get one thing wrong, and the contract run on them; not run by themselves. */
@SuppressWarnings("ReturnValueIgnored") // reads made for what they do to a concurrent call
final class BrokenStores {

  private BrokenStores() {}

  /** Changes the answer of one kind of call. */
  private record Distorted(Call distorted, Distortion distortion)
      implements InterceptedStore.Interceptor {

    @Override
    @SuppressWarnings("unchecked") // A distortion answers with the type it was given.
    public <T> T around(Call call, Supplier<T> proceed) {
      return call == distorted ? (T) distortion.answer(proceed::get) : proceed.get();
    }
  }

  /** What is answered instead. */
  @FunctionalInterface
  private interface Distortion {
    Object answer(Supplier<Object> proceed);
  }

  /** The contract on a store of which one kind of call is distorted. */
  @ExtendWith(OnlyInsideContractBites.class)
  abstract static class DistortedContract extends KeyValueStoreContract {
    private final Call call;
    private final Distortion distortion;

    DistortedContract(Call call, Distortion distortion) {
      this.call = call;
      this.distortion = distortion;
    }

    @Override
    protected StoreFixture newFixture() {
      InMemoryStore store = new InMemoryStore();
      return StoreFixture.elected(
          new InterceptedStore(store, new Distorted(call, distortion)),
          new LocalElection(store),
          () -> {});
    }
  }

  /** Nothing wrong: shows that the suite can pass at all. */
  static final class SoundContract extends DistortedContract {
    SoundContract() {
      super(Call.GET, Supplier::get);
    }
  }

  /** Never says that there is more. */
  static final class NeverMoreContract extends DistortedContract {
    NeverMoreContract() {
      super(Call.RANGE, proceed -> new RangeResult(((RangeResult) proceed.get()).kvs(), false));
    }
  }

  /** Gives the last key of a range first. */
  static final class DescendingContract extends DistortedContract {
    DescendingContract() {
      super(
          Call.RANGE,
          proceed -> {
            RangeResult page = (RangeResult) proceed.get();
            return new RangeResult(page.kvs().reversed(), page.more());
          });
    }
  }

  /** Takes a missing key for one with an empty value. */
  static final class MissingIsEmptyContract extends DistortedContract {
    MissingIsEmptyContract() {
      super(
          Call.GET,
          proceed ->
              ((Optional<?>) proceed.get())
                  .map(Object.class::cast)
                  .or(() -> Optional.of(Bytes.EMPTY)));
    }
  }

  /** Forgets what a put replaced. */
  static final class ForgetfulContract extends DistortedContract {
    ForgetfulContract() {
      super(
          Call.PUT,
          proceed -> {
            proceed.get();
            return Optional.empty();
          });
    }
  }

  /** Says that every compare-and-put succeeded. */
  static final class EverybodyWinsContract extends DistortedContract {
    EverybodyWinsContract() {
      super(
          Call.COMPARE_AND_PUT,
          proceed -> {
            proceed.get();
            return new CompareAndPutResult(true, Optional.empty());
          });
    }
  }

  /** Runs every transaction twice: a hidden retry. */
  static final class HiddenRetryContract extends DistortedContract {
    HiddenRetryContract() {
      super(
          Call.TXN,
          proceed -> {
            proceed.get();
            return (TxnResult) proceed.get();
          });
    }
  }

  /** Answers a batch get in the order of the keys, as a database might. */
  static final class SortedBatchGetContract extends DistortedContract {
    SortedBatchGetContract() {
      super(
          Call.BATCH_GET,
          proceed ->
              ((List<?>) proceed.get())
                  .stream()
                      .map(KeyValue.class::cast)
                      .sorted(Comparator.comparing(KeyValue::key))
                      .toList());
    }
  }

  /** Lets writes of any term through. */
  @ExtendWith(OnlyInsideContractBites.class)
  static final class UnfencedContract extends KeyValueStoreContract {
    @Override
    protected StoreFixture newFixture() {
      InMemoryStore store = new InMemoryStore();
      return StoreFixture.elected(new Unfenced(store), new LocalElection(store), () -> {});
    }
  }

  /** Refuses a fenced write but carries it out. */
  @ExtendWith(OnlyInsideContractBites.class)
  static final class RefusesTooLateContract extends KeyValueStoreContract {
    @Override
    protected StoreFixture newFixture() {
      InMemoryStore store = new InMemoryStore();
      return StoreFixture.elected(
          new InterceptedStore(
              store,
              new InterceptedStore.Interceptor() {
                @Override
                public <T> T around(Call call, Supplier<T> proceed) {
                  try {
                    return proceed.get();
                  } catch (StoreException.FencedOut refused) {
                    store.put(Bytes.utf8("a"), Bytes.utf8("x"), Previous.DISCARD);
                    throw refused;
                  }
                }
              }),
          new LocalElection(store),
          () -> {});
    }
  }

  /** Reads that are a little behind: what was true before the last write. */
  @ExtendWith(OnlyInsideContractBites.class)
  static final class StaleReadsContract extends KeyValueStoreContract {
    @Override
    protected StoreFixture newFixture() {
      InMemoryStore store = new InMemoryStore();
      return StoreFixture.elected(
          new InterceptedStore(store, new StaleReads()), new LocalElection(store), () -> {});
    }
  }

  /** Answers every fourth get with what the get before it was answered. */
  private static final class StaleReads implements InterceptedStore.Interceptor {
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<Object> last = new AtomicReference<>(Optional.empty());

    @Override
    @SuppressWarnings("unchecked") // A get is answered with the answer of a get.
    public <T> T around(Call call, Supplier<T> proceed) {
      if (call != Call.GET) {
        return proceed.get();
      }
      Object previous = last.getAndSet(proceed.get());
      return (T) (reads.incrementAndGet() % 4 == 0 ? previous : last.get());
    }
  }

  /** A view of any fence is the store itself. */
  private static final class Unfenced extends ForwardingStore {
    Unfenced(KeyValueStore store) {
      super(store);
    }

    @Override
    public KeyValueStore fencedBy(Fence fence) {
      return this;
    }
  }
}
