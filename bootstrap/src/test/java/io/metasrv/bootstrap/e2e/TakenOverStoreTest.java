package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.client.MetaClient;
import io.metasrv.domain.Bytes;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.MySqlServer;
import io.metasrv.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that GreptimeDB v1.1.4 wrote, put back into a database byte for byte, with a metasrv of
 * ours started on it: it leads, its numbers go on where the other's ended, and what was there stays
 * as it was.
 */
@Timeout(300)
final class TakenOverStoreTest {

  /** What {@code __meta_seq-table_id} holds in the recording, as eight bytes, lowest first. */
  private static final long NEXT_TABLE_ID = 0x040a;

  @TempDir Path directory;

  @Test
  @DisplayName(
      "sheet 02 case 19: on a MySQL written by GreptimeDB table ids go on, none comes again")
  void onMySql() throws Exception {
    try (DatabaseServer server = MySqlServer.start()) {
      load(
          new com.mysql.cj.jdbc.Driver(),
          "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true"
              .formatted(server.host(), server.port(), DatabaseServer.DATABASE),
          List.of(
              "CREATE TABLE `greptime_metakv` (`k` varbinary(3072) NOT NULL, `v` mediumblob DEFAULT"
                  + " NULL, PRIMARY KEY (`k`)) ENGINE=InnoDB DEFAULT CHARSET=latin1",
              "CREATE TABLE `greptime_metakv_election` (`k` varbinary(3072) NOT NULL, `v` blob"
                  + " DEFAULT NULL, PRIMARY KEY (`k`)) ENGINE=InnoDB DEFAULT CHARSET=latin1"),
          List.of("metakv", "metakv_election"));
      takeOver(
          BackendUnderTest.database(
              "MySQL", server, "mysql_store", BackendUnderTest.address("mysql", server)));
    }
  }

  @Test
  @DisplayName("sheet 02 case 19: the same on PostgreSQL")
  void onPostgres() throws Exception {
    try (DatabaseServer server = PostgresServer.start()) {
      load(
          new org.postgresql.Driver(),
          "jdbc:postgresql://%s:%d/%s"
              .formatted(server.host(), server.port(), DatabaseServer.DATABASE),
          List.of("CREATE TABLE \"greptime_metakv\" (k bytea PRIMARY KEY, v bytea)"),
          List.of("metakv"));
      takeOver(
          BackendUnderTest.database(
              "PostgreSQL",
              server,
              "postgres_store",
              BackendUnderTest.address("postgresql", server)));
    }
  }

  private static SortedMap<Bytes, Bytes> recorded(String name) throws IOException {
    SortedMap<Bytes, Bytes> rows = new TreeMap<>();
    try (InputStream in =
        Objects.requireNonNull(
            TakenOverStoreTest.class.getResourceAsStream("/golden/" + name + ".hex.tsv"))) {
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(row -> rows.put(Bytes.hex(row[0]), Bytes.hex(row[1])));
    }
    return rows;
  }

  private static void load(Driver driver, String jdbc, List<String> tables, List<String> names)
      throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("user", DatabaseServer.USER);
    properties.setProperty("password", DatabaseServer.PASSWORD);
    try (Connection connection = Objects.requireNonNull(driver.connect(jdbc, properties));
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute(table);
      }
      for (String name : names) {
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO greptime_" + name + " VALUES (?, ?)")) {
          for (var row : recorded(name).entrySet()) {
            insert.setBytes(1, row.getKey().toByteArray());
            insert.setBytes(2, row.getValue().toByteArray());
            insert.executeUpdate();
          }
        }
      }
    }
  }

  private void takeOver(BackendUnderTest backend) throws Exception {
    try (MetasrvProcess server = MetasrvProcess.on(backend, directory)) {
      server.awaitReady();
      assertThat(server.send("GET", "/admin/sequence/table/next-id").body())
          .isEqualTo("{\"next_table_id\":" + NEXT_TABLE_ID + "}");
      LongLivedClients clients = new LongLivedClients(List.of(server.grpc()));
      try {
        clients.awaitDatanodeAt(server);
        long first = createTable(clients, "first");
        assertThat(first).isEqualTo(NEXT_TABLE_ID);
        server.process().kill();
        server.restart();
        server.awaitReady();
        clients.awaitDatanodeAt(server);
        assertThat(createTable(clients, "second")).isGreaterThan(first);
        assertThatTheOthersContentIsAsItWas(server);
      } finally {
        clients.close();
      }
    }
  }

  /** In a database that the other made. */
  private static long createTable(LongLivedClients clients, String name) {
    DdlRequests sql = DdlRequests.of("refdb", Instant.now());
    DdlTaskResponse made =
        clients.client().procedures().ddl(sql.createTable(sql.name(name), false));
    return made.getTableIds(0).getId();
  }

  private static void assertThatTheOthersContentIsAsItWas(MetasrvProcess server)
      throws IOException {
    try (MetaClient client = server.client()) {
      for (var row : recorded("metakv").entrySet()) {
        String key = row.getKey().toUtf8();
        // Numbers go on, and no client can ask for the empty key.
        if (!key.startsWith("__meta_seq-") && !key.isEmpty()) {
          assertThat(client.store().get(row.getKey())).as(key).contains(row.getValue());
        }
      }
    }
  }
}
