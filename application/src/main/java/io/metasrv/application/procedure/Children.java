package io.metasrv.application.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The children of one procedure, and whether one has ended unseen. Thread-safe. */
final class Children {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<ProcedureRun> children = new ArrayList<>();
  private boolean ended;

  void add(ProcedureRun child) {
    lock.lock();
    try {
      children.add(child);
    } finally {
      lock.unlock();
    }
  }

  /** In the order they were started. */
  List<ProcedureRun> all() {
    lock.lock();
    try {
      return List.copyOf(children);
    } finally {
      lock.unlock();
    }
  }

  boolean anyLives() {
    return all().stream().anyMatch(child -> !child.isEnded());
  }

  /** At most one of these is remembered. */
  void oneEnded() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether one has ended since the last call. */
  boolean takeEnded() {
    lock.lock();
    try {
      boolean unseen = ended;
      ended = false;
      return unseen;
    } finally {
      lock.unlock();
    }
  }
}
