package io.metasrv.simulation.cluster;

import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.cluster.Connection.ToNode;
import io.metasrv.simulation.cluster.Connection.ToServer;
import io.metasrv.simulation.kernel.SimulatedProcess;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metasrv's end of a stream, with the behaviour of the gRPC adapter's: a bounded queue that
 * flow control empties, and that ends the stream when it is full.
 */
public final class ServerSide implements NodeStream {

  /** Messages the transport takes before the node has read them. */
  private static final int WINDOW = 2;

  private static final ScopedValue<ServerSide> SERVED = ScopedValue.newInstance();

  private final SimulatedProcess process;
  private final String name;
  private final int queueLimit;
  private final MetasrvSetup setup;
  private final Pipe<ToNode> responses;
  private final Inbox<HeartbeatRequest> incoming;
  private final ArrayDeque<HeartbeatResponse> outgoing = new ArrayDeque<>();
  private @Nullable StreamEnd end;
  private int inFlight;
  private boolean nodeClosed;
  private boolean broken;
  private boolean closeSent;

  ServerSide(
      SimulatedProcess process,
      String name,
      int queueLimit,
      MetasrvSetup setup,
      Pipe<ToNode> responses) {
    this.process = process;
    this.name = name;
    this.queueLimit = queueLimit;
    this.setup = setup;
    this.responses = responses;
    this.incoming = new Inbox<>(process);
  }

  /** The stream that the calling task serves, if it serves one. */
  public static Optional<ServerSide> served() {
    return SERVED.isBound() ? Optional.of(SERVED.get()) : Optional.empty();
  }

  /**
   * Has the stream served to its end by the calling task.
   *
   * @param seen what the service gets to see: this stream, or something around it
   */
  void serve(HeartbeatService service, NodeStream seen) throws InterruptedException {
    ScopedValue.where(SERVED, this)
        .<Boolean, InterruptedException>call(
            () -> {
              service.serve(seen);
              return true;
            });
  }

  void arrived(ToServer item) {
    switch (item) {
      case ToServer.Message message -> incoming.put(message.request());
      case ToServer.HalfClose closed -> {
        nodeClosed = true;
        incoming.ring();
      }
      case ToServer.Cancel cancelled -> broken();
    }
  }

  /** The transport gave up. */
  void broken() {
    broken = true;
    outgoing.clear();
    responses.close();
    incoming.ring();
  }

  /** The node has read a message. */
  void credited() {
    inFlight--;
    writeOut();
  }

  @Override
  public String remote() {
    return name;
  }

  @Override
  public Optional<HeartbeatRequest> receive() throws InterruptedException {
    while (end == null) {
      Optional<HeartbeatRequest> next = incoming.poll();
      if (next.isPresent()) {
        return next;
      }
      if (broken) {
        throw new StreamBrokenException(name + " was cut", new IllegalStateException("cancelled"));
      }
      if (nodeClosed) {
        return Optional.empty();
      }
      incoming.await();
    }
    return Optional.empty();
  }

  @Override
  public boolean send(HeartbeatResponse response) {
    if (end != null || broken) {
      return false;
    }
    if (outgoing.size() >= queueLimit) {
      outgoing.clear();
      end(new StreamEnd.SlowConsumer(queueLimit + " messages wait"));
      return false;
    }
    outgoing.add(response);
    setup.sent(this, response);
    writeOut();
    return true;
  }

  @Override
  public void end(StreamEnd reason) {
    if (end == null) {
      end = reason;
      process.note("stream ended", name + " " + reason.getClass().getSimpleName());
      incoming.ring();
      writeOut();
    }
  }

  /** What waits is written to the end once the stream is over, as the adapter does. */
  private void writeOut() {
    while (!closeSent && !broken) {
      boolean mayWrite = inFlight < WINDOW && !outgoing.isEmpty();
      StreamEnd reason = end;
      if (reason == null && !mayWrite) {
        return;
      }
      HeartbeatResponse next = outgoing.poll();
      if (next != null) {
        inFlight++;
        responses.send(new ToNode.Message(next));
      } else if (reason != null) {
        closeSent = true;
        responses.send(new ToNode.Ended(reason));
      }
    }
  }

  @Override
  public boolean isEnded() {
    return end != null || broken || nodeClosed;
  }

  /** Why the metasrv ended the stream, once it has. */
  public Optional<StreamEnd> endedBecause() {
    return Optional.ofNullable(end);
  }

  /** Whether nothing more happens here. */
  boolean isOver() {
    return closeSent || broken || nodeClosed;
  }

  /** The process at this end. */
  public SimulatedProcess process() {
    return process;
  }

  @Override
  public String toString() {
    return name;
  }
}
