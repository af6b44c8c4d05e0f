package io.metasrv.adapters.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request that cannot be decoded (garbage, a broken compressed body, one that inflates
 * above the limit) with what is wrong with it. grpc-java itself would report "application error".
 *
 * <p>It stands before the place where bytes become messages, so that decoding happens in its hands.
 */
final class UndecodableRequests implements ServerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(UndecodableRequests.class);

  private final int maxBytes;

  private UndecodableRequests(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The same service, its decoding watched.
   *
   * @param maxBytes the limit of a message's size, for the text about one that inflates above it
   */
  static ServerServiceDefinition guard(ServerServiceDefinition service, int maxBytes) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useInputStreamMessages(service), new UndecodableRequests(maxBytes));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    GuardedCall<Q, A> guarded = new GuardedCall<>(call);
    return new Decoding<>(next.startCall(guarded, headers), guarded, maxBytes);
  }

  /** A call that may be ended from here while its owner is writing to it. */
  private static final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final ReentrantLock lock = new ReentrantLock();
    private boolean refused;

    GuardedCall(ServerCall<Q, A> delegate) {
      super(delegate);
    }

    void refuse(Status status) {
      lock.lock();
      try {
        refused = true;
        super.close(status, new Metadata());
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void sendMessage(A message) {
      lock.lock();
      try {
        if (!refused) {
          super.sendMessage(message);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      lock.lock();
      try {
        if (!refused) {
          super.close(status, trailers);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Passes events on until a message turns out undecodable; then the call is over for its owner.
   */
  private static final class Decoding<Q> extends SimpleForwardingServerCallListener<Q> {

    private final GuardedCall<Q, ?> call;
    private final int maxBytes;
    private boolean over;

    Decoding(ServerCall.Listener<Q> delegate, GuardedCall<Q, ?> call, int maxBytes) {
      super(delegate);
      this.call = call;
      this.maxBytes = maxBytes;
    }

    @Override
    public void onMessage(Q message) {
      if (over) {
        return;
      }
      try {
        super.onMessage(message);
      } catch (StatusRuntimeException undecodable) {
        over = true;
        String method = call.getMethodDescriptor().getFullMethodName();
        LOG.warn("A request of {} could not be decoded", method, undecodable);
        call.refuse(explain(undecodable));
        super.onCancel();
      }
    }

    private Status explain(StatusRuntimeException undecodable) {
      Status status = undecodable.getStatus();
      if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        // Only inflating ends so: a length announced above the limit does not come as far as here.
        return MessageLengthLimit.tooLarge("more than " + maxBytes, maxBytes);
      }
      Throwable cause = status.getCause();
      return cause == null ? status : status.augmentDescription(String.valueOf(cause.getMessage()));
    }

    @Override
    public void onHalfClose() {
      if (!over) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      if (!over) {
        super.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (!over) {
        super.onComplete();
      }
    }

    @Override
    public void onReady() {
      if (!over) {
        super.onReady();
      }
    }
  }
}
