package io.metasrv.adapters.etcd;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A campaign on a thread of its own. */
final class Campaigner {

  private final CompletableFuture<LeaderLease> outcome = new CompletableFuture<>();
  private final Thread thread;

  Campaigner(Election election, String address) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    outcome.complete(election.campaign(address));
                  } catch (Exception e) {
                    outcome.completeExceptionally(e);
                  }
                });
  }

  boolean isWaiting() {
    return !outcome.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  LeaderLease victory(Duration atMost) throws Exception {
    return outcome.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  Throwable failure(Duration atMost) throws Exception {
    try {
      outcome.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return new AssertionError("the campaign was won");
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }
}
