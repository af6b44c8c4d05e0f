package io.metasrv.simulation.kernel;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Everything that happened, as a hash, and the last of it as text. Two runs of a seed must have the
 * same hash.
 */
public final class Trace {

  private static final int KEPT = 400;

  private final ArrayDeque<Event> tail = new ArrayDeque<>(KEPT);
  private long hash = 0x6a09e667f3bcc908L;
  private long events;

  void record(long atNanos, String what, String detail) {
    hash = SeededRandom.mix(hash ^ atNanos) + what.hashCode();
    hash = SeededRandom.mix(hash) ^ detail.hashCode();
    events++;
    if (tail.size() == KEPT) {
      tail.removeFirst();
    }
    tail.addLast(new Event(atNanos, what, detail));
  }

  /** The hash of all events so far, their order and their times. */
  public long hash() {
    return hash;
  }

  /** How many events there were. */
  public long events() {
    return events;
  }

  /** The most recent events, oldest first. */
  public List<String> tail() {
    return tail.stream().map(Event::toString).toList();
  }

  /** Written out only when somebody wants to read it. */
  private record Event(long atNanos, String what, String detail) {
    @Override
    public String toString() {
      return "%.6fs %s %s".formatted(atNanos / 1e9, what, detail);
    }
  }
}
