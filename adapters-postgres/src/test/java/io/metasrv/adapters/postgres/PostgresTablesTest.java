package io.metasrv.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reference's table, in a schema or without one, and what the reference stumbles over. */
@Timeout(120)
final class PostgresTablesTest {

  private final SqlOptions fresh = Postgreses.fresh();

  private static String queried(String sql) throws SQLException {
    try (Connection connection = Postgreses.connect(Postgreses.shared());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "(none)";
    }
  }

  private static SqlBackend open(SqlOptions sql) {
    return Postgreses.open(Postgreses.shared(), sql, "");
  }

  private SqlOptions in(String schema, boolean create) {
    return new SqlOptions(fresh.tableName(), Optional.of(schema), create, fresh.electionLockId());
  }

  private String schemasOfTheTable() throws SQLException {
    return queried(
        "SELECT string_agg(table_schema, ',') FROM information_schema.tables WHERE table_name ="
            + " '%s'".formatted(fresh.tableName()));
  }

  @Test
  void theTableIsTheReferences() throws SQLException {
    open(fresh).close();

    assertThat(
            queried(
                "SELECT string_agg(column_name || ' ' || data_type || ' ' || is_nullable, ', '"
                    + " ORDER BY ordinal_position) FROM information_schema.columns WHERE"
                    + " table_name = '%s'".formatted(fresh.tableName())))
        .isEqualTo("k bytea NO, v bytea YES");
    assertThat(schemasOfTheTable()).isEqualTo("public");
  }

  @Test
  @DisplayName("meta_schema_name with auto_create_schema: the schema is made, and holds the table")
  void aSchemaIsMade() throws SQLException {
    String schema = "made \"for\" us " + fresh.electionLockId();
    try (SqlBackend backend = open(in(schema, true))) {
      backend.store().put(Bytes.utf8("k"), Bytes.utf8("v"), Previous.DISCARD);
      assertThat(backend.store().get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
    }
    assertThat(schemasOfTheTable()).isEqualTo(schema);
    // And a second start finds it there.
    try (SqlBackend backend = open(in(schema, true))) {
      assertThat(backend.store().get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
    }
  }

  @Test
  @DisplayName("without auto_create_schema: a schema that is there is used, a missing one is told")
  void aSchemaIsNotMadeWhereThatIsSwitchedOff() throws SQLException {
    String schema = "theirs_" + fresh.electionLockId();
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> open(in(schema, false)))
        .withMessageContaining(schema)
        .withMessageContaining("does not exist");

    Postgreses.execute(Postgreses.shared(), "CREATE SCHEMA " + schema);
    open(in(schema, false)).close();

    assertThat(schemasOfTheTable()).isEqualTo(schema);
  }

  @Test
  void anEmptySchemaNameIsNone() throws SQLException {
    open(in("", true)).close();

    assertThat(schemasOfTheTable()).isEqualTo("public");
  }

  @Test
  void storesInTwoSchemasOfOneDatabaseDoNotMeet() {
    String one = "one_" + fresh.electionLockId();
    String two = "two_" + fresh.electionLockId();
    try (SqlBackend first = open(in(one, true));
        SqlBackend second = open(in(two, true))) {
      first.store().put(Bytes.utf8("k"), Bytes.utf8("of the first"), Previous.DISCARD);
      assertThat(second.store().get(Bytes.utf8("k"))).isEmpty();
    }
  }

  @Test
  @DisplayName("sheet 02 case 12: '_', '%' and '\\' in a prefix are data")
  void wildcardsInAPrefixAreData() {
    try (SqlBackend backend = open(fresh)) {
      var store = backend.store();
      for (String schema : List.of("a_b", "axb", "a%b", "ab", "a\\b", "a\\_b", "a\\")) {
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
      // One that ends in the escape character, which is an SQL error in the reference.
      Bytes backslash = Bytes.utf8("__table_name/greptime/a\\");
      assertThat(store.range(KeyRange.prefix(backslash), RangeOptions.ALL).kvs()).hasSize(1);
      assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(3);
    }
  }

  @Test
  void nodesThatStartAtOnceMakeSchemaAndTableOnce() {
    for (int round = 0; round < 10; round++) {
      SqlOptions another = Postgreses.fresh();
      SqlOptions inSchema =
          new SqlOptions(
              another.tableName(),
              Optional.of("at_once_" + another.electionLockId()),
              true,
              another.electionLockId());
      List<Throwable> failures =
          IntStream.range(0, 6)
              .mapToObj(
                  node ->
                      CompletableFuture.supplyAsync(
                          () -> catchThrowable(() -> open(inSchema).close())))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(failures).as("of six that started at once").containsOnlyNulls();
    }
  }
}
