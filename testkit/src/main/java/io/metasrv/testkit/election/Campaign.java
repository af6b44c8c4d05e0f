package io.metasrv.testkit.election;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.time.MonotonicTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A campaign on a thread of its own, and when it was won. */
final class Campaign {

  /** The longest a test waits for what must happen, in real time. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CompletableFuture<Win> result = new CompletableFuture<>();
  private final Thread thread;

  private Campaign(Election election, String address, Runtime runtime) {
    this.thread =
        Thread.ofVirtual()
            .name("campaign-" + address)
            .unstarted(() -> run(election, address, runtime));
  }

  static Campaign start(Election election, String address, Runtime runtime) {
    Campaign campaign = new Campaign(election, address, runtime);
    campaign.thread.start();
    return campaign;
  }

  private void run(Election election, String address, Runtime runtime) {
    try {
      LeaderLease lease = election.campaign(address);
      result.complete(new Win(lease, runtime.monotonic()));
    } catch (InterruptedException | RuntimeException | Error failure) {
      result.completeExceptionally(failure);
    }
  }

  boolean isOver() {
    return result.isDone();
  }

  /** Waits for the win; fails the test if it does not come. */
  Win won() throws InterruptedException {
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError("the campaign failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("the campaign was not won within " + PATIENCE, late);
    }
  }

  /** Waits until the campaign has ended in any way, at most this long. */
  void awaitOver(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  /** Interrupts the campaign and returns how it ended; empty if it had been won already. */
  Optional<Throwable> cancel() throws InterruptedException {
    thread.interrupt();
    try {
      result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException ended) {
      return Optional.of(ended.getCause() == null ? ended : ended.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("an interrupted campaign did not end within " + PATIENCE, late);
    }
  }

  /**
   * A campaign won.
   *
   * @param at monotonic reading right after it returned
   */
  record Win(LeaderLease lease, MonotonicTime at) {}
}
