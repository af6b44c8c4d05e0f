package io.metasrv.doubles;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a stalled node stands still at. Thread-safe. */
final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private boolean shut;

  void set(boolean shutIt) {
    lock.lock();
    try {
      shut = shutIt;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits while the gate is shut. */
  void pass() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (shut) {
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
