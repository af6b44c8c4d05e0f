package io.metasrv.adapters.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps one ordered list of what the writer did and what callers saw. */
final class RecordingProbe implements CommitProbe {

  /** One thing that happened. */
  sealed interface Event {}

  record Syncing(int requests) implements Event {}

  record Synced() implements Event {}

  record Answered() implements Event {}

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Event> events = new ArrayList<>();

  @Override
  public void beforeSync(int requests) {
    add(new Syncing(requests));
  }

  @Override
  public void afterSync() {
    add(new Synced());
  }

  /** Called by a caller whose write has returned. */
  void answered() {
    add(new Answered());
  }

  List<Event> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  private void add(Event event) {
    lock.lock();
    try {
      events.add(event);
    } finally {
      lock.unlock();
    }
  }
}
