package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes one key after the other through a client that it never replaces, and repeats a write until
 * it is acknowledged. Runs from its making until it is closed.
 */
final class PersistentWriter implements AutoCloseable {

  private static final Duration PACE = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MetaClient client;
  private final Bytes prefix;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> work;
  private volatile int acknowledged;

  PersistentWriter(MetaClient client, String prefix) {
    this.client = client;
    this.prefix = Bytes.utf8(prefix);
    this.work =
        thread.scheduleWithFixedDelay(this::writeNext, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  // Only this task writes the counter.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void writeNext() {
    int number = acknowledged;
    var unused =
        Eventually.present("acknowledgement of write " + number, PATIENCE, () -> write(number));
    acknowledged++;
  }

  private Optional<Integer> write(int number) {
    try {
      client.store().put(key(number), value(number));
      return Optional.of(number);
    } catch (MetaClientException outage) {
      return switch (outage.reason()) {
        // What a client has to expect while nobody leads, or of a node that is down.
        case NO_LEADER, STATUS, TIMEOUT -> Optional.empty();
        case NOT_LEADER,
            RETRIES_EXHAUSTED,
            HEADER_ERROR,
            STREAM_ENDED,
            BAD_ANSWER,
            CLOSED,
            INTERRUPTED ->
            throw new AssertionError("no failure of an outage: " + outage.reason(), outage);
      };
    }
  }

  Bytes key(int number) {
    return prefix.concat(Bytes.utf8("%08d".formatted(number)));
  }

  static Bytes value(int number) {
    return Bytes.utf8("value " + number);
  }

  Bytes prefix() {
    return prefix;
  }

  /** How many writes, counted from the first, have been acknowledged. */
  int acknowledged() {
    return acknowledged;
  }

  /** Waits until that many more are acknowledged, for which somebody has to lead. */
  void awaitMore(int count, Duration atMost) {
    int goal = acknowledged + count;
    Eventually.holds(
        count + " more writes acknowledged", atMost, () -> acknowledged >= goal || work.isDone());
    assertThat(work.state()).isEqualTo(Future.State.RUNNING);
  }

  /** Lets the write under way come to its end. */
  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    boolean ended = thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("the writer ended").isTrue();
  }
}
