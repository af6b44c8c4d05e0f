package io.metasrv.adapters.jdbc;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * The statements on one table of keys and values. A range is always two comparisons on the primary
 * key and never a pattern, so that every byte of a key is just a byte (sheet 02 §28). Keys are
 * given to statements in ascending order, so that transactions lock rows in the same order.
 */
final class SqlRows {

  private final String table;
  private final String upsert;

  SqlRows(SqlDialect dialect, String table) {
    this.table = table;
    this.upsert = dialect.upsert(table);
  }

  /** The pairs of these keys that are there, ascending. */
  SortedMap<Bytes, Bytes> find(SqlSession session, Collection<Bytes> keys) throws SQLException {
    return select(session, keys, "");
  }

  /**
   * The same, their rows locked.
   *
   * @param lock {@code FOR UPDATE} or what the dialect says
   */
  SortedMap<Bytes, Bytes> lock(SqlSession session, Collection<Bytes> keys, String lock)
      throws SQLException {
    return select(session, keys, lock);
  }

  private SortedMap<Bytes, Bytes> select(SqlSession session, Collection<Bytes> keys, String lock)
      throws SQLException {
    SortedMap<Bytes, Bytes> found = new TreeMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    String sql =
        "SELECT k, v FROM %s WHERE k IN (%s) ORDER BY k %s".formatted(table, marks(keys), lock);
    try (Query query = session.statement().createQuery(sql)) {
      int position = 0;
      for (Bytes key : sorted(keys)) {
        query.bind(position++, key.toByteArray());
      }
      query.map((row, context) -> pair(row)).forEach(kv -> found.put(kv.key(), kv.value()));
    }
    return found;
  }

  private static String marks(Collection<Bytes> keys) {
    return String.join(", ", Collections.nCopies(keys.size(), "?"));
  }

  private static List<Bytes> sorted(Collection<Bytes> keys) {
    return keys.stream().sorted().toList();
  }

  /** One more than the limit, if there is one, so that the caller sees whether there are more. */
  List<KeyValue> range(SqlSession session, KeyRange range, RangeOptions options)
      throws SQLException {
    String value = options.keysOnly() ? "NULL" : "v";
    String limit = options.limit() == 0 ? "" : "LIMIT " + (options.limit() + 1L);
    return pairs(session, range, "SELECT k, %s FROM %s %s ORDER BY k %s", value, limit);
  }

  /** Every pair of the range, locked, and no new one may appear among them. */
  List<KeyValue> lockRange(SqlSession session, KeyRange range) throws SQLException {
    return pairs(session, range, "SELECT k, %s FROM %s %s ORDER BY k %s", "v", "FOR UPDATE");
  }

  private List<KeyValue> pairs(
      SqlSession session, KeyRange range, String form, String value, String tail)
      throws SQLException {
    String sql = form.formatted(value, table, where(range), tail);
    try (Query query = session.statement().createQuery(sql)) {
      bind(range, query);
      return query.map((row, context) -> pair(row)).list();
    }
  }

  /** Removes the range; the number of rows removed. */
  long deleteRange(SqlSession session, KeyRange range) throws SQLException {
    String sql = "DELETE FROM %s %s".formatted(table, where(range));
    try (Update update = session.statement().createUpdate(sql)) {
      bind(range, update);
      return update.execute();
    }
  }

  private static String where(KeyRange range) {
    return range.end().isPresent() ? "WHERE k >= ? AND k < ?" : "WHERE k >= ?";
  }

  private static void bind(KeyRange range, org.jdbi.v3.core.statement.SqlStatement<?> statement) {
    statement.bind(0, range.start().toByteArray());
    range.end().ifPresent(end -> statement.bind(1, end.toByteArray()));
  }

  /** Writes the pairs, whether or not their keys are there. */
  void upsert(SqlSession session, SortedMap<Bytes, Bytes> pairs) throws SQLException {
    write(session, upsert, pairs);
  }

  /** Writes pairs whose keys are not there; a unique violation if one is. */
  void insert(SqlSession session, SortedMap<Bytes, Bytes> pairs) throws SQLException {
    write(session, "INSERT INTO %s (k, v) VALUES (?, ?)".formatted(table), pairs);
  }

  private static void write(SqlSession session, String sql, SortedMap<Bytes, Bytes> pairs)
      throws SQLException {
    if (pairs.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = session.statement().prepareBatch(sql)) {
      pairs.forEach(
          (key, value) -> batch.bind(0, key.toByteArray()).bind(1, value.toByteArray()).add());
      batch.execute();
    }
  }

  /** Removes the keys; the number of those that were there. */
  int delete(SqlSession session, Collection<Bytes> keys) throws SQLException {
    if (keys.isEmpty()) {
      return 0;
    }
    String sql = "DELETE FROM %s WHERE k IN (%s)".formatted(table, marks(keys));
    try (Update update = session.statement().createUpdate(sql)) {
      int position = 0;
      for (Bytes key : sorted(keys)) {
        update.bind(position++, key.toByteArray());
      }
      return update.execute();
    }
  }

  private static KeyValue pair(ResultSet row) throws SQLException {
    byte[] value = row.getBytes(2);
    return new KeyValue(
        Bytes.wrap(row.getBytes(1)), value == null ? Bytes.EMPTY : Bytes.wrap(value));
  }
}
