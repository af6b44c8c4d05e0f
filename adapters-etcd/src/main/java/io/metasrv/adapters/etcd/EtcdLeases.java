package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

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
    LeaseKeepAliveRequest request = LeaseKeepAliveRequest.newBuilder().setID(lease).build();
    HedgedCall<LeaseKeepAliveResponse> call =
        new HedgedCall<>(
            connection,
            (answer, atMost) -> {
              StreamObserver<LeaseKeepAliveRequest> stream =
                  ClientCalls.asyncBidiStreamingCall(
                      connection.newCall(LeaseGrpc.getLeaseKeepAliveMethod(), atMost), answer);
              stream.onNext(request);
              stream.onCompleted();
            });
    return call.await(timeout).getTTL() > 0;
  }
}
