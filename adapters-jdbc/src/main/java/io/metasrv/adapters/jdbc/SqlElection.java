package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.Election;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.store.ElectionTiming;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election on rows of an SQL database, as the reference holds it (sheet 02 §13, §14): nodes of
 * both kinds compete for the same row, and on PostgreSQL for the same advisory lock. A term is won
 * only when the row is missing, has run out by the database's clock, or names this node itself.
 *
 * <p>Unlike the reference, which on PostgreSQL takes the lock alone for leadership, a node of ours
 * waits for the end of the other's lease, too: a leader whose connection was cut does not know yet.
 *
 * <p>Thread-safe; keeps no thread and does not own the connections.
 */
public final class SqlElection implements Election {

  private static final Logger LOG = LoggerFactory.getLogger(SqlElection.class);

  /** How often a waiting node looks: a tenth of a lease, so that a resignation is seen soon. */
  private static final int LOOKS_PER_LEASE = 10;

  private final SqlConnections connections;
  private final ElectionTiming timing;
  private final ElectionRows rows;
  private final ElectionTransactions transactions;
  private final SqlCandidates candidates;
  private final SqlCalls calls;
  private final SqlFailures failures;

  /**
   * @param keyPrefix the store's {@code store_key_prefix}, put before every key of the election
   */
  SqlElection(SqlConnections connections, String keyPrefix, ElectionTiming timing) {
    this.connections = connections;
    this.timing = timing;
    this.rows = new ElectionRows(connections.dialect());
    this.transactions =
        new ElectionTransactions(
            connections.dialect(), rows, ElectionRowKeys.under(keyPrefix), timing);
    this.calls = new SqlCalls(connections);
    this.failures = new SqlFailures(connections.dialect(), connections.endpoint());
    this.candidates =
        new SqlCandidates(
            calls, rows, transactions.keys().candidateRoot(), timing.candidateLease());
  }

  /** Which backend a fence belongs to. */
  static String databaseOf(SqlDialect dialect) {
    return dialect.name() + " " + dialect.electionTable();
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
    SqlFence fence =
        new SqlFence(
            databaseOf(connections.dialect()),
            transactions.keys(),
            connections.runtime().newUuid().toString(),
            address);
    CampaignSession session = new CampaignSession(connections, timing.lease());
    boolean won = false;
    try {
      while (!takeIfFree(session, fence)) {
        pause();
      }
      won = true;
      return new SqlLease(transactions, session, fence, connections.endpoint());
    } catch (JdbiException | SQLException e) {
      throw Interruptions.orElection(
          e, "Could not win the election as %s at %s".formatted(address, connections.endpoint()));
    } finally {
      if (!won) {
        abandon(session, fence);
      }
    }
  }

  private boolean takeIfFree(CampaignSession session, SqlFence fence) throws SQLException {
    try {
      // One that took longer than the lease it begins would be of no use.
      return session.run(
          timing.lease(),
          open ->
              transactions.mayBeTaken(open, fence.address())
                  && transactions.takeOver(open, fence.address(), fence.token()));
    } catch (JdbiException | SQLException e) {
      if (failures.kindOf(e) == SqlErrorKind.CONTENTION) {
        // Another candidate was in the way; the next look tells whether it won.
        return false;
      }
      throw e;
    }
  }

  /** A little more or less each time, so that waiting nodes do not look all at once. */
  private void pause() throws InterruptedException {
    long usual = timing.lease().toMillis() / LOOKS_PER_LEASE;
    connections
        .runtime()
        .sleep(Duration.ofMillis(usual / 2 + connections.runtime().random().nextLong(usual)));
  }

  /** A take-over whose commit was not answered may have taken effect. */
  private void abandon(CampaignSession session, SqlFence fence) {
    Interruptions.shielded(
        () -> {
          try {
            session.run(
                timing.renewalTimeout(),
                open -> {
                  transactions.end(open, fence.token());
                  return fence;
                });
          } catch (JdbiException | SQLException e) {
            LOG.debug("A campaign that was given up may have left a lease behind", e);
          } finally {
            session.close();
          }
        });
  }

  @Override
  public Optional<String> leader() {
    return calls.read(
        "Read of the leader", session -> rows.view(session, transactions.keys()).leader());
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
