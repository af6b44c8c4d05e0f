package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.auth.Permission;
import io.metasrv.application.options.EtcdOptions;
import io.metasrv.application.options.Secret;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An etcd that wants user and password. The user may touch the keys below {@code mine/} only. */
@Timeout(60)
final class EtcdLoginTest {

  private static final String PASSWORD = "s3cret-of-the-test";
  private static final Bytes KEY = Bytes.utf8("mine/k");
  private static final Bytes VALUE = Bytes.utf8("v");
  private static EtcdServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = EtcdServer.start();
    try (BareEtcd bare = new BareEtcd(server.endpoint())) {
      Auth auth = bare.client().getAuthClient();
      BareEtcd.answer(auth.userAdd(BareEtcd.text("root"), BareEtcd.text("rootpw")));
      BareEtcd.answer(auth.userGrantRole(BareEtcd.text("root"), BareEtcd.text("root")));
      BareEtcd.answer(auth.roleAdd(BareEtcd.text("metasrv")));
      BareEtcd.answer(
          auth.roleGrantPermission(
              BareEtcd.text("metasrv"),
              BareEtcd.text("mine/"),
              BareEtcd.text("mine0"),
              Permission.Type.READWRITE));
      BareEtcd.answer(auth.userAdd(BareEtcd.text("metasrv"), BareEtcd.text(PASSWORD)));
      BareEtcd.answer(auth.userGrantRole(BareEtcd.text("metasrv"), BareEtcd.text("metasrv")));
      BareEtcd.answer(auth.authEnable());
    }
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static StoreOptions options(String user, String password) {
    return Etcds.options(server.endpoint())
        .withEtcd(
            EtcdOptions.defaults()
                .withCallTimeout(Duration.ofSeconds(5))
                .withLogin(user, new Secret(password)));
  }

  @Test
  void withTheRightPasswordStoreAndElectionWork() throws Exception {
    try (EtcdConnection connection = EtcdConnection.open(options("metasrv", PASSWORD))) {
      EtcdStore store = new EtcdStore(connection, 128);
      EtcdElection election = new EtcdElection(connection, "mine/", ElectionTiming.REFERENCE);
      LeaderLease first = election.campaign("n1:3002");
      Campaigner second = new Campaigner(election, "n2:3002");
      assertThat(first.renew()).isEqualTo(LeaderLease.Renewal.RENEWED);
      store.fencedBy(first.fence()).put(KEY, VALUE, Previous.DISCARD);
      assertThat(store.get(KEY)).contains(VALUE);
      assertThat(election.leader()).contains("n1:3002");

      first.resign();

      LeaderLease lease = second.victory(Duration.ofSeconds(8));
      assertThat(lease.renew()).isEqualTo(LeaderLease.Renewal.RENEWED);
      lease.resign();
    }
  }

  @Test
  void aTokenThatTheServerForgotIsReplacedWithoutTheCallerNoticing() throws Exception {
    try (EtcdConnection connection = EtcdConnection.open(options("metasrv", PASSWORD))) {
      EtcdStore store = new EtcdStore(connection, 128);
      EtcdElection election =
          new EtcdElection(connection, "mine/restart/", ElectionTiming.REFERENCE);
      LeaderLease lease = election.campaign("n1:3002");
      // etcd keeps its tokens in memory: a restart forgets them.
      server.kill();
      server.restart();
      Eventually.holds(
          "connected again",
          Duration.ofSeconds(10),
          () -> store.get(Bytes.utf8("mine/other")).isEmpty());

      store.put(KEY, VALUE, Previous.DISCARD);

      assertThat(lease.renew()).isEqualTo(LeaderLease.Renewal.RENEWED);
      lease.resign();
    }
  }

  @Test
  void withAWrongPasswordTheStartFailsAndThePasswordIsNotShown() {
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EtcdConnection.open(options("metasrv", "wrong-" + PASSWORD)))
        .withMessageContaining(server.host() + ":" + server.port())
        .withMessageContaining("authentication failed")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(PASSWORD));
  }

  @Test
  void withoutAUserAWriteIsRefusedAndSaysWhy() {
    try (EtcdConnection connection = EtcdConnection.open(options("", ""))) {
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> new EtcdStore(connection, 128).put(KEY, VALUE, Previous.DISCARD))
          .withMessageContaining("user name is empty");
    }
  }

  @Test
  void aKeyTheUserMayNotTouchIsRefusedAndNothingChanges() {
    try (EtcdConnection connection = EtcdConnection.open(options("metasrv", PASSWORD))) {
      EtcdStore store = new EtcdStore(connection, 128);

      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> store.put(Bytes.utf8("theirs/k"), VALUE, Previous.DISCARD))
          .withMessageContaining("permission denied");
    }
  }
}
