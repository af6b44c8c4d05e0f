package io.metasrv.application.events;

import io.metasrv.application.port.EventLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the latest events in memory and writes each to the log. Thread-safe. */
public final class RecentEvents implements EventLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.metasrv.audit");

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Event> latest = new ArrayDeque<>();

  /**
   * @param capacity how many events are kept; the oldest goes first
   */
  public RecentEvents(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public void record(Event event) {
    LOG.info("{} by {}: {}", event.type(), event.actor(), event.attributes());
    lock.lock();
    try {
      if (latest.size() == capacity) {
        latest.removeFirst();
      }
      latest.addLast(event);
    } finally {
      lock.unlock();
    }
  }

  /** The events kept, oldest first. */
  public List<Event> latest() {
    lock.lock();
    try {
      return List.copyOf(latest);
    } finally {
      lock.unlock();
    }
  }
}
