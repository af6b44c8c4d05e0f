package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.LeaderLease;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A term won on an SQL database. Where the election has a lock of the session, a connection that
 * broke is replaced and the lock taken again, if nobody else has it; the rows decide whether the
 * term goes on.
 */
final class SqlLease implements LeaderLease {

  private static final Logger LOG = LoggerFactory.getLogger(SqlLease.class);

  private final ElectionTransactions transactions;
  private final CampaignSession session;
  private final SqlFence fence;
  private final String where;

  /** One renewal or resignation at a time: they share the connection. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean over;

  /**
   * @param session open, and holding the lock; owned from now on
   * @param where for errors: which database
   */
  SqlLease(
      ElectionTransactions transactions, CampaignSession session, SqlFence fence, String where) {
    this.transactions = transactions;
    this.session = session;
    this.fence = fence;
    this.where = where;
  }

  @Override
  public Fence fence() {
    return fence;
  }

  @Override
  public Renewal renew() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (over) {
        return Renewal.LOST;
      }
      boolean renewed = renewOnAnyConnection();
      if (!renewed) {
        over = true;
        session.close();
      }
      return renewed ? Renewal.RENEWED : Renewal.LOST;
    } catch (JdbiException | SQLException e) {
      throw Interruptions.orElection(
          e,
          "Could not renew the %s at %s within %s"
              .formatted(fence.describe(), where, transactions.timing().renewalTimeout()));
    } finally {
      lock.unlock();
    }
  }

  /** A renewal may be repeated: it says the same twice. So a connection may turn out to be dead. */
  private boolean renewOnAnyConnection() throws SQLException {
    Deadline deadline = session.deadline(transactions.timing().renewalTimeout());
    boolean wasOpen = session.isOpen();
    try {
      return session.run(deadline.left(), open -> renew(open, !wasOpen));
    } catch (JdbiException | SQLException e) {
      if (!wasOpen || !session.isConnectionFailure(e) || deadline.hasPassed()) {
        throw e;
      }
      LOG.debug("The connection of {} was lost; it is replaced", fence.describe(), e);
      return session.run(deadline.left(), open -> renew(open, true));
    }
  }

  private boolean renew(SqlSession open, boolean fresh) throws SQLException {
    if (fresh && !transactions.dialect().tryElectionLock(open.statement())) {
      if (!transactions.rows().view(open, fence.keys()).isTermOf(fence.token())) {
        return false;
      }
      throw new SQLException(
          "the connection was lost, and another session has the election's lock now");
    }
    return transactions.renew(open, fence.address(), fence.token());
  }

  @Override
  public void resign() {
    Interruptions.shielded(
        () -> {
          lock.lock();
          try {
            if (!over) {
              over = true;
              end();
            }
          } finally {
            session.close();
            lock.unlock();
          }
        });
  }

  private void end() {
    try {
      session.run(
          transactions.timing().renewalTimeout(),
          open -> {
            transactions.end(open, fence.token());
            return fence;
          });
    } catch (JdbiException | SQLException e) {
      LOG.warn(
          "Could not resign the {} at {}; others win when its lease runs out: {}",
          fence.describe(),
          where,
          Interruptions.says(e));
    }
  }
}
