package io.metasrv.application.heartbeat;

import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A heartbeat stream with the node's side in the hands of a test. */
public final class NodeEnd implements NodeStream {

  private static final long LONGEST_WAIT_SECONDS = 20;

  private final LinkedBlockingQueue<Optional<HeartbeatRequest>> requests =
      new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<HeartbeatResponse> responses = new ArrayList<>();
  private @Nullable StreamEnd end;
  private boolean takesNothing;
  private Runnable atEnd = () -> {};

  /** The node sends. */
  public NodeEnd sends(HeartbeatRequest request) {
    requests.add(Optional.of(request));
    return this;
  }

  /** The node closes its side. */
  public NodeEnd closes() {
    requests.add(Optional.empty());
    return this;
  }

  /** The node reads no more. */
  public void stalls() {
    lock.lock();
    try {
      takesNothing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Runs something at the moment the server ends the stream. */
  public NodeEnd atItsEnd(Runnable action) {
    lock.lock();
    try {
      atEnd = action;
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the n-th response (from 1) and returns it. */
  public HeartbeatResponse response(int nth) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
      while (responses.size() < nth) {
        left = changed.awaitNanos(left);
        if (left <= 0) {
          throw new AssertionError("only these responses came: " + responses);
        }
      }
      return responses.get(nth - 1);
    } finally {
      lock.unlock();
    }
  }

  /** What came so far. */
  public List<HeartbeatResponse> responses() {
    lock.lock();
    try {
      return List.copyOf(responses);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the stream and returns why. */
  public StreamEnd awaitEnd() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
      while (end == null) {
        left = changed.awaitNanos(left);
        if (left <= 0) {
          throw new AssertionError("the stream does not end; responses: " + responses);
        }
      }
      return end;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String remote() {
    return "test";
  }

  @Override
  public Optional<HeartbeatRequest> receive() throws InterruptedException {
    return requests.take();
  }

  @Override
  public boolean send(HeartbeatResponse response) {
    lock.lock();
    try {
      if (takesNothing) {
        end = end == null ? new StreamEnd.SlowConsumer("stalled") : end;
        requests.add(Optional.empty());
      }
      if (end != null) {
        return false;
      }
      responses.add(response);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(StreamEnd reason) {
    lock.lock();
    try {
      if (end == null) {
        atEnd.run();
        end = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    requests.add(Optional.empty());
  }

  @Override
  public boolean isEnded() {
    lock.lock();
    try {
      return end != null;
    } finally {
      lock.unlock();
    }
  }
}
