package io.metasrv.adapters.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.grpc.stub.ClientCalls;
import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A term won on etcd: a lease and the election key attached to it. The term is over when either is
 * gone; a key removed by hand makes another node leader although the lease lives on.
 */
final class EtcdLease implements LeaderLease {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdLease.class);

  private final EtcdConnection connection;
  private final EtcdLeases leases;
  private final long lease;
  private final EtcdFence fence;
  private final Duration timeout;
  private final AtomicBoolean over = new AtomicBoolean();

  EtcdLease(
      EtcdConnection connection, EtcdLeases leases, long lease, EtcdFence fence, Duration timeout) {
    this.connection = connection;
    this.leases = leases;
    this.lease = lease;
    this.fence = fence;
    this.timeout = timeout;
  }

  @Override
  public Fence fence() {
    return fence;
  }

  @Override
  public Renewal renew() throws InterruptedException {
    if (over.get()) {
      return Renewal.LOST;
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      boolean held =
          leases.keepAliveOnce(lease, timeout)
              && holdsKey(Duration.ofNanos(deadline - System.nanoTime()));
      return held ? Renewal.RENEWED : Renewal.LOST;
    } catch (EtcdCallException e) {
      throw Uninterrupted.orInterruption(
          e,
          "Could not renew the %s at %s within %s"
              .formatted(fence.describe(), connection.endpoints(), timeout));
    }
  }

  /** Whether the election key is still the one that won. */
  boolean holdsKey(Duration atMost) throws EtcdCallException, InterruptedException {
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(EtcdMessages.toEtcd(fence.electionKey()))
            .setKeysOnly(true)
            .build();
    HedgedCall<RangeResponse> call =
        new HedgedCall<>(
            connection,
            (answer, limit) ->
                ClientCalls.asyncUnaryCall(
                    connection.newCall(KVGrpc.getRangeMethod(), limit), request, answer));
    RangeResponse found = call.await(atMost);
    return found.getKvsCount() == 1
        && found.getKvs(0).getCreateRevision() == fence.createRevision();
  }

  @Override
  public void resign() {
    if (over.getAndSet(true)) {
      return;
    }
    Uninterrupted.run(
        () -> {
          try {
            leases.revoke(lease, timeout);
          } catch (EtcdCallException e) {
            LOG.warn(
                "Could not resign the {} at {}; others win when its lease runs out: {}",
                fence.describe(),
                connection.endpoints(),
                e.getMessage());
          }
        });
  }
}
