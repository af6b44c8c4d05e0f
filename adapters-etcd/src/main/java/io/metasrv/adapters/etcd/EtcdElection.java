package io.metasrv.adapters.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CampaignRequest;
import io.etcd.jetcd.api.CampaignResponse;
import io.etcd.jetcd.api.ElectionGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaderKey;
import io.etcd.jetcd.api.RangeRequest;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.metasrv.application.election.ElectionKeys;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election on etcd's own Election and Lease services, as the reference holds it (sheet 02 §12):
 * nodes of both kinds compete for the same keys. The winner is the oldest key below {@code
 * <prefix>__metasrv_election/}, which vanishes with its lease.
 *
 * <p>Contrary to the sheet, etcd (3.4.23, measured) does not keep the lease of a waiting node
 * alive, and ends its wait as if it had won although its key is gone. A campaign therefore renews
 * its own lease while it waits, and looks for its key before it calls itself the winner.
 *
 * <p>Thread-safe; keeps no thread and does not own the connection.
 */
public final class EtcdElection implements Election {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdElection.class);

  private final EtcdConnection connection;
  private final EtcdCalls calls;
  private final EtcdLeases leases;
  private final EtcdCandidates candidates;
  private final ElectionTiming timing;
  private final ByteString electionName;

  /**
   * @param keyPrefix the store's {@code store_key_prefix}, put before every key of the election
   * @param timing the durations; etcd grants leases in whole seconds, and none below two
   */
  public EtcdElection(EtcdConnection connection, String keyPrefix, ElectionTiming timing) {
    this.connection = connection;
    this.calls = new EtcdCalls(connection);
    this.leases = new EtcdLeases(connection);
    this.candidates =
        new EtcdCandidates(
            connection,
            Bytes.utf8(keyPrefix + ElectionKeys.CANDIDATE_ROOT),
            timing.candidateLease());
    this.timing = timing;
    this.electionName = ByteString.copyFrom(keyPrefix + ElectionKeys.ELECTION, UTF_8);
  }

  @Override
  public Duration leaseDuration() {
    return timing.lease();
  }

  @Override
  public Duration renewalInterval() {
    return timing.renewalInterval();
  }

  @Override
  public Duration renewalTimeout() {
    return timing.renewalTimeout();
  }

  @Override
  public Duration candidateLease() {
    return timing.candidateLease();
  }

  @Override
  public LeaderLease campaign(String address) throws InterruptedException {
    long lease;
    try {
      lease = leases.grant(timing.lease(), timing.renewalTimeout());
    } catch (EtcdCallException e) {
      throw failure("get a lease", e);
    }
    boolean won = false;
    try {
      LeaderKey key = awaitVictory(lease, address);
      EtcdFence fence =
          new EtcdFence(
              connection.clusterId(), EtcdMessages.fromEtcd(key.getKey()), key.getRev(), address);
      EtcdLease term = new EtcdLease(connection, leases, lease, fence, timing.renewalTimeout());
      if (!term.holdsKey(timing.renewalTimeout())) {
        throw outOfLease(address);
      }
      won = true;
      return term;
    } catch (EtcdCallException e) {
      throw failure("win the election as " + address, e);
    } finally {
      if (!won) {
        abandon(lease, address);
      }
    }
  }

  /**
   * Waits as long as it takes. The calling thread keeps the lease alive meanwhile, which also tells
   * a node whose member was cut off from its cluster that it waits in vain.
   */
  private LeaderKey awaitVictory(long lease, String address)
      throws EtcdCallException, InterruptedException {
    ClientCall<CampaignRequest, CampaignResponse> call =
        connection.newUnboundedCall(ElectionGrpc.getCampaignMethod());
    Future<CampaignResponse> answer =
        ClientCalls.futureUnaryCall(
            call,
            CampaignRequest.newBuilder()
                .setName(electionName)
                .setLease(lease)
                .setValue(ByteString.copyFrom(address, UTF_8))
                .build());
    boolean answered = false;
    try {
      while (true) {
        try {
          LeaderKey key =
              answer.get(timing.renewalInterval().toMillis(), TimeUnit.MILLISECONDS).getLeader();
          answered = true;
          return key;
        } catch (TimeoutException e) {
          keepWaiting(lease, address);
        }
      }
    } catch (ExecutionException e) {
      EtcdCallException failure =
          new EtcdCallException(Status.fromThrowable(e.getCause()), true, false);
      connection.forgetRefusedToken(failure);
      throw failure;
    } finally {
      if (!answered) {
        call.cancel("gave up the campaign", null);
      }
    }
  }

  private void keepWaiting(long lease, String address) throws InterruptedException {
    try {
      if (!leases.keepAliveOnce(lease, timing.renewalTimeout())) {
        throw outOfLease(address);
      }
    } catch (EtcdCallException e) {
      // If it lasts, the lease is found gone, or the campaign's own call fails.
      LOG.debug("Could not renew the lease of {} while it waits", address, e);
    }
  }

  private ElectionException outOfLease(String address) {
    return new ElectionException(
        "The lease of %s ran out while it waited in the election on etcd at %s; campaign again"
            .formatted(address, connection.endpoints()));
  }

  private void abandon(long lease, String address) {
    Uninterrupted.run(
        () -> {
          try {
            leases.revoke(lease, timing.renewalTimeout());
          } catch (EtcdCallException e) {
            LOG.warn(
                "Could not revoke the lease of {} after a campaign that was given up; it runs out"
                    + " within {}: {}",
                address,
                timing.lease(),
                e.getMessage());
          }
        });
  }

  /** For a caller that was cancelled the interruption, else the failure. */
  private ElectionException failure(String attempted, EtcdCallException e)
      throws InterruptedException {
    return Uninterrupted.orInterruption(
        e, "Could not %s on etcd at %s".formatted(attempted, connection.endpoints()));
  }

  @Override
  public Optional<String> leader() {
    Bytes prefix = EtcdMessages.fromEtcd(electionName).concat(Bytes.utf8("/"));
    RangeRequest oldest =
        RangeRequest.newBuilder()
            .setKey(EtcdMessages.toEtcd(prefix))
            .setRangeEnd(EtcdMessages.rangeEnd(KeyRange.prefix(prefix)))
            .setSortTarget(RangeRequest.SortTarget.CREATE)
            .setSortOrder(RangeRequest.SortOrder.ASCEND)
            .setLimit(1)
            .build();
    return EtcdMessages.firstValue(
            calls.read("Read of the leader", KVGrpc.getRangeMethod(), oldest).getKvsList())
        .map(Bytes::toUtf8);
  }

  @Override
  public void announce(Candidate candidate) throws InterruptedException {
    candidates.announce(candidate);
  }

  @Override
  public void withdraw() {
    candidates.withdraw();
  }

  @Override
  public List<Candidate> candidates() {
    return candidates.list();
  }
}
