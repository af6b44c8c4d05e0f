package io.metasrv.application.wal;

import io.metasrv.application.metadata.TableMetadata;
import io.metasrv.application.metadata.WalTopicPool;
import io.metasrv.application.metadata.WalTopicPoolStart;
import io.metasrv.application.metasrv.Term;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.options.WalOptions;
import io.metasrv.application.port.Promise;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.Task;
import io.metasrv.application.port.WalTopics;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.leadership.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of one term. They are made ready by a task of the term, which tries again until the
 * log answers; the leader serves everything else meanwhile. In the original one failure leaves the
 * pool empty for the whole term. Thread-safe.
 */
public final class TermWalTopics implements TermComponent, Supplier<String> {

  private static final Logger LOG = LoggerFactory.getLogger(TermWalTopics.class);

  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Term term;
  private final WalOptions options;
  private final Runtime runtime;
  private final WalTopicPoolStart pools;
  private volatile Optional<WalTopicPool> pool = Optional.empty();
  private volatile String missing = "they are being prepared";
  private final Promise<Boolean> firstAttempt;
  private volatile Optional<Task> preparation = Optional.empty();

  TermWalTopics(WalOptions options, TermContext context, WalTopics topics) {
    this.term = context.term();
    this.options = options;
    this.runtime = context.runtime();
    this.firstAttempt = context.runtime().promise();
    this.pools =
        new WalTopicPoolStart(
            new TableMetadata(context.store()).topicNames(), topics, context.runtime());
  }

  /** The term they are of. */
  Term term() {
    return term;
  }

  @Override
  public String name() {
    return "wal topics";
  }

  @Override
  public boolean required() {
    return false;
  }

  /** Waits a little for the first attempt, so that recovered procedures find the topics there. */
  @Override
  public void start() throws InterruptedException {
    switch (options.provider()) {
      case RAFT_ENGINE -> {}
      case KAFKA -> {
        preparation = Optional.of(runtime.start("wal-topics", this::prepare));
        firstAttempt.await(options.kafka().timeout());
      }
    }
  }

  private void prepare() throws InterruptedException {
    KafkaWalOptions kafka = options.kafka();
    for (int failures = 0; pool.isEmpty(); failures++) {
      try {
        pool = Optional.of(pools.start(kafka));
        LOG.info("{} topics of the write-ahead log are ready", kafka.numTopics());
        firstAttempt.complete(true);
      } catch (MetasrvException e) {
        missing = String.valueOf(e.getMessage());
        firstAttempt.complete(false);
        Duration pause = PAUSES.pause(failures, runtime.random());
        LOG.warn(
            "The topics of the write-ahead log are not ready; until they are, no table that needs"
                + " one can be created. Trying again in {}",
            pause,
            e);
        runtime.sleep(pause);
      }
    }
  }

  @Override
  public void stop() {
    preparation.ifPresent(Task::cancel);
  }

  /**
   * The topic of the next region.
   *
   * @throws ServiceException (Unexpected) while there is none, with the reason
   */
  @Override
  public String get() {
    return pool.orElseThrow(
            () ->
                ServiceException.unexpected(
                    "The topic pool is empty: the topics of the remote write-ahead log are not"
                        + " ready ("
                        + missing
                        + "); the leader keeps trying, run the statement again later"))
        .next();
  }
}
