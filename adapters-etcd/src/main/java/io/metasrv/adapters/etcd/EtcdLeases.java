package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** etcd's leases: granted, kept alive once at a time, revoked. Thread-safe; keeps no state. */
final class EtcdLeases {

  private static final String NOT_FOUND = "etcdserver: requested lease not found";

  private final EtcdConnection connection;

  EtcdLeases(EtcdConnection connection) {
    this.connection = connection;
  }

  /** Asks for a lease; the server chooses its id. */
  long grant(Duration timeToLive, Duration timeout) throws EtcdCallException {
    return connection
        .call(
            LeaseGrpc.getLeaseGrantMethod(),
            LeaseGrantRequest.newBuilder().setTTL(timeToLive.toSeconds()).build(),
            timeout)
        .getID();
  }

  /** Ends the lease and removes every key attached to it; an unknown one is fine. */
  void revoke(long lease, Duration timeout) throws EtcdCallException {
    try {
      connection.call(
          LeaseGrpc.getLeaseRevokeMethod(),
          LeaseRevokeRequest.newBuilder().setID(lease).build(),
          timeout);
    } catch (EtcdCallException e) {
      if (!isUnknownLease(e)) {
        throw e;
      }
    }
  }

  /** Whether a call failed because its lease is gone. */
  static boolean isUnknownLease(EtcdCallException failure) {
    return failure.description().equals(NOT_FOUND);
  }

  /**
   * Renews the lease once.
   *
   * @return whether it lives; if so, it lasts its full time again
   */
  boolean keepAliveOnce(long lease, Duration timeout)
      throws EtcdCallException, InterruptedException {
    try {
      return keepAlive(lease, timeout);
    } catch (EtcdCallException e) {
      if (!connection.forgetRefusedToken(e)) {
        throw e;
      }
      return keepAlive(lease, timeout);
    }
  }

  private boolean keepAlive(long lease, Duration timeout)
      throws EtcdCallException, InterruptedException {
    ClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call =
        connection.newCall(LeaseGrpc.getLeaseKeepAliveMethod(), timeout);
    FirstAnswer<LeaseKeepAliveResponse> answer = new FirstAnswer<>();
    StreamObserver<LeaseKeepAliveRequest> stream =
        ClientCalls.asyncBidiStreamingCall(call, answer);
    stream.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
    stream.onCompleted();
    try {
      return answer.future.get().getTTL() > 0;
    } catch (InterruptedException e) {
      call.cancel("interrupted", e);
      throw e;
    } catch (ExecutionException e) {
      throw new EtcdCallException(Status.fromThrowable(e.getCause()), true, false);
    }
  }

  private static final class FirstAnswer<A> implements StreamObserver<A> {

    private final CompletableFuture<A> future = new CompletableFuture<>();

    @Override
    public void onNext(A answer) {
      future.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      future.completeExceptionally(
          Status.UNAVAILABLE.withDescription("the stream ended without an answer").asException());
    }
  }
}
