package io.metasrv.simulation.cluster;

import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits for the one task of a process that takes it. Needs no lock, as all in a world. */
final class Inbox<T> {

  private final Runtime runtime;
  private final ArrayDeque<T> items = new ArrayDeque<>();
  private @Nullable Promise<Boolean> arrival;

  Inbox(Runtime runtime) {
    this.runtime = runtime;
  }

  void put(T item) {
    items.add(item);
    ring();
  }

  /** Lets whoever waits look again. */
  void ring() {
    Promise<Boolean> waiting = arrival;
    if (waiting != null) {
      arrival = null;
      waiting.complete(true);
    }
  }

  /** The next item, if one is there. */
  Optional<T> poll() {
    return Optional.ofNullable(items.poll());
  }

  /** Waits until something was put in or somebody rang; may return early. */
  void await() throws InterruptedException {
    if (items.isEmpty()) {
      Promise<Boolean> next = runtime.promise();
      arrival = next;
      next.await();
    }
  }

  /** The same for at most the duration. */
  void await(Duration atMost) throws InterruptedException {
    if (items.isEmpty()) {
      Promise<Boolean> next = runtime.promise();
      arrival = next;
      next.await(atMost);
    }
  }
}
