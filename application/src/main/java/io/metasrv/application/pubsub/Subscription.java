package io.metasrv.application.pubsub;

import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The queue between the publisher and one subscriber. Thread-safe. */
final class Subscription {

  private final long id;
  private final String name;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<HeartbeatRequest> queue = new ArrayDeque<>();
  private boolean ended;

  Subscription(long id, String name, int capacity) {
    this.id = id;
    this.name = name;
    this.capacity = capacity;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  /** False if the queue is full; never waits. */
  boolean offer(HeartbeatRequest heartbeat) {
    lock.lock();
    try {
      if (ended || queue.size() >= capacity) {
        return ended;
      }
      queue.addLast(heartbeat);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Hands heartbeats to the subscriber until the end. */
  void run(HeartbeatSubscriber subscriber) throws InterruptedException {
    while (true) {
      HeartbeatRequest next;
      lock.lockInterruptibly();
      try {
        while (queue.isEmpty() && !ended) {
          changed.await();
        }
        if (ended) {
          return;
        }
        next = queue.removeFirst();
      } finally {
        lock.unlock();
      }
      subscriber.take(next);
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
