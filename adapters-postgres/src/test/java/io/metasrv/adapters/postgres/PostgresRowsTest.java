package io.metasrv.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.adapters.jdbc.SqlBackend;
import io.metasrv.application.options.SqlOptions;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.testkit.election.InterleavedTakeOver;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node does with rows and locks of others. */
@Timeout(120)
final class PostgresRowsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SqlOptions sql = Postgreses.fresh();

  private String queried(String query) throws SQLException {
    try (Connection connection = Postgreses.connect(Postgreses.shared());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "(none)";
    }
  }

  private String row() throws SQLException {
    return queried(
        "SELECT convert_from(v, 'UTF8') FROM %s WHERE k = '__metasrv_election'"
            .formatted(sql.tableName()));
  }

  /** A lease that ends after these seconds, as the reference writes it. */
  private void writeLease(String address, int seconds) {
    try {
      Postgreses.execute(
          Postgreses.shared(),
          "INSERT INTO %s VALUES ('__metasrv_election', convert_to('%s' || '||__metadata_lease_sep||' || TO_CHAR(now() + interval '%d seconds', 'YYYY-MM-DD HH24:MI:SS.MS'), 'UTF8')) ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v"
              .formatted(sql.tableName(), address, seconds));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private SqlBackend open(int port) {
    return Postgreses.open(
        Postgreses.shared(), port, sql, "", ElectionTiming.REFERENCE, PostgresBackend.CALL_TIMEOUT);
  }

  private SqlBackend open() {
    return open(Postgreses.shared().port());
  }

  private static LeaderLease campaign(SqlBackend backend, String address) {
    try {
      return backend.election().campaign(address);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("sheet 02 case 22, on PostgreSQL: a valid row with our own address is taken over")
  void afterARestartTheNodeLeadsAtOnce() throws Exception {
    try (SqlBackend backend = open()) {
      writeLease("a:3002", 300);

      LeaderLease lease = campaign(backend, "a:3002");

      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      assertThat(row())
          .matches("a:3002\\|\\|__metadata_lease_sep\\|\\|[-0-9]{10} [:0-9]{8}\\.[0-9]{3}");
      lease.resign();
    }
  }

  @Test
  @DisplayName("sheet 02 case 23: an expired row that changes between two readings is left alone")
  void aRowThatChangedMeanwhileIsNotOverwritten() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(Postgreses.shared().host(), Postgreses.shared().port());
        SqlBackend backend = open(proxy.port())) {
      writeLease("x:3002", -300);
      InterleavedTakeOver takeOver = InterleavedTakeOver.on(proxy, () -> writeLease("r:3002", 300));
      CompletableFuture<LeaderLease> campaign =
          CompletableFuture.supplyAsync(() -> campaign(backend, "a:3002"));
      Eventually.holds("it tried", PATIENCE, takeOver::hasHappened);
      String written = row();

      Eventually.holds(
          "it looked again and follows",
          PATIENCE,
          () -> backend.election().leader().filter("r:3002"::equals).isPresent());

      assertThat(campaign).isNotDone();
      assertThat(row()).isEqualTo(written).startsWith("r:3002||");
      writeLease("r:3002", -1);
      LeaderLease lease = campaign.join();
      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      assertThat(row()).startsWith("a:3002||");
      lease.resign();
    }
  }

  /**
   * The reference's follower takes the lock at once. Ours waits for the end of the lease as well,
   * because a leader whose connection was closed may not know it yet.
   */
  @Test
  @DisplayName(
      "sheet 02 case 25: when the leader's connection is closed another obtains the advisory lock"
          + " and rewrites the row, once the lease has run out")
  void whenTheLeadersConnectionIsClosedAnotherObtainsTheLock() throws Exception {
    try (SqlBackend a = open();
        SqlBackend b = open()) {
      LeaderLease old = campaign(a, "a:3002");
      assertThat(old.renew()).isEqualTo(Renewal.RENEWED);
      long begin = System.nanoTime();
      closeTheHoldersConnection();
      assertThat(holder()).isEqualTo("(none)");

      LeaderLease next = campaign(b, "b:3002");

      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(took).isLessThan(ElectionTiming.REFERENCE.lease().plus(Duration.ofMillis(2_500)));
      assertThat(row()).startsWith("b:3002||");
      assertThat(holder()).isNotEqualTo("(none)");
      assertThat(old.renew()).isEqualTo(Renewal.LOST);
      assertThat(next.renew()).isEqualTo(Renewal.RENEWED);
      next.resign();
    }
  }

  @Test
  void aLeaderWhoseConnectionIsClosedTakesTheLockAgainAndLeadsOn() throws Exception {
    try (SqlBackend a = open()) {
      LeaderLease lease = campaign(a, "a:3002");
      closeTheHoldersConnection();

      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      assertThat(holder()).isNotEqualTo("(none)");
      lease.resign();
      assertThat(holder()).isEqualTo("(none)");
    }
  }

  private String holder() throws SQLException {
    return queried(
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = " + sql.electionLockId());
  }

  private void closeTheHoldersConnection() throws SQLException {
    assertThat(queried("SELECT pg_terminate_backend(" + holder() + ")")).isEqualTo("t");
    Eventually.holds("the lock is free", PATIENCE, () -> holder().equals("(none)"));
  }
}
