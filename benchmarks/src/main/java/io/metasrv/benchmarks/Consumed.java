package io.metasrv.benchmarks;

import org.jspecify.annotations.Nullable;

/** Keeps results alive, so that the compiler cannot leave out the work behind them. */
public final class Consumed {

  private static volatile int sink;

  private Consumed() {}

  public static void by(@Nullable Object result) {
    if (System.identityHashCode(result) == 42) {
      sink = 1;
    }
  }

  static int sink() {
    return sink;
  }
}
