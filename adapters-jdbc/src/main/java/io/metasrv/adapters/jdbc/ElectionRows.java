package io.metasrv.adapters.jdbc;

import io.metasrv.domain.Bytes;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.Query;

/** Statements on the table of the election. */
final class ElectionRows {

  private final SqlDialect dialect;
  private final SqlRows rows;
  private final String viewSql;
  private final String timeSql;

  ElectionRows(SqlDialect dialect) {
    this.dialect = dialect;
    this.rows = new SqlRows(dialect, dialect.electionTable());
    this.timeSql = "SELECT " + dialect.databaseTime();
    this.viewSql =
        "SELECT t.db_now, e.k, e.v FROM (SELECT %s AS db_now) t LEFT JOIN %s e ON e.k IN (?, ?)"
            .formatted(dialect.databaseTime(), dialect.electionTable());
  }

  /** For statements on single rows. */
  SqlRows rows() {
    return rows;
  }

  /** The rows as they are committed now. */
  ElectionView view(SqlSession session, ElectionRowKeys keys) throws SQLException {
    SortedMap<Bytes, Bytes> found = new TreeMap<>();
    String now;
    try (Query query = session.statement().createQuery(viewSql)) {
      query.bind(0, keys.election().toByteArray()).bind(1, keys.term().toByteArray());
      now =
          query
              .map(
                  (row, context) -> {
                    byte[] key = row.getBytes(2);
                    byte[] value = row.getBytes(3);
                    if (key != null) {
                      found.put(Bytes.wrap(key), value == null ? Bytes.EMPTY : Bytes.wrap(value));
                    }
                    return row.getString(1);
                  })
              .list()
              .getFirst();
    }
    return new ElectionView(
        Optional.ofNullable(found.get(keys.election())),
        Optional.ofNullable(found.get(keys.term())).flatMap(TermRecord::parse),
        LeaseText.parseTime(now));
  }

  /** The database's time. */
  LocalDateTime now(SqlSession session) throws SQLException {
    try (Query query = session.statement().createQuery(timeSql)) {
      return LeaseText.parseTime(query.mapTo(String.class).one());
    }
  }

  /** Keeps everybody else from taking over, and waits for the fenced writes under way. */
  void lockForTakeOver(SqlSession session, ElectionRowKeys keys) throws SQLException {
    rows.lock(
        session,
        List.of(keys.election(), keys.term(), dialect.fenceLockKey(keys.election())).stream()
            .distinct()
            .toList(),
        "FOR UPDATE");
  }

  /** Keeps a renewal and a take-over apart; does not wait for fenced writes. */
  void lockForRenewal(SqlSession session, ElectionRowKeys keys) throws SQLException {
    rows.lock(session, List.of(keys.election(), keys.term()), dialect.renewalLock());
  }

  /**
   * Keeps take-overs waiting until the transaction ends.
   *
   * @return false if there is no row to lock, so that there is no term either
   */
  boolean lockForWrite(SqlSession session, ElectionRowKeys keys) throws SQLException {
    return !rows.lock(session, List.of(dialect.fenceLockKey(keys.election())), dialect.fenceLock())
        .isEmpty();
  }

  /** A lease text in this database's form. */
  Bytes toBytes(LeaseText lease) {
    return lease.toBytes(dialect.leaseFractionDigits());
  }
}
