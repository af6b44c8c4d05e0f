package io.metasrv.testkit.election;

import io.metasrv.testkit.server.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets something happen between the two readings of a campaign on an SQL database: after it saw
 * that it may take over, before it locks the rows to do so. Thread-safe.
 */
public final class InterleavedTakeOver {

  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();

  private InterleavedTakeOver() {}

  /**
   * Watches the proxy from now on.
   *
   * @param between done the first time, while the campaign waits for its answer
   */
  public static InterleavedTakeOver on(TcpProxy proxy, Runnable between) {
    InterleavedTakeOver interleaved = new InterleavedTakeOver();
    proxy.intercept(
        data -> {
          if (new String(data, StandardCharsets.ISO_8859_1).contains("FOR UPDATE")
              && interleaved.begun.compareAndSet(false, true)) {
            between.run();
            interleaved.done.set(true);
          }
          return TcpProxy.Verdict.PASS;
        });
    return interleaved;
  }

  /** Whether a campaign has come so far as to lock the rows, and it has happened. */
  public boolean hasHappened() {
    return done.get();
  }
}
