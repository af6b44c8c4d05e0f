package io.metasrv.adapters.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.testkit.election.InterleavedTakeOver;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node does with rows of others, and with tables that others make at the same moment. */
@Timeout(120)
final class MySqlRowsTest {

  private static final String EXPIRED = "a:3002||__metadata_lease_sep||2026-11-23 09:34:11.703000";

  private final String table = MySqls.freshTable();

  private String row() throws SQLException {
    try (Connection connection = MySqls.connect(MySqls.shared());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT v FROM %s_election WHERE k = '__metasrv_election'".formatted(table))) {
      return rows.next() ? rows.getString(1) : "(none)";
    }
  }

  private void write(String valueSql) {
    try {
      MySqls.execute(
          MySqls.shared(),
          "REPLACE INTO %s_election VALUES ('__metasrv_election', %s)".formatted(table, valueSql));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A lease of another node that ends after these seconds. */
  private void writeLeaseOfAnother(int seconds) {
    write(
        "CONCAT('r:3002||__metadata_lease_sep||', DATE_FORMAT(NOW(4) + INTERVAL "
            + seconds
            + " SECOND, '%Y-%m-%d %T.%f'))");
  }

  @Test
  @DisplayName("sheet 02 case 23: an expired row that changes between two readings is left alone")
  void aRowThatChangedMeanwhileIsNotOverwritten() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(MySqls.shared().host(), MySqls.shared().port());
        SqlBackend backend =
            MySqls.open(
                MySqls.shared(),
                proxy.port(),
                table,
                ElectionTiming.REFERENCE,
                MySqlBackend.CALL_TIMEOUT)) {
      write("'" + EXPIRED + "'");
      InterleavedTakeOver takeOver = InterleavedTakeOver.on(proxy, () -> writeLeaseOfAnother(300));
      CompletableFuture<LeaderLease> campaign =
          CompletableFuture.supplyAsync(() -> campaign(backend));
      Eventually.holds("it tried", Duration.ofSeconds(30), takeOver::hasHappened);
      String written = row();

      Eventually.holds(
          "it looked again and follows",
          Duration.ofSeconds(30),
          () -> backend.election().leader().filter("r:3002"::equals).isPresent());

      assertThat(campaign).isNotDone();
      assertThat(row()).isEqualTo(written).startsWith("r:3002||");
      writeLeaseOfAnother(-1);
      LeaderLease lease = campaign.join();
      assertThat(lease.renew()).isEqualTo(LeaderLease.Renewal.RENEWED);
      assertThat(row()).startsWith("a:3002||");
      lease.resign();
    }
  }

  private static LeaderLease campaign(SqlBackend backend) {
    try {
      return backend.election().campaign("a:3002");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nodesThatStartAtOnceMakeTheTablesOnce() {
    for (int round = 0; round < 5; round++) {
      String fresh = MySqls.freshTable();
      List<Throwable> failures =
          IntStream.range(0, 6)
              .mapToObj(
                  node ->
                      CompletableFuture.supplyAsync(
                          () -> catchThrowable(() -> MySqls.open(MySqls.shared(), fresh).close())))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(failures).as("of six that started at once").containsOnlyNulls();
    }
  }
}
