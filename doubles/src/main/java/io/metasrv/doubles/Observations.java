package io.metasrv.doubles;

import io.metasrv.domain.RegionId;
import io.metasrv.nodes.NodeObserver;
import io.metasrv.nodes.instruction.Instruction;
import io.metasrv.nodes.region.AliveKeeper;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.RegionLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What a double has seen since it was made, over all its restarts, and a way to wait for it.
 * Thread-safe.
 */
public final class Observations {

  /** Beyond so many entries of a kind the oldest are forgotten: a playground may run for days. */
  private static final int KEPT = 10_000;

  /**
   * Everything seen so far. Immutable.
   *
   * @param connections how often a stream was opened
   * @param leader the metasrv the node is connected to; empty while it is not
   * @param responses how many heartbeat responses arrived
   * @param leases the newest at the end; likewise the following
   * @param problems what a node would log as a warning
   */
  public record Seen(
      long connections,
      Optional<String> leader,
      long responses,
      List<RegionLease> leases,
      List<Instruction> instructions,
      List<String> replies,
      List<RegionId> expired,
      List<String> problems) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<RegionLease> leases = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<String> replies = new ArrayList<>();
  private final List<RegionId> expired = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long connections;
  private long responses;
  private Optional<String> leader = Optional.empty();

  /** All of it, now. */
  public Seen now() {
    lock.lock();
    try {
      return new Seen(
          connections,
          leader,
          responses,
          List.copyOf(leases),
          List.copyOf(instructions),
          List.copyOf(replies),
          List.copyOf(expired),
          List.copyOf(problems));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until what was seen satisfies the condition.
   *
   * @param what the condition in words, for the error
   * @return what was seen then
   * @throws TimeoutException if it did not within the limit; the message shows what was seen
   */
  public Seen await(String what, Duration limit, Predicate<Seen> condition)
      throws InterruptedException, TimeoutException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      Seen seen = now();
      while (!condition.test(seen)) {
        if (left <= 0) {
          throw new TimeoutException("Not within " + limit + ": " + what + "; seen: " + seen);
        }
        left = changed.awaitNanos(left);
        seen = now();
      }
      return seen;
    } finally {
      lock.unlock();
    }
  }

  void connected(String address) {
    change(
        () -> {
          connections++;
          leader = Optional.of(address);
        });
  }

  void disconnected() {
    change(() -> leader = Optional.empty());
  }

  void problem(String what) {
    change(() -> keep(problems, what));
  }

  /** The observer that notes what a node sees. */
  NodeObserver observer() {
    return new NodeObserver() {
      @Override
      public void responded(HeartbeatResponse response) {
        change(() -> responses++);
      }

      @Override
      public void leased(RegionLease lease, AliveKeeper.LeaseOutcome outcome) {
        change(() -> keep(leases, lease));
      }

      @Override
      public void expired(List<RegionId> regions) {
        change(() -> regions.forEach(region -> keep(expired, region)));
      }

      @Override
      public void instructed(Instruction instruction) {
        change(() -> keep(instructions, instruction));
      }

      @Override
      public void replied(String json) {
        change(() -> keep(replies, json));
      }

      @Override
      public void problem(String what) {
        Observations.this.problem(what);
      }
    };
  }

  private void change(Runnable how) {
    lock.lock();
    try {
      how.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static <T> void keep(List<T> list, T entry) {
    if (list.size() == KEPT) {
      list.removeFirst();
    }
    list.add(entry);
  }
}
