package io.metasrv.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.protocol.grpc.ErrorTrailers;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.RequestHeader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An open heartbeat stream (sheet 01 §13.7). One task may receive while others send; closing wakes
 * them. Thread-safe.
 */
public final class HeartbeatStream implements AutoCloseable {

  /** Responses fetched ahead of the reader, as many as the reference queues on a server. */
  private static final int WINDOW = 128;

  /** What nodes assume where the handshake says nothing. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(3);

  private static final int NOT_LEADER = 2;

  /** A response, or the end of the stream. */
  private record Event(@Nullable HeartbeatResponse response, @Nullable Throwable failure) {}

  private final String address;
  private final RequestHeader header;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ReentrantLock sending = new ReentrantLock();
  private final Incoming incoming = new Incoming();
  private final ClientCallStreamObserver<HeartbeatRequest> outgoing;
  private HeartbeatResponse first = HeartbeatResponse.getDefaultInstance();
  private volatile @Nullable Event end;

  private HeartbeatStream(String address, ManagedChannel channel, RequestHeader header) {
    this.address = address;
    this.header = header;
    this.outgoing =
        (ClientCallStreamObserver<HeartbeatRequest>)
            HeartbeatGrpc.newStub(channel).heartbeat(incoming);
  }

  /**
   * Opens a stream, sends the handshake and waits for its answer.
   *
   * @throws MetaClientException if there is no answer in time, or the answer carries an error:
   *     {@link Reason#NOT_LEADER} where the node does not lead
   */
  static HeartbeatStream open(
      String address, ManagedChannel channel, RequestHeader header, Duration limit) {
    HeartbeatStream stream = new HeartbeatStream(address, channel, header);
    try {
      stream.shake(limit);
      return stream;
    } catch (RuntimeException failed) {
      stream.close();
      throw failed;
    }
  }

  private void shake(Duration limit) {
    send(HeartbeatRequest.getDefaultInstance());
    Optional<HeartbeatResponse> answer = receive(limit);
    if (answer.isEmpty()) {
      throw new MetaClientException(
          Reason.TIMEOUT,
          StatusCode.DEADLINE_EXCEEDED,
          "No answer to the handshake of a heartbeat stream to "
              + address
              + " within "
              + limit.toMillis()
              + " ms");
    }
    first = answer.get();
  }

  /** The metasrv that the stream goes to. */
  public String address() {
    return address;
  }

  /** The answer to the handshake. */
  public HeartbeatResponse handshake() {
    return first;
  }

  /** How often the metasrv wants heartbeats; 3 s if it did not say. */
  public Duration heartbeatInterval() {
    return first.hasHeartbeatConfig()
        ? Duration.ofMillis(first.getHeartbeatConfig().getHeartbeatIntervalMs())
        : DEFAULT_INTERVAL;
  }

  /** How long to wait before the next attempt to connect; 3 s if the metasrv did not say. */
  public Duration retryInterval() {
    return first.hasHeartbeatConfig()
        ? Duration.ofMillis(first.getHeartbeatConfig().getRetryIntervalMs())
        : DEFAULT_INTERVAL;
  }

  /**
   * Sends a request with this client's header in the place of its own.
   *
   * @throws MetaClientException with {@link Reason#STREAM_ENDED} if the stream has ended
   */
  public void send(HeartbeatRequest request) {
    Event ended = end;
    if (ended != null) {
      throw endedBy(ended);
    }
    sending.lock();
    try {
      outgoing.onNext(request.toBuilder().setHeader(header).build());
    } catch (IllegalStateException closed) {
      throw new MetaClientException(
          Reason.STREAM_ENDED,
          StatusCode.CANCELLED,
          "The heartbeat stream to " + address + " is closed",
          closed);
    } finally {
      sending.unlock();
    }
  }

  /** Whether the metasrv, or the network, has ended the stream. */
  public boolean hasEnded() {
    return end != null;
  }

  /**
   * Waits for the next response.
   *
   * @throws MetaClientException if the stream ended, or the response's header carries an error
   */
  public HeartbeatResponse receive() {
    try {
      return accept(events.take());
    } catch (InterruptedException interrupted) {
      throw interruptedBy(interrupted);
    }
  }

  /**
   * Waits for the next response, but not longer than the limit.
   *
   * @return empty if the limit has passed
   * @throws MetaClientException if the stream ended, or the response's header carries an error
   */
  public Optional<HeartbeatResponse> receive(Duration limit) {
    try {
      Event event = events.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      return event == null ? Optional.empty() : Optional.of(accept(event));
    } catch (InterruptedException interrupted) {
      throw interruptedBy(interrupted);
    }
  }

  private HeartbeatResponse accept(Event event) {
    HeartbeatResponse response = event.response();
    if (response == null) {
      // Whoever asks next shall hear of the end, too.
      events.add(event);
      throw endedBy(event);
    }
    incoming.takeOneMore();
    if (response.getHeader().hasError()) {
      boolean notLeader = response.getHeader().getError().getCode() == NOT_LEADER;
      throw new MetaClientException(
          notLeader ? Reason.NOT_LEADER : Reason.HEADER_ERROR,
          StatusCode.ILLEGAL_STATE,
          address + " answered a heartbeat: " + response.getHeader().getError().getErrMsg());
    }
    return response;
  }

  private MetaClientException endedBy(Event event) {
    Throwable failure = event.failure();
    String why = failure == null ? "by the metasrv" : String.valueOf(failure.getMessage());
    String message = "The heartbeat stream to " + address + " ended: " + why;
    return failure == null
        ? new MetaClientException(Reason.STREAM_ENDED, StatusCode.CANCELLED, message)
        : new MetaClientException(Reason.STREAM_ENDED, codeOf(failure), message, failure);
  }

  private static StatusCode codeOf(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        ? ErrorTrailers.read(status).code()
        : StatusCode.INTERNAL;
  }

  private MetaClientException interruptedBy(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new MetaClientException(
        Reason.INTERRUPTED,
        StatusCode.CANCELLED,
        "Interrupted while waiting for a response of " + address,
        interrupted);
  }

  /** Ends the stream from this side. The metasrv sees a cancelled call. */
  @Override
  public void close() {
    over(new Event(null, Status.CANCELLED.withDescription("closed by this client").asException()));
    outgoing.cancel("heartbeat stream closed by this client", null);
  }

  private void over(Event event) {
    if (end == null) {
      end = event;
      events.add(event);
    }
  }

  private final class Incoming
      implements ClientResponseObserver<HeartbeatRequest, HeartbeatResponse> {

    private @Nullable ClientCallStreamObserver<HeartbeatRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<HeartbeatRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(WINDOW);
    }

    void takeOneMore() {
      if (call != null) {
        call.request(1);
      }
    }

    @Override
    public void onNext(HeartbeatResponse response) {
      events.add(new Event(response, null));
    }

    @Override
    public void onError(Throwable failure) {
      over(new Event(null, failure));
    }

    @Override
    public void onCompleted() {
      over(new Event(null, null));
    }
  }
}
