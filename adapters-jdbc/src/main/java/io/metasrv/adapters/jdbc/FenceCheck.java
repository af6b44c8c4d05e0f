package io.metasrv.adapters.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The condition of a fenced view, checked as the first thing in each of its transactions: the row
 * that every take-over locks is locked in a shared way, then the election is read. A take-over, by
 * us or by the reference, so waits until this transaction is over, and a transaction that comes
 * after a take-over sees it; renewals go on meanwhile. Immutable.
 *
 * @param fences all of which have to hold; mostly one
 */
record FenceCheck(ElectionRows rows, List<SqlFence> fences) {

  /** A fenced transaction holds its lock for less than a lease, so that a take-over can wait. */
  private static final Duration LONGEST = Duration.ofSeconds(4);

  FenceCheck {
    fences = List.copyOf(fences);
  }

  boolean includes(SqlFence fence) {
    return fences.contains(fence);
  }

  FenceCheck and(SqlFence fence) {
    List<SqlFence> more = new ArrayList<>(fences);
    more.add(fence);
    return new FenceCheck(rows, more);
  }

  /** The longest that a transaction may take. */
  Duration limit(Duration callTimeout) {
    return fences.isEmpty() || callTimeout.compareTo(LONGEST) < 0 ? callTimeout : LONGEST;
  }

  /** Fails unless every fence holds, and then holds on to that until the transaction ends. */
  void check(SqlSession session, String attempted, SqlCalls calls) throws SQLException {
    for (SqlFence fence : fences) {
      if (!rows.lockForWrite(session, fence.keys())
          || !rows.view(session, fence.keys()).isTermOf(fence.token())) {
        throw calls.fencedOut(attempted, fence);
      }
    }
  }
}
