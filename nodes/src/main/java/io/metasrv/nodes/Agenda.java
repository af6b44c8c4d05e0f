package io.metasrv.nodes;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Steps to be done later, in order of their time and then of their entry. Not thread-safe. */
final class Agenda {

  private record Entry(MonotonicTime due, long number) {}

  private final TreeMap<Entry, Consumer<Moment>> steps =
      new TreeMap<>(Comparator.comparing(Entry::due).thenComparing(Entry::number));
  private long entered;

  /** Does the step after the time given; at once if that is none. */
  void after(Duration wait, Moment now, Consumer<Moment> step) {
    if (wait.isZero() || wait.isNegative()) {
      step.accept(now);
    } else {
      steps.put(new Entry(now.monotonic().plus(wait), entered++), step);
    }
  }

  /** Does what is due, also what becomes due by it. */
  void runDue(Moment now) {
    while (!steps.isEmpty() && !now.monotonic().isBefore(steps.firstKey().due())) {
      Map.Entry<Entry, Consumer<Moment>> next = steps.pollFirstEntry();
      next.getValue().accept(now);
    }
  }

  Optional<MonotonicTime> next() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.firstKey().due());
  }
}
