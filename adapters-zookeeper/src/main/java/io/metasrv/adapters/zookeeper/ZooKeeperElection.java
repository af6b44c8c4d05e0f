package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metasrv.application.election.ElectionKeys;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.ZooKeeper;

/**
 * The election on ZooKeeper: every participant has an ephemeral sequential znode, the lowest leads,
 * each waits for the one before it (sheet 02 §26). A term has a session of its own, so that giving
 * the term up is ending the session, and no renewal queues behind large requests of the store.
 *
 * <p>ZooKeeper's client keeps a session alive by itself, which is no renewal in the sense of the
 * port: a lease that is not renewed in time ends its session, see {@link ZooKeeperLease}.
 *
 * <p>Thread-safe; does not own the connection.
 */
public final class ZooKeeperElection implements Election {

  private final ZooKeeperConnection connection;
  private final ElectionTiming timing;
  private final ZooKeeperCandidates candidates;
  private final String parent;

  /**
   * @param keyPrefix the store's {@code store_key_prefix}: each prefix has an election of its own
   * @param timing the durations
   * @throws IllegalArgumentException if the connection's session is not longer than the lease: the
   *     servers could end it while the holder still trusts in it
   */
  public ZooKeeperElection(
      ZooKeeperConnection connection, String keyPrefix, ElectionTiming timing) {
    if (connection.sessionTimeout().compareTo(timing.lease()) <= 0) {
      throw new IllegalArgumentException(
          "zookeeper.session_timeout %s must be above the leader lease of %s, or two nodes could lead at once"
              .formatted(connection.sessionTimeout(), timing.lease()));
    }
    this.connection = connection;
    this.timing = timing;
    this.parent =
        connection.layout().elections()
            + "/"
            + KeyNames.encode(Bytes.utf8(keyPrefix + ElectionKeys.ELECTION));
    this.candidates =
        new ZooKeeperCandidates(
            connection,
            connection.layout().candidates()
                + "/"
                + KeyNames.encode(Bytes.utf8(keyPrefix + ElectionKeys.CANDIDATE_ROOT)));
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
    TermConnection own = new TermConnection(connection.another(), timing.renewalTimeout());
    boolean won = false;
    try {
      LeaderLease lease = new Campaign(own, parent, address, timing).win();
      won = true;
      return lease;
    } catch (ZooKeeperCallException e) {
      throw ZooKeeperFailures.ofElection(
          "Could not win the election as %s on ZooKeeper at %s"
              .formatted(address, connection.addresses()),
          e);
    } finally {
      if (!won) {
        own.end();
      }
    }
  }

  @Override
  public Optional<String> leader() {
    Deadline deadline = Deadline.in(connection.callTimeout());
    try {
      ZooKeeper session = connection.connected(deadline).handle();
      var barrier = Requests.sync(session, connection.layout().elections());
      var participants = Requests.children(session, parent);
      Requests.await(barrier, deadline);
      for (String name : Campaign.inOrder(Requests.await(participants, deadline))) {
        Optional<Requests.Node> node =
            Requests.await(Requests.read(session, parent + "/" + name), deadline);
        if (node.isPresent()) {
          return Optional.of(new String(node.get().data(), UTF_8));
        }
      }
      return Optional.empty();
    } catch (ZooKeeperCallException e) {
      throw readFailed("Read of the leader", e);
    }
  }

  static StoreException readFailed(String attempted, ZooKeeperCallException e) {
    return ZooKeeperFailures.beforeAnyEffect(attempted, e);
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
