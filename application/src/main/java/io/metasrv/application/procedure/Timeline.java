package io.metasrv.application.procedure;

import io.metasrv.application.procedure.view.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happened to a procedure, in order. Of a very long life the beginning and the end are kept.
 * Thread-safe.
 */
final class Timeline {

  private static final int FIRST = 20;
  private static final int MOST = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<TimelineEntry> entries = new ArrayList<>();
  private long leftOut;

  void add(TimelineEntry entry) {
    lock.lock();
    try {
      if (entries.size() == MOST) {
        entries.remove(FIRST);
        leftOut++;
      }
      entries.add(entry);
    } finally {
      lock.unlock();
    }
  }

  /** The entries kept. */
  List<TimelineEntry> entries() {
    lock.lock();
    try {
      return List.copyOf(entries);
    } finally {
      lock.unlock();
    }
  }

  /** How many are missing in the middle. */
  long leftOut() {
    lock.lock();
    try {
      return leftOut;
    } finally {
      lock.unlock();
    }
  }
}
