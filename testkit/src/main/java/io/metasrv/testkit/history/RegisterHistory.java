package io.metasrv.testkit.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Records what clients did to one register and decides whether it was linearizable, by the search
 * of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the memory of visited
 * states that Lowe added (2017). At most {@value #MOST_CALLS} calls. Recording is thread-safe.
 */
public final class RegisterHistory {

  /** One bit of a long for each call. */
  public static final int MOST_CALLS = 64;

  private final AtomicLong clock = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<RegisterCall> calls = new ArrayList<>();

  /**
   * Makes a call and records it with the positions at which it began and ended; one whose outcome
   * is unknown has no end.
   *
   * @param call makes the call and says what it did; empty if it certainly did nothing and told
   *     nothing
   */
  public void record(Supplier<Optional<RegisterCall.Action>> call) {
    long start = clock.getAndIncrement();
    Optional<RegisterCall.Action> action = call.get();
    long end = clock.getAndIncrement();
    action.ifPresent(
        done -> add(new RegisterCall(start, done.isOutcomeUnknown() ? Long.MAX_VALUE : end, done)));
  }

  /** Adds a call recorded elsewhere. */
  public void add(RegisterCall call) {
    lock.lock();
    try {
      if (calls.size() == MOST_CALLS) {
        throw new IllegalStateException("a history has at most " + MOST_CALLS + " calls");
      }
      calls.add(call);
    } finally {
      lock.unlock();
    }
  }

  /** The calls recorded, in the order of their return. */
  public List<RegisterCall> calls() {
    lock.lock();
    try {
      return List.copyOf(calls);
    } finally {
      lock.unlock();
    }
  }

  /** The calls, one a line, for a failure's message. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    calls().forEach(call -> text.append("\n  ").append(call));
    return text.toString();
  }

  /** Whether an order of effects exists that explains every answer. */
  public boolean isLinearizable(Optional<String> initial) {
    return new Search(calls()).explain(0, initial);
  }

  private static final class Search {

    private final List<RegisterCall> calls;
    private final Set<State> visited = new HashSet<>();

    Search(List<RegisterCall> calls) {
      this.calls = calls;
    }

    boolean explain(long done, Optional<String> value) {
      if (isFinished(done)) {
        return true;
      }
      if (!visited.add(new State(done, value))) {
        return false;
      }
      long firstEnd = firstEndOfOpenCalls(done);
      for (int i = 0; i < calls.size(); i++) {
        RegisterCall call = calls.get(i);
        boolean open = (done & (1L << i)) == 0;
        // A call that began after another one had returned cannot take effect before it.
        if (open
            && call.start() < firstEnd
            && call.action().fits(value)
            && explain(done | (1L << i), call.action().apply(value))) {
          return true;
        }
      }
      return false;
    }

    /** Calls of unknown outcome need not have taken effect at all. */
    private boolean isFinished(long done) {
      for (int i = 0; i < calls.size(); i++) {
        if ((done & (1L << i)) == 0 && !calls.get(i).isOutcomeUnknown()) {
          return false;
        }
      }
      return true;
    }

    private long firstEndOfOpenCalls(long done) {
      long first = Long.MAX_VALUE;
      for (int i = 0; i < calls.size(); i++) {
        if ((done & (1L << i)) == 0) {
          first = Math.min(first, calls.get(i).end());
        }
      }
      return first;
    }
  }

  private record State(long done, Optional<String> value) {}
}
