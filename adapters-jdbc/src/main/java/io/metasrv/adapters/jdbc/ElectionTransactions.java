package io.metasrv.adapters.jdbc;

import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The four things that are done to an election, each one transaction on a session that campaigns or
 * leads. The reference's row and our own beside it are always written together. Immutable.
 */
record ElectionTransactions(
    SqlDialect dialect, ElectionRows rows, ElectionRowKeys keys, ElectionTiming timing) {

  /** Whether it is worth trying to take over; locks nothing. */
  boolean mayBeTaken(SqlSession session, String address) throws SQLException {
    return rows.view(session, keys).mayBeTakenBy(address);
  }

  /**
   * Begins a term, if nobody else leads.
   *
   * @param token of the new term
   * @return whether the term began
   */
  boolean takeOver(SqlSession session, String address, String token) throws SQLException {
    if (!dialect.tryElectionLock(session.statement())) {
      return false;
    }
    session.begin(false, timing.lease());
    rows.lockForTakeOver(session, keys);
    // Read after the locks were had: what was there when they were asked for may be gone.
    ElectionView view = rows.view(session, keys);
    if (!view.mayBeTakenBy(address)) {
      session.rollback();
      dialect.releaseElectionLock(session.statement());
      return false;
    }
    Bytes lease = rows.toBytes(LeaseText.from(address, view.now(), timing.lease()));
    if (view.lease().isEmpty()) {
      // As the reference does: an expired row goes, a fresh one comes.
      rows.rows().delete(session, List.of(keys.election()));
    }
    write(session, token, lease);
    session.commit();
    return true;
  }

  /**
   * Renews the term.
   *
   * @return false if the term is over
   */
  boolean renew(SqlSession session, String address, String token) throws SQLException {
    session.begin(false, timing.renewalTimeout());
    rows.lockForRenewal(session, keys);
    ElectionView view = rows.view(session, keys);
    if (!view.isTermOf(token)) {
      session.rollback();
      return false;
    }
    write(session, token, rows.toBytes(LeaseText.from(address, view.now(), timing.lease())));
    session.commit();
    return true;
  }

  /** Ends the term, if it is not over already. */
  void end(SqlSession session, String token) throws SQLException {
    session.begin(false, timing.renewalTimeout());
    rows.lockForRenewal(session, keys);
    ElectionView view = rows.view(session, keys);
    boolean ours = view.term().filter(term -> term.token().equals(token)).isPresent();
    if (!ours) {
      session.rollback();
      return;
    }
    List<Bytes> rest =
        view.isRecordedAs(token) ? List.of(keys.election(), keys.term()) : List.of(keys.term());
    rows.rows().delete(session, rest);
    session.commit();
  }

  private void write(SqlSession session, String token, Bytes lease) throws SQLException {
    SortedMap<Bytes, Bytes> pairs = new TreeMap<>();
    pairs.put(keys.election(), lease);
    pairs.put(keys.term(), new TermRecord(token, lease).toBytes());
    rows.rows().upsert(session, pairs);
  }
}
