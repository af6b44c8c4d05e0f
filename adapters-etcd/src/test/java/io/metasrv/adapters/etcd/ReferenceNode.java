package io.metasrv.adapters.etcd;

import io.etcd.jetcd.election.CampaignResponse;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.support.CloseableClient;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/**
 * A stand-in that takes part in the election as GreptimeDB's metasrv does (sheet 02 §12): a lease
 * of 5 s from the server, etcd's Campaign, then a stream of keep-alives; through jetcd's own
 * client.
 */
final class ReferenceNode implements AutoCloseable {

  private static final long LEASE_SECONDS = 5;

  private final BareEtcd etcd;
  private final String electionName;
  private final String address;
  private long lease;
  private CloseableClient keepAlive = new CloseableClient() {};

  ReferenceNode(String endpoint, String prefix, String address) {
    this.etcd = new BareEtcd(endpoint);
    this.electionName = prefix + "__metasrv_election";
    this.address = address;
  }

  /** Enters the election; completed, with the lease kept alive, once it has won. */
  CompletableFuture<CampaignResponse> campaign() throws Exception {
    lease = BareEtcd.answer(etcd.client().getLeaseClient().grant(LEASE_SECONDS)).getID();
    return etcd.client()
        .getElectionClient()
        .campaign(BareEtcd.text(electionName), lease, BareEtcd.text(address))
        .thenApply(
            won -> {
              keepAlive = etcd.client().getLeaseClient().keepAlive(lease, new Ignore());
              return won;
            });
  }

  /** Whom etcd's own Leader call names. */
  String leader() throws Exception {
    return BareEtcd.answer(etcd.client().getElectionClient().leader(BareEtcd.text(electionName)))
        .getKv()
        .getValue()
        .toString();
  }

  /** Stops renewing, as a node that was killed. */
  void die() {
    keepAlive.close();
  }

  @Override
  public void close() {
    die();
    etcd.close();
  }

  private static final class Ignore implements StreamObserver<LeaseKeepAliveResponse> {
    @Override
    public void onNext(LeaseKeepAliveResponse renewed) {
      // The stand-in only has to stay alive.
    }

    @Override
    public void onError(Throwable lost) {
      // The end of a term is seen from the other node's victory.
    }

    @Override
    public void onCompleted() {
      // As above.
    }
  }
}
