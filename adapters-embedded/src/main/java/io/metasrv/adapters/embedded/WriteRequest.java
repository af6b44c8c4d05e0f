package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way through the writer: queued by the caller, who then waits; prepared and
 * answered by the writer.
 *
 * @param <T> what the caller gets
 */
final class WriteRequest<T> {

  private enum State {
    QUEUED,
    TAKEN,
    CANCELLED
  }

  private final String what;
  private final List<EmbeddedFence> fences;
  private final Function<PendingWrites, T> body;
  private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
  private final CountDownLatch answered = new CountDownLatch(1);
  private boolean changesSomething;
  private @Nullable T result;
  private @Nullable RuntimeException failure;

  /**
   * @param what for errors, as in "put"
   * @param fences terms that all have to be the current one
   * @param body computes the answer from the content and makes the writes pending
   */
  WriteRequest(String what, List<EmbeddedFence> fences, Function<PendingWrites, T> body) {
    this.what = what;
    this.fences = fences;
    this.body = body;
  }

  /** Writer only: whether the request is still wanted; from now on it cannot be withdrawn. */
  boolean take() {
    return state.compareAndSet(State.QUEUED, State.TAKEN);
  }

  /**
   * Writer only: finds the answer and adds the writes to the group's. A request that fails adds
   * none. Nothing is told to the caller yet.
   */
  // Whatever leaves the body must reach the caller and must not end the writer.
  @SuppressWarnings("CatchingUnchecked")
  void prepare(PendingWrites group, Terms terms) {
    PendingWrites own = new PendingWrites(group);
    try {
      terms.check(fences);
      result = body.apply(own);
      changesSomething = !own.isEmpty();
      group.absorb(own);
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      failure =
          new StoreException.Unavailable(
              "A %s was given up before anything was written: %s".formatted(what, e), e);
    }
  }

  /** Writer only: the damage that was found while the answer was prepared, if any was. */
  Optional<StoreException.Corrupted> damage() {
    return failure instanceof StoreException.Corrupted damage
        ? Optional.of(damage)
        : Optional.empty();
  }

  /** Writer only: the group did not reach the disk for sure, so the answer prepared is void. */
  void groupFailed(StoreException cause) {
    if (failure != null) {
      return;
    }
    result = null;
    failure =
        changesSomething
            ? new StoreException.UnknownOutcome(
                "A %s has an unknown outcome, and further writes are refused until a restart: %s"
                    .formatted(what, cause.getMessage()),
                cause)
            : notTried(cause);
  }

  /** Writer only: the request was not looked at. */
  void refuse(StoreException reason) {
    failure = notTried(reason);
  }

  private StoreException notTried(StoreException cause) {
    return new StoreException.Unavailable(
        "A %s was not carried out; nothing changed: %s".formatted(what, cause.getMessage()), cause);
  }

  /** Writer only: lets the caller go. */
  void answer() {
    answered.countDown();
  }

  /** Whether the answer is there. */
  boolean isAnswered() {
    return answered.getCount() == 0;
  }

  /**
   * Caller: waits for the answer.
   *
   * @param atMost how long
   */
  T await(Duration atMost) {
    try {
      if (!answered.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        throw givenUp(
            "was given up after %s, because the disk does not answer; check the disk"
                .formatted(atMost),
            new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp("was interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
    if (result == null) {
      throw new IllegalStateException("an answered write has a result or a failure: " + what);
    }
    return result;
  }

  private StoreException givenUp(String how, Exception cause) {
    if (state.compareAndSet(State.QUEUED, State.CANCELLED)) {
      return new StoreException.Unavailable(
          "A %s %s. It was still waiting for its turn; nothing changed".formatted(what, how),
          cause);
    }
    return new StoreException.UnknownOutcome(
        "A %s %s. It was being written; read before deciding".formatted(what, how), cause);
  }
}
