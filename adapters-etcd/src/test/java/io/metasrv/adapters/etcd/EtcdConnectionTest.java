package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.TcpProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a connection begins and ends. */
@Timeout(120)
final class EtcdConnectionTest {

  @Test
  void anUnreachableEtcdIsOneClearErrorThatNamesTheEndpointsWithoutPasswords() {
    List<Integer> ports = Ports.free(2);
    String first = "127.0.0.1:" + ports.get(0);
    String second = "http://user:hidden@127.0.0.1:" + ports.get(1);

    long start = System.nanoTime();
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EtcdConnection.open(Etcds.options(first, second)))
        .withMessageContaining(first)
        .withMessageContaining("127.0.0.1:" + ports.get(1))
        .withMessageContaining("store_addrs")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hidden"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EtcdConnection.open(Etcds.options("no-such-host.invalid:2379")))
        .withMessageContaining("no-such-host.invalid:2379");
  }

  @Test
  void addressesComeWithOrWithoutSchemeAndPort() {
    assertThat(
            EtcdEndpoint.parseAll(
                List.of(" a:1 ", "", "http://b:2", "https://c:3", "d", "[::1]:4", "a:1")))
        .containsExactly(
            new EtcdEndpoint("a", 1, false),
            new EtcdEndpoint("b", 2, false),
            new EtcdEndpoint("c", 3, true),
            new EtcdEndpoint("d", 2379, false),
            new EtcdEndpoint("::1", 4, false));
    assertThat(new EtcdEndpoint("::1", 4, false).authority()).isEqualTo("[::1]:4");
  }

  @Test
  void whatIsNoAddressIsRefusedWithoutShowingItsPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EtcdEndpoint.parseAll(List.of("ftp://a:1")))
        .withMessageContaining("ftp://a:1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EtcdEndpoint.parseAll(List.of("http://u:hidden@a b")))
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hidden"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EtcdEndpoint.parseAll(List.of(" ", "")))
        .withMessageContaining("store_addrs");
  }

  @Test
  void aFenceOfAnotherClusterIsRefused() throws Exception {
    try (EtcdServer one = EtcdServer.start();
        EtcdConnection connection = EtcdConnection.open(Etcds.options(one.endpoint()))) {
      EtcdFence foreign = new EtcdFence(connection.clusterId() + 1, Bytes.utf8("k"), 1, "n1:3002");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EtcdStore(connection, 128).fencedBy(foreign))
          .withMessageContaining("n1:3002");
    }
  }

  @Test
  void aConnectionWhoseOtherSideNeverSpeaksIsGivenUp() throws Exception {
    try (EtcdServer server = EtcdServer.start();
        TcpProxy proxy = TcpProxy.to(server.host(), server.port());
        EtcdConnection connection =
            EtcdConnection.open(Etcds.options(Duration.ofMillis(500), proxy.address()))) {
      EtcdStore store = new EtcdStore(connection, 128);
      Bytes key = Bytes.utf8("k");
      proxy.swallow(Direction.RESPONSES);
      proxy.cutConnections();
      // The first call may still meet the old connection; the second finds none that is ready.
      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.get(key));
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> store.put(key, Bytes.utf8("1"), Previous.DISCARD));

      // What was begun in silence stays silent; connections begun from now on are served.
      proxy.serveNewConnections();

      Eventually.holds(
          "a write on a new connection",
          Duration.ofSeconds(10),
          () -> {
            store.put(key, Bytes.utf8("2"), Previous.DISCARD);
            return true;
          });
    }
  }

  @Test
  void aHundredStartsAndStopsLeaveNoThreadBehind() throws Exception {
    try (EtcdServer server = EtcdServer.start()) {
      cycle(server, 0);
      Set<String> before = threads();
      for (int i = 1; i <= 100; i++) {
        cycle(server, i);
      }
      Eventually.holds(
          "the threads of before: " + before,
          Duration.ofSeconds(10),
          () -> before.containsAll(threads()));
      try (BareEtcd bare = new BareEtcd(server.endpoint())) {
        assertThat(bare.withPrefix("__metasrv_election")).isEmpty();
      }
    }
  }

  private static void cycle(EtcdServer server, int number) throws InterruptedException {
    try (EtcdConnection connection = EtcdConnection.open(Etcds.options(server.endpoint()))) {
      LeaderLease lease =
          new EtcdElection(connection, "", ElectionTiming.REFERENCE).campaign("n1:3002");
      lease.renew();
      new EtcdStore(connection, 128)
          .fencedBy(lease.fence())
          .put(Bytes.utf8("k"), Bytes.utf8("v" + number), Previous.DISCARD);
      lease.resign();
    }
  }

  /** Names without the numbers that pools give; Netty's shared clean-up thread ends by itself. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("globalEventExecutor"))
        .map(name -> name.replaceAll("\\d+", "#"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
