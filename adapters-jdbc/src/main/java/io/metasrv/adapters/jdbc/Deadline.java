package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Runtime;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;

/** Until when a call has to be over, by the runtime's monotonic clock. */
record Deadline(Runtime runtime, MonotonicTime start, Duration limit) {

  static Deadline in(Runtime runtime, Duration limit) {
    return new Deadline(runtime, runtime.monotonic(), limit);
  }

  /** What is left; zero or negative if it has passed. */
  Duration left() {
    return limit.minus(runtime.monotonic().since(start));
  }

  boolean hasPassed() {
    return !left().isPositive();
  }

  /** This one, or the given time from now if that is sooner. */
  Deadline orIn(Duration sooner) {
    return sooner.compareTo(left()) < 0 ? in(runtime, sooner) : this;
  }
}
