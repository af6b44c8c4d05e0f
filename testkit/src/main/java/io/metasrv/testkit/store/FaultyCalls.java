package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls made while something is broken, and whether what they say is true. */
final class FaultyCalls {

  private static final Bytes KEY = bytes("faulty");
  private static final Bytes BEFORE = bytes("before");
  private static final Bytes AFTER = bytes("after");

  private final StoreFaultFixture fixture;
  private final Duration longest;

  /**
   * @param longest the longest that any call may take
   */
  FaultyCalls(StoreFaultFixture fixture, Duration longest) {
    this.fixture = fixture;
    this.longest = longest;
  }

  /** What a write told its caller. */
  enum Outcome {
    DONE,
    UNAVAILABLE,
    UNKNOWN
  }

  /** A write of each kind, on one key that holds {@code before}. */
  enum Write {
    PUT {
      @Override
      void run(KeyValueStore store) {
        store.put(KEY, AFTER, Previous.DISCARD);
      }
    },
    BATCH_PUT {
      @Override
      void run(KeyValueStore store) {
        store.batchPut(List.of(new KeyValue(KEY, AFTER)), Previous.RETURN);
      }
    },
    DELETE {
      @Override
      void run(KeyValueStore store) {
        store.delete(KEY, Previous.RETURN);
      }
    },
    BATCH_DELETE {
      @Override
      void run(KeyValueStore store) {
        store.batchDelete(List.of(KEY), Previous.DISCARD);
      }
    },
    DELETE_RANGE {
      @Override
      void run(KeyValueStore store) {
        store.deleteRange(KeyRange.single(KEY), Previous.DISCARD);
      }
    },
    COMPARE_AND_PUT {
      @Override
      void run(KeyValueStore store) {
        store.compareAndPut(new Compare.ValueEquals(KEY, BEFORE), AFTER);
      }
    },
    TXN {
      @Override
      void run(KeyValueStore store) {
        store.txn(
            new Txn(
                List.of(new Compare.Exists(KEY)),
                List.of(new Op.Put(KEY, AFTER)),
                List.of(new Op.Get(KEY))));
      }
    };

    abstract void run(KeyValueStore store);

    void prepare(KeyValueStore direct) {
      direct.put(KEY, BEFORE, Previous.DISCARD);
    }

    /** A write that changes nothing of it, and waits for whoever still holds the key. */
    void touch(KeyValueStore store) {
      var unused = store.compareAndPut(new Compare.ValueEquals(KEY, BEFORE), BEFORE);
    }

    boolean isDone(KeyValueStore direct) {
      return !direct.get(KEY).equals(java.util.Optional.of(BEFORE));
    }
  }

  static Outcome outcomeOf(Runnable write) {
    try {
      write.run();
      return Outcome.DONE;
    } catch (StoreException.Unavailable nothingHappened) {
      assertThat(nothingHappened.isRetryable()).isTrue();
      return Outcome.UNAVAILABLE;
    } catch (StoreException.UnknownOutcome unknown) {
      return Outcome.UNKNOWN;
    }
  }

  /** Starts the write on the store under test, on a thread of its own. */
  Running start(Write write) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("faulty-" + write)
        .start(
            () -> {
              try {
                outcome.complete(outcomeOf(() -> write.run(fixture.store())));
              } catch (RuntimeException | Error failure) {
                outcome.completeExceptionally(failure);
              }
            });
    return new Running(write, outcome, longest);
  }

  /** A write under way. */
  record Running(Write write, CompletableFuture<Outcome> result, Duration longest) {
    /** Waits for the end; fails the test if the write takes too long or throws something else. */
    Outcome outcome() throws InterruptedException {
      try {
        return result.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException other) {
        throw new AssertionError(write + " failed in a way no store may", other.getCause());
      } catch (TimeoutException late) {
        throw new AssertionError(write + " did not end within " + longest, late);
      }
    }
  }

  void assertReadsAreUnavailable() throws InterruptedException {
    KeyValueStore store = fixture.store();
    List<Runnable> reads =
        List.of(
            () -> store.get(KEY),
            () -> store.batchGet(List.of(KEY)),
            () -> store.range(KeyRange.prefix(KEY), RangeOptions.ALL),
            () -> store.txn(Txn.always(List.of(new Op.Get(KEY)))));
    ConcurrentClients.run(
        reads.size(),
        client -> {
          long start = System.nanoTime();
          assertThatExceptionOfType(StoreException.Unavailable.class)
              .as("read number %d", client)
              .isThrownBy(() -> reads.get(client).run());
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(longest);
          return client;
        });
  }

  /** The write fails; if it says that nothing happened then nothing happened. */
  void assertTellsTheTruth(Write write) throws InterruptedException {
    write.prepare(fixture.direct());

    Outcome outcome = start(write).outcome();

    assertThat(outcome).as("%s", write).isIn(Outcome.UNAVAILABLE, Outcome.UNKNOWN);
    if (outcome == Outcome.UNAVAILABLE) {
      assertThat(write.isDone(fixture.direct()))
          .as("%s said that nothing happened", write)
          .isFalse();
    }
  }
}
