package io.metasrv.adapters.embedded;

import io.metasrv.domain.error.StoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which term of leadership is the current one. Begun and checked on the writer's thread only, in
 * the order of the writes; may be closed from any thread.
 */
final class Terms {

  private static final long NONE = 0;

  private long last;
  private long open = NONE;
  private final AtomicLong closedUpTo = new AtomicLong(NONE);

  /**
   * @param last number of the last term ever begun on this directory, 0 for none
   */
  Terms(long last) {
    this.last = last;
  }

  /** The number that the next term will have. */
  long next() {
    return last + 1;
  }

  /** Makes the term the current one. Writer only. */
  EmbeddedFence begin(long number, String holder) {
    last = number;
    open = number;
    return new EmbeddedFence(this, number, holder);
  }

  /** Ends the term and all before it. Any thread. */
  void close(EmbeddedFence fence) {
    closedUpTo.accumulateAndGet(fence.number(), Math::max);
  }

  /**
   * Lets a write through if each of its fences is the current term. Writer only.
   *
   * @throws StoreException.FencedOut otherwise
   */
  void check(List<EmbeddedFence> fences) {
    for (EmbeddedFence fence : fences) {
      if (fence.number() != open || fence.number() <= closedUpTo.get()) {
        throw new StoreException.FencedOut(
            "A write of %s was refused: %s. Nothing changed; this node has to win a new term first"
                .formatted(
                    fence.describe(),
                    fence.number() == open
                        ? "that term was given up"
                        : "the current term is number " + open));
      }
    }
  }
}
