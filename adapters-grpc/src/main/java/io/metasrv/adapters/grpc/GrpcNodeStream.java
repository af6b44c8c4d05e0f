package io.metasrv.adapters.grpc;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One heartbeat stream of grpc-java behind the port.
 *
 * <p>Incoming: the next message is asked for when one is taken, so that a node that sends faster
 * than it is served is slowed down by flow control and at most one message waits here.
 *
 * <p>Outgoing: messages wait in a queue of {@value #QUEUE_LIMIT} and are written by whichever
 * thread finds nobody writing, so that the call is only ever used by one at a time and no sender
 * waits for another's node. A queue that is full ends the stream.
 *
 * <p>Thread-safe.
 */
final class GrpcNodeStream implements NodeStream {

  /** Messages that may wait for a node that does not read (sheet 01 §5.2). */
  static final int QUEUE_LIMIT = 128;

  /**
   * What the transport may hold of one stream before messages have to wait in the queue.
   * Instructions come in bursts, faster than any network: a node that reads must not be taken for
   * one that does not. At about half a kilobyte each this lets a burst of two thousand pass.
   */
  static final int TRANSPORT_BUFFER_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(GrpcNodeStream.class);

  private final ServerCall<HeartbeatRequest, HeartbeatResponse> call;
  private final String remote;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<HeartbeatRequest> incoming = new ArrayDeque<>();
  private final Queue<HeartbeatResponse> outgoing = new ArrayDeque<>();
  private boolean nodeClosed;
  private boolean broken;
  private boolean writing;
  private boolean closeSent;
  private @Nullable StreamEnd end;

  GrpcNodeStream(ServerCall<HeartbeatRequest, HeartbeatResponse> call, String remote) {
    this.call = call;
    this.remote = remote;
    call.setOnReadyThreshold(TRANSPORT_BUFFER_BYTES);
  }

  @Override
  public String remote() {
    return remote;
  }

  @Override
  public Optional<HeartbeatRequest> receive() throws InterruptedException {
    Optional<HeartbeatRequest> received = takeIncoming();
    if (received.isPresent()) {
      call.request(1);
    }
    return received;
  }

  private Optional<HeartbeatRequest> takeIncoming() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (end == null) {
        HeartbeatRequest next = incoming.poll();
        if (next != null) {
          return Optional.of(next);
        }
        if (broken) {
          throw new StreamBrokenException(
              "the heartbeat stream from " + remote + " was cut; the node has to open another",
              Status.CANCELLED.asRuntimeException());
        }
        if (nodeClosed) {
          return Optional.empty();
        }
        changed.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean send(HeartbeatResponse response) {
    boolean queued = enqueue(response);
    writeOut();
    return queued;
  }

  private boolean enqueue(HeartbeatResponse response) {
    lock.lock();
    try {
      if (end != null || broken) {
        return false;
      }
      if (outgoing.size() < QUEUE_LIMIT) {
        outgoing.add(response);
        return true;
      }
      LOG.warn("{} does not read its heartbeat stream, which ends therefore", remote);
      endWith(
          new StreamEnd.SlowConsumer(
              QUEUE_LIMIT + " messages wait for this node; read the heartbeat stream faster"));
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(StreamEnd reason) {
    lock.lock();
    try {
      endWith(reason);
    } finally {
      lock.unlock();
    }
    writeOut();
  }

  private void endWith(StreamEnd reason) {
    if (end != null) {
      return;
    }
    end = reason;
    if (reason instanceof StreamEnd.SlowConsumer) {
      outgoing.clear();
    }
    changed.signalAll();
  }

  @Override
  public boolean isEnded() {
    lock.lock();
    try {
      return end != null || broken || nodeClosed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what may be written now. Whoever is already writing looks again after each message, so
   * that nothing is left behind by a thread that leaves the work to it.
   */
  private void writeOut() {
    while (true) {
      HeartbeatResponse message;
      StreamEnd ending;
      lock.lock();
      try {
        if (writing || closeSent || broken || !mayWrite()) {
          return;
        }
        writing = true;
        message = outgoing.poll();
        ending = end;
        closeSent = message == null;
      } finally {
        lock.unlock();
      }
      write(message, ending);
    }
  }

  // A stream that ends writes the rest of its bounded queue whether the transport is ready or not:
  // waiting for a node that does not read would keep the stream for ever.
  private boolean mayWrite() {
    return end != null || (!outgoing.isEmpty() && call.isReady());
  }

  private void write(@Nullable HeartbeatResponse message, @Nullable StreamEnd ending) {
    try {
      if (message != null) {
        call.sendMessage(message);
      } else if (ending != null) {
        StreamEndStatus last = StreamEndStatus.of(ending);
        call.close(last.status(), last.trailers());
      }
    } catch (RuntimeException e) {
      LOG.warn("Could not write to the heartbeat stream of {}; giving it up", remote, e);
      cut();
    } finally {
      lock.lock();
      try {
        writing = false;
      } finally {
        lock.unlock();
      }
    }
  }

  private void cut() {
    lock.lock();
    try {
      broken = true;
      outgoing.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What grpc-java tells the stream; called by one thread at a time. */
  ServerCall.Listener<HeartbeatRequest> listener() {
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(HeartbeatRequest message) {
        lock.lock();
        try {
          incoming.add(message);
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void onHalfClose() {
        lock.lock();
        try {
          nodeClosed = true;
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void onReady() {
        writeOut();
      }

      @Override
      public void onCancel() {
        cut();
      }
    };
  }
}
