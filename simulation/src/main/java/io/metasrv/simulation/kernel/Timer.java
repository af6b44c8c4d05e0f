package io.metasrv.simulation.kernel;

import org.jspecify.annotations.Nullable;

/** Something that becomes ready at a true time. */
final class Timer implements Comparable<Timer> {
  final long dueNanos;
  private final long sequence;
  final @Nullable SimulatedProcess process;
  final String label;
  final Runnable action;
  boolean cancelled;

  Timer(
      long dueNanos,
      long sequence,
      @Nullable SimulatedProcess process,
      String label,
      Runnable action) {
    this.dueNanos = dueNanos;
    this.sequence = sequence;
    this.process = process;
    this.label = label;
    this.action = action;
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public int compareTo(Timer other) {
    int byTime = Long.compare(dueNanos, other.dueNanos);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(sequence);
  }
}
