package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.application.metasrv.Term;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.domain.leadership.LeaseWindow;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is particular to elections on ZooKeeper. */
@Timeout(120)
final class ZooKeeperElectionTest {

  private static final ElectionTiming TIMING = ElectionTiming.withLease(Duration.ofSeconds(3));
  private static final Duration SESSION = Duration.ofMillis(3600);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static InProcessZooKeeper server;

  private final List<AutoCloseable> open = new ArrayList<>();
  private String root;

  @BeforeAll
  static void startServer() throws Exception {
    server = InProcessZooKeeper.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void chooseARoot() {
    root = ZooKeepers.freshRoot();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private ZooKeeperConnection connect(String address) {
    ZooKeeperConnection connection =
        ZooKeeperConnection.open(
            ZooKeepers.options(root, SESSION, Duration.ofSeconds(10), address));
    open.add(connection);
    return connection;
  }

  private TcpProxy network() {
    TcpProxy network = TcpProxy.to("127.0.0.1", server.port());
    open.add(network);
    return network;
  }

  private static CompletableFuture<LeaderLease> campaign(
      ZooKeeperElection election, String address) {
    CompletableFuture<LeaderLease> won = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                won.complete(election.campaign(address));
              } catch (Exception e) {
                won.completeExceptionally(e);
              }
            });
    return won;
  }

  @Test
  @DisplayName("sheet 10 case 28: a suspended connection ends leadership at once, for good")
  void givenTheConnectionIsSuspendedThenTheNodeStopsLeadingAtOnceAndReentersWithANewTerm()
      throws Exception {
    TcpProxy network = network();
    ZooKeeperElection election = new ZooKeeperElection(connect(network.address()), "", TIMING);
    LeaderLease lease = election.campaign("a:3002");
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    VirtualThreadRuntime runtime = new VirtualThreadRuntime();
    Term term =
        new Term(
            1,
            "a:3002",
            lease.fence(),
            LeaseWindow.opened(runtime.monotonic(), runtime.wallClock(), Duration.ofHours(1)),
            runtime);
    assertThat(term.isHeld()).isTrue();

    network.cutConnections();

    Eventually.holds("suspended", Duration.ofSeconds(2), () -> !term.isHeld());
    assertThat(term.endReason()).contains("connection");
    Eventually.holds("lost", PATIENCE, () -> isLost(lease));
    LeaderLease again = campaign(election, "a:3002").get(30, TimeUnit.SECONDS);
    assertThat(again.renew()).isEqualTo(Renewal.RENEWED);
    assertThat(again.fence().describe()).isNotEqualTo(lease.fence().describe());
    assertThat(lease.renew()).isEqualTo(Renewal.LOST);
    again.resign();
  }

  private static boolean isLost(LeaderLease lease) throws InterruptedException {
    try {
      return lease.renew() == Renewal.LOST;
    } catch (ElectionException notYetKnown) {
      return false;
    }
  }

  @Test
  void givenTheServersEndTheSessionThenTheTermIsOverAndItsWritesAreRefused() throws Exception {
    TcpProxy network = network();
    LeaderLease lease =
        new ZooKeeperElection(connect(network.address()), "", TIMING).campaign("a:3002");
    ZooKeeperConnection past = connect(server.address());
    ZooKeeperElection election = new ZooKeeperElection(past, "", TIMING);
    KeyValueStore store = new ZooKeeperStore(past, 128).fencedBy(lease.fence());
    store.put(Bytes.utf8("k"), Bytes.utf8("v"), Previous.DISCARD);

    network.swallow(TcpProxy.Direction.REQUESTS, TcpProxy.Direction.RESPONSES);
    Eventually.holds("the session ended", PATIENCE, () -> election.leader().isEmpty());

    assertThatExceptionOfType(StoreException.FencedOut.class)
        .isThrownBy(() -> store.put(Bytes.utf8("k"), Bytes.utf8("w"), Previous.DISCARD))
        .withMessageContaining("a:3002");
    network.restore();
    Eventually.holds("lost", PATIENCE, () -> isLost(lease));
    assertThat(store.get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
  }

  private static String nodeOf(LeaderLease lease) {
    return ((ZooKeeperFence) lease.fence()).node();
  }

  @Test
  void givenSomebodyRemovesTheLeadersZnodeThenTheNextRenewalSaysSo() throws Exception {
    ZooKeeperConnection connection = connect(server.address());
    LeaderLease lease = new ZooKeeperElection(connection, "", TIMING).campaign("a:3002");
    Deadline soon = Deadline.in(PATIENCE);
    ZooKeeper session = connection.connected(soon).handle();

    assertThat(Requests.await(Requests.multi(session, List.of(Op.delete(nodeOf(lease), -1))), soon))
        .isEmpty();

    assertThat(lease.renew()).isEqualTo(Renewal.LOST);
  }

  @Test
  void givenTwoPrefixesThenEachHasALeaderOfItsOwn() throws Exception {
    ZooKeeperConnection connection = connect(server.address());
    ZooKeeperElection one = new ZooKeeperElection(connection, "one/", TIMING);
    ZooKeeperElection two = new ZooKeeperElection(connection, "two/", TIMING);

    LeaderLease first = one.campaign("a:3002");
    LeaderLease second = two.campaign("b:3002");

    assertThat(one.leader()).contains("a:3002");
    assertThat(two.leader()).contains("b:3002");
    first.resign();
    second.resign();
  }

  @Test
  void givenASessionNoLongerThanTheLeaseThenItIsRefusedBecauseTwoCouldLead() {
    ZooKeeperConnection connection = connect(server.address());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ZooKeeperElection(connection, "", ElectionTiming.REFERENCE))
        .withMessageContaining("zookeeper.session_timeout");
  }

  @Test
  void givenAFenceOfAnotherStoreThenItIsRefused() throws Exception {
    LeaderLease elsewhere =
        new ZooKeeperElection(connect(server.address()), "", TIMING).campaign("a:3002");
    root = ZooKeepers.freshRoot();
    ZooKeeperStore store = new ZooKeeperStore(connect(server.address()), 128);

    assertThatIllegalArgumentException().isThrownBy(() -> store.fencedBy(elsewhere.fence()));
    elsewhere.resign();
  }
}
