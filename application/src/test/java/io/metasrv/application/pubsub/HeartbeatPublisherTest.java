package io.metasrv.application.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.support.ManualRuntime;
import io.metasrv.application.support.RecordingMetrics;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sheet 04 §18. */
class HeartbeatPublisherTest {

  private final RecordingMetrics metrics = new RecordingMetrics();
  private final HeartbeatPublisher publisher = new HeartbeatPublisher(new ManualRuntime(), metrics);
  private final LinkedBlockingQueue<Long> taken = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    publisher.close();
  }

  private static HeartbeatRequest numbered(long epoch) {
    return HeartbeatRequest.newBuilder().setNodeEpoch(epoch).build();
  }

  private long next() throws InterruptedException {
    Long epoch = taken.poll(20, TimeUnit.SECONDS);
    assertThat(epoch).isNotNull();
    return epoch;
  }

  @Test
  void givenASubscriber_thenItGetsEveryHeartbeatInOrder() throws InterruptedException {
    publisher.subscribe(1, "a", heartbeat -> taken.add(heartbeat.getNodeEpoch()));
    for (long epoch = 0; epoch < 100; epoch++) {
      publisher.publish(numbered(epoch));
    }
    for (long epoch = 0; epoch < 100; epoch++) {
      assertThat(next()).isEqualTo(epoch);
    }
  }

  @Test
  @DisplayName("a slow subscriber delays nobody: it misses heartbeats, which is counted")
  void givenASlowSubscriber_thenPublishingGoesOnAndItMissesSome() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    publisher.subscribe(
        1,
        "slow",
        heartbeat -> {
          busy.countDown();
          release.await();
          taken.add(heartbeat.getNodeEpoch());
        });
    publisher.publish(numbered(0));
    assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();

    for (long epoch = 1; epoch <= HeartbeatPublisher.QUEUE_CAPACITY + 5; epoch++) {
      publisher.publish(numbered(epoch));
    }

    assertThat(metrics.value(MetricNames.HEARTBEAT_PUBLISH_DROPPED, "slow")).isEqualTo(5);
    release.countDown();
    assertThat(next()).isZero();
    assertThat(next()).isEqualTo(1);
  }

  @Test
  void givenASubscriberThatThrows_thenItIsUnsubscribedAndTheOthersAreNot()
      throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    publisher.subscribe(
        1,
        "broken",
        heartbeat -> {
          failed.countDown();
          throw new IllegalStateException("the test's subscriber fails");
        });
    publisher.subscribe(2, "healthy", heartbeat -> taken.add(heartbeat.getNodeEpoch()));

    publisher.publish(numbered(1));
    assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
    publisher.publish(numbered(2));

    assertThat(next()).isEqualTo(1);
    assertThat(next()).isEqualTo(2);
  }

  @Test
  void givenAnUnsubscribedOrAClosedPublisher_thenNothingIsTaken() throws InterruptedException {
    publisher.subscribe(1, "a", heartbeat -> taken.add(heartbeat.getNodeEpoch()));
    publisher.unsubscribe(1);
    publisher.publish(numbered(1));
    publisher.subscribe(2, "b", heartbeat -> taken.add(heartbeat.getNodeEpoch()));
    publisher.publish(numbered(2));
    assertThat(next()).isEqualTo(2);

    publisher.close();
    publisher.publish(numbered(3));
    publisher.subscribe(3, "c", heartbeat -> taken.add(heartbeat.getNodeEpoch()));
    publisher.publish(numbered(4));

    assertThat(taken).isEmpty();
  }
}
