package io.metasrv.application.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** An audit trail that a test can wait on. */
public final class WatchedEvents implements EventLog {

  private static final long LONGEST_WAIT_SECONDS = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Event> events = new ArrayList<>();

  @Override
  public void record(Event event) {
    lock.lock();
    try {
      events.add(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the n-th event of the type (from 1) and returns it. */
  public Event await(String type, int nth) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    lock.lock();
    try {
      while (ofType(type).size() < nth) {
        assertThat(left)
            .describedAs("waiting for event %s no. %d, so far %s", type, nth, events)
            .isPositive();
        left = changed.awaitNanos(left);
      }
      return ofType(type).get(nth - 1);
    } finally {
      lock.unlock();
    }
  }

  /** The types recorded, in their order. */
  public List<String> types() {
    lock.lock();
    try {
      return events.stream().map(Event::type).toList();
    } finally {
      lock.unlock();
    }
  }

  private List<Event> ofType(String type) {
    return events.stream().filter(event -> event.type().equals(type)).toList();
  }
}
