package io.metasrv.simulation.kernel;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Instant;

/** The clocks of one process: they run at a rate of their own, and one may stand still. */
final class ProcessClock {

  private final World world;
  private final double rate;
  private final long monotonicOrigin;
  private final long startedNanos;
  private long stoodStillNanos;
  private long standingSinceNanos = -1;

  /**
   * @param rate how fast the clocks run against true time
   */
  ProcessClock(World world, double rate) {
    this.world = world;
    this.rate = rate;
    this.startedNanos = world.nowNanos();
    this.monotonicOrigin = world.random().nextLong() >>> 4;
  }

  Instant wall() {
    long age = world.nowNanos() - startedNanos;
    return world.trueWallClock().plusNanos((long) (age * rate) - age);
  }

  MonotonicTime monotonic() {
    return new MonotonicTime(monotonicOrigin + localNanos());
  }

  /** What the monotonic clock has counted since the process started. */
  long localNanos() {
    long standing = standingSinceNanos < 0 ? 0 : world.nowNanos() - standingSinceNanos;
    return (long) ((world.nowNanos() - startedNanos - stoodStillNanos - standing) * rate);
  }

  /** True time until the monotonic clock will have counted that far, if nothing stops it. */
  long trueNanosUntil(long dueLocal) {
    return (long) Math.ceil((dueLocal - localNanos()) / rate);
  }

  /** The monotonic clock stands still. */
  void standStill() {
    standingSinceNanos = world.nowNanos();
  }

  /** It goes on, if it stood still. */
  void goOn() {
    if (standingSinceNanos >= 0) {
      stoodStillNanos += world.nowNanos() - standingSinceNanos;
      standingSinceNanos = -1;
    }
  }
}
