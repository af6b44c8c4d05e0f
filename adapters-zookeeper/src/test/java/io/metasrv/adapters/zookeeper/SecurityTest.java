package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.options.Secret;
import io.metasrv.application.options.StoreOptions;
import io.metasrv.application.options.TlsMode;
import io.metasrv.application.options.TlsOptions;
import io.metasrv.application.options.ZooKeeperOptions.Auth;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.Ports;
import io.metasrv.testkit.server.TestCertificates;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, keeping things to oneself, and encryption, on servers that demand them. */
@Timeout(120)
final class SecurityTest {

  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes VALUE = Bytes.utf8("v");

  /** Awkward on purpose: none of its characters may mean something to anybody. */
  private static final String PASSWORD = "p:w\"d #@/%é";

  @TempDir Path directory;

  private static void assertWorks(StoreOptions options) throws Exception {
    try (ZooKeeperConnection connection =
        ZooKeeperConnection.open(withCallTimeout(options, Duration.ofSeconds(30)))) {
      connection.awaitReady();
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      LeaderLease lease =
          new ZooKeeperElection(connection, "", ElectionTiming.REFERENCE).campaign("a:3002");
      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      store.fencedBy(lease.fence()).put(KEY, VALUE, Previous.DISCARD);
      assertThat(store.get(KEY)).contains(VALUE);
      lease.resign();
    }
  }

  private static StoreOptions withCallTimeout(StoreOptions options, Duration callTimeout) {
    return options.withZooKeeper(
        options.zookeeper().withTimeouts(options.zookeeper().sessionTimeout(), callTimeout));
  }

  private static void assertDenied(StoreOptions options) {
    try (ZooKeeperConnection connection =
        ZooKeeperConnection.open(withCallTimeout(options, Duration.ofSeconds(5)))) {
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(connection::awaitReady)
          .satisfies(
              e -> {
                assertThat(e.getMessage()).contains("[zookeeper]").doesNotContain(PASSWORD);
                assertThat(e.toString()).doesNotContain("other password");
              });
    }
  }

  private static StoreOptions login(StoreOptions options, Auth auth, String password) {
    return options.withZooKeeper(
        options.zookeeper().withLogin(auth, "metasrv", new Secret(password)));
  }

  @Test
  void givenADigestLoginThenOnlyWhoKnowsThePasswordSeesTheStore() throws Exception {
    try (InProcessZooKeeper server = InProcessZooKeeper.start()) {
      StoreOptions options = ZooKeepers.options("/digest", server.address());

      assertWorks(login(options, Auth.DIGEST, PASSWORD));

      assertDenied(login(options, Auth.DIGEST, "other password"));
      assertDenied(options);
      assertWorks(login(options, Auth.DIGEST, PASSWORD));
    }
  }

  @Test
  void givenServersThatAskForSaslThenUserAndPasswordAreEnough() throws Exception {
    Path jaas = directory.resolve("jaas.conf");
    Files.writeString(
        jaas,
        """
        Server {
          org.apache.zookeeper.server.auth.DigestLoginModule required
          user_metasrv="secret of sasl";
        };
        """);
    try (ZooKeeperServers server =
        ZooKeeperServers.start(
            1,
            Map.of(
                "authProvider.1", "org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
                "sessionRequireClientSASLAuth", "true"),
            ZooKeeperServers.Program.ours("-Djava.security.auth.login.config=" + jaas))) {
      StoreOptions options = ZooKeepers.options("/sasl", server.address(0));

      assertWorks(login(options, Auth.SASL, "secret of sasl"));

      assertDenied(login(options, Auth.SASL, "other password"));
      assertDenied(options);
    }
  }

  @Test
  void givenServersThatSpeakTlsOnlyThenChainNameAndOurCertificateAreVerified() throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    Path authority = certificates.authority("ca");
    Path stranger = certificates.authority("stranger");
    TestCertificates.Pair ofServer = certificates.signedBy("ca", "server", "ip:127.0.0.1");
    TestCertificates.Pair ofElsewhere = certificates.signedBy("ca", "elsewhere", "ip:127.0.0.9");
    TestCertificates.Pair ofClient = certificates.signedBy("ca", "client", "dns:client");
    TlsOptions good = tls(ofClient, authority);

    try (TlsServer server = new TlsServer(ofServer, authority)) {
      assertWorks(server.options("/tls", good));
      assertDenied(server.options("/tls", tls(ofClient, stranger)));
      assertDenied(
          server.options(
              "/tls", new TlsOptions(TlsMode.REQUIRE, "", "", authority.toString(), false)));
    }
    try (TlsServer server = new TlsServer(ofElsewhere, authority)) {
      assertDenied(server.options("/tls", good));
    }
  }

  private static TlsOptions tls(TestCertificates.Pair own, Path authority) {
    return new TlsOptions(
        TlsMode.REQUIRE,
        own.certificate().toString(),
        own.key().toString(),
        authority.toString(),
        false);
  }

  /** A server that takes TLS with client certificates on a port of its own. */
  private final class TlsServer implements AutoCloseable {

    private final int port = Ports.free(1).getFirst();
    private final ZooKeeperServers servers;

    TlsServer(TestCertificates.Pair own, Path authority) throws Exception {
      Path both = directory.resolve("server-" + port + ".pem");
      Files.writeString(both, Files.readString(own.key()) + Files.readString(own.certificate()));
      servers =
          ZooKeeperServers.start(
              1,
              Map.of(
                  "serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory",
                  "secureClientPort", Integer.toString(port),
                  "secureClientPortAddress", "127.0.0.1",
                  "ssl.keyStore.location", both.toString(),
                  "ssl.keyStore.type", "PEM",
                  "ssl.trustStore.location", authority.toString(),
                  "ssl.trustStore.type", "PEM",
                  "ssl.clientHostnameVerification", "false"),
              ZooKeeperServers.Program.ours());
    }

    StoreOptions options(String root, TlsOptions tls) {
      return ZooKeepers.options(root, "127.0.0.1:" + port).withTls(tls);
    }

    @Override
    public void close() {
      servers.close();
    }
  }

  @Test
  void givenOptionsThatContradictEachOtherThenTheMessageNamesTheKey() {
    StoreOptions options = ZooKeepers.options("/x", "127.0.0.1:1");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ZooKeeperConnection.open(
                    options.withZooKeeper(
                        options.zookeeper().withLogin(Auth.NONE, "", Secret.NONE))))
        .withMessageContaining("zookeeper.acl");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ZooKeeperConnection.open(
                    options.withZooKeeper(
                        options.zookeeper().withLogin(Auth.DIGEST, "", Secret.NONE))))
        .withMessageContaining("zookeeper.user");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ZooKeeperConnection.open(
                    options.withTls(new TlsOptions(TlsMode.REQUIRE, "", "", "/no/ca", false))))
        .withMessageContaining("backend_tls.ca_cert_path");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ZooKeeperConnection.open(
                    options.withZooKeeper(options.zookeeper().withRoot("metasrv"))))
        .withMessageContaining("zookeeper.root");
  }
}
