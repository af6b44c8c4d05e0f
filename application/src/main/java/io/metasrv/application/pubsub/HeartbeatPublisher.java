package io.metasrv.application.pubsub;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every datanode heartbeat of a term to its subscribers, at most once each and in the order
 * published. A subscriber whose queue is full misses heartbeats, which is counted; one that throws
 * is unsubscribed. Thread-safe; publishing never blocks on a subscriber.
 */
public final class HeartbeatPublisher {

  /** Heartbeats a subscriber may lag behind. */
  public static final int QUEUE_CAPACITY = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatPublisher.class);

  private final Runtime runtime;
  private final Metrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile List<Subscription> subscriptions = List.of();
  private boolean closed;

  public HeartbeatPublisher(Runtime runtime, Metrics metrics) {
    this.runtime = runtime;
    this.metrics = metrics;
  }

  /**
   * Subscribes from now to the end of the term. Subscribing twice delivers twice.
   *
   * @param id chosen by the caller, for {@link #unsubscribe}; unsigned 32 bits
   * @param name for logs and metrics
   */
  public void subscribe(long id, String name, HeartbeatSubscriber subscriber) {
    Subscription subscription = new Subscription(id, name, QUEUE_CAPACITY);
    lock.lock();
    try {
      if (closed) {
        return;
      }
      List<Subscription> more = new ArrayList<>(subscriptions);
      more.add(subscription);
      subscriptions = List.copyOf(more);
    } finally {
      lock.unlock();
    }
    runtime.start("heartbeat-subscriber-" + name, () -> serve(subscription, subscriber));
  }

  private void serve(Subscription subscription, HeartbeatSubscriber subscriber)
      throws InterruptedException {
    try {
      subscription.run(subscriber);
    } catch (RuntimeException e) {
      LOG.warn("Subscriber {} of heartbeats failed and is unsubscribed", subscription.name(), e);
    } finally {
      unsubscribe(subscription.id());
    }
  }

  /** Ends every subscription with this id. */
  public void unsubscribe(long id) {
    List<Subscription> gone;
    lock.lock();
    try {
      gone = subscriptions.stream().filter(each -> each.id() == id).toList();
      subscriptions = subscriptions.stream().filter(each -> each.id() != id).toList();
    } finally {
      lock.unlock();
    }
    gone.forEach(Subscription::end);
  }

  /** Hands the heartbeat to everyone who subscribed before. */
  public void publish(HeartbeatRequest heartbeat) {
    for (Subscription subscription : subscriptions) {
      if (!subscription.offer(heartbeat)) {
        metrics.counter(MetricNames.HEARTBEAT_PUBLISH_DROPPED, subscription.name()).increment();
      }
    }
  }

  /** Ends every subscription: the term is over. */
  public void close() {
    List<Subscription> gone;
    lock.lock();
    try {
      closed = true;
      gone = subscriptions;
      subscriptions = List.of();
    } finally {
      lock.unlock();
    }
    gone.forEach(Subscription::end);
  }
}
