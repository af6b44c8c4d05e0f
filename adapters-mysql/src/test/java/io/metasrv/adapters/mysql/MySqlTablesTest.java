package io.metasrv.adapters.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference's tables: as it makes them, as it left them, and what it stumbles over. */
final class MySqlTablesTest {

  private final String table = MySqls.freshTable();

  private String queried(String sql) throws SQLException {
    try (Connection connection = MySqls.connect(MySqls.shared());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private String typeOf(String column, String inTable) throws SQLException {
    return queried(
        "SELECT CONCAT(column_type, ' ', is_nullable, ' ', column_key) FROM"
            + " information_schema.columns"
            + " WHERE table_schema = DATABASE() AND table_name = '%s' AND column_name = '%s'"
                .formatted(inTable, column));
  }

  @Test
  void theTablesAreTheRecordedOnes() throws SQLException {
    MySqls.open(MySqls.shared(), table).close();

    assertThat(typeOf("k", table)).isEqualTo("varbinary(3072) NO PRI");
    assertThat(typeOf("v", table)).isEqualTo("mediumblob YES ");
    assertThat(typeOf("k", table + "_election")).isEqualTo("varbinary(3072) NO PRI");
    assertThat(typeOf("v", table + "_election")).isEqualTo("blob YES ");
    assertThat(queried("SELECT CONCAT(k, '=', v) FROM " + table + "_election"))
        .isEqualTo("__place_holder_for_lock=");
  }

  @ParameterizedTest
  @CsvSource({"BLOB, mediumblob", "MEDIUMBLOB, mediumblob", "LONGBLOB, longblob"})
  @DisplayName("sheet 02 case 18: v BLOB becomes MEDIUMBLOB, LONGBLOB is left alone")
  void anOldColumnIsEnlarged(String before, String after) throws SQLException {
    MySqls.execute(
        MySqls.shared(),
        "CREATE TABLE %s (k VARBINARY(3072) PRIMARY KEY, v %s)".formatted(table, before),
        "INSERT INTO %s VALUES ('old', 'value'), ('none', NULL)".formatted(table));

    try (SqlBackend backend = MySqls.open(MySqls.shared(), table)) {
      assertThat(typeOf("v", table)).startsWith(after);
      assertThat(backend.store().get(Bytes.utf8("old"))).contains(Bytes.utf8("value"));
      assertThat(backend.store().get(Bytes.utf8("none"))).contains(Bytes.EMPTY);
    }
  }

  @Test
  @DisplayName("sheet 02 case 12: '_', '%' and '\\' in a prefix are data")
  void wildcardsInAPrefixAreData() {
    try (SqlBackend backend = MySqls.open(MySqls.shared(), table)) {
      var store = backend.store();
      for (String schema : List.of("a_b", "axb", "a%b", "ab", "a\\b", "a\\_b")) {
        store.put(
            Bytes.utf8("__table_name/greptime/" + schema + "/t"), Bytes.EMPTY, Previous.DISCARD);
      }
      for (String schema : List.of("a_b", "a%b", "a\\b", "a\\_b")) {
        Bytes prefix = Bytes.utf8("__table_name/greptime/" + schema + "/");
        assertThat(store.range(KeyRange.prefix(prefix), RangeOptions.ALL).kvs())
            .extracting(KeyValue::key)
            .containsExactly(prefix.concat(Bytes.utf8("t")));
        assertThat(store.deleteRange(KeyRange.prefix(prefix), Previous.DISCARD).deleted())
            .isEqualTo(1);
      }
      assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(2);
    }
  }

  @Test
  @DisplayName("sheet 02 case 22: a valid row with our own address is renewed, not replaced")
  void afterARestartTheNodeLeadsAtOnce() throws Exception {
    try (SqlBackend backend = MySqls.open(MySqls.shared(), table)) {
      MySqls.execute(
          MySqls.shared(),
          "INSERT INTO %s_election VALUES ('__metasrv_election', CONCAT('a:3002||__metadata_lease_sep||', DATE_FORMAT(NOW(4) + INTERVAL 300 SECOND, '%%Y-%%m-%%d %%T.%%f')))"
              .formatted(table));

      LeaderLease lease = backend.election().campaign("a:3002");

      assertThat(lease.renew()).isEqualTo(LeaderLease.Renewal.RENEWED);
      assertThat(queried("SELECT v FROM " + table + "_election WHERE k = '__metasrv_election'"))
          .matches("a:3002\\|\\|__metadata_lease_sep\\|\\|[-0-9]{10} [:0-9]{8}\\.[0-9]{6}");
      lease.resign();
    }
  }
}
