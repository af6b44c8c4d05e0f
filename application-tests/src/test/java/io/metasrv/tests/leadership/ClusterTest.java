package io.metasrv.tests.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.metasrv.LeadershipState;
import io.metasrv.application.metasrv.Metasrv;
import io.metasrv.application.metasrv.MetasrvAssembly;
import io.metasrv.application.metasrv.MetasrvPorts;
import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermComponentFactory;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.FailoverOptions;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.NodeClients;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.application.service.AdminService.Readiness;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.application.store.LocalElection;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.MetasrvNodeInfo;
import io.metasrv.protocol.v1.meta.MetasrvPeersRequest;
import io.metasrv.protocol.v1.meta.MetasrvPeersResponse;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.testkit.store.InterceptedStore;
import io.metasrv.testkit.store.InterceptedStore.Call;
import io.metasrv.testkit.store.InterceptedStore.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterTest {

  private static final String A = "10.0.0.1:3002";
  private static final String B = "10.0.0.2:3002";
  private static final String C = "10.0.0.3:3002";

  /** Longer than any test takes: who takes over did not wait for a lease to run out. */
  private static final ElectionTiming LONG_LEASE =
      new ElectionTiming(
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10));

  @Test
  @DisplayName("sheet 02 case 31: on a store of its own a node leads at once and names itself")
  void givenAStoreOfItsOwnWhenStartedThenTheNodeLeadsWithEveryBackgroundTask() throws Exception {
    BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    Metasrv alone = alone(new InMemoryStore(), List.of(context -> ticker(ran)));
    try {
      alone.start();

      assertThat(alone.leadership().currentTerm()).isPresent();
      assertThat(askLeader(alone)).isEqualTo(A);
      assertThat(alone.services().admin().leader()).isEmpty();
      assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("started");
      assertThat(alone.services().admin().readiness().ready()).isTrue();
      assertThat(alone.services().cluster().range(everything()).getHeader())
          .isEqualTo(ResponseHeaders.success());
    } finally {
      alone.stop();
    }
    assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo("stopped");
    assertThat(alone.leadership().state()).isInstanceOf(LeadershipState.Stopped.class);
    assertThat(alone.services().admin().readiness().role()).isEqualTo("starting");
  }

  @Test
  void givenAStartedNodeWhenStartedAgainOrStoppedTwiceThenNothingChanges() throws Exception {
    InMemoryStore store = new InMemoryStore();
    Metasrv alone = alone(store, List.of());
    alone.start();
    long term = alone.leadership().currentTerm().orElseThrow().number();

    alone.start();
    assertThat(alone.leadership().currentTerm().orElseThrow().number()).isEqualTo(term);

    alone.stop();
    alone.stop();
    alone.start();
    assertThat(alone.leadership().currentTerm().orElseThrow().number()).isEqualTo(term + 1);
    alone.stop();
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(4);
  }

  @Test
  void givenThreeNodesThenOneLeadsAndEachNamesIt() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      List<Metasrv> nodes = List.of(cluster.node(A), cluster.node(B), cluster.node(C));
      for (Metasrv node : nodes) {
        node.start();
      }
      String leader = nextLeader(cluster);

      assertThat(nodes).allSatisfy(node -> assertThat(askLeader(node)).isEqualTo(leader));
      assertThat(nodes)
          .allSatisfy(node -> assertThat(node.services().admin().leader()).contains(leader));
      assertThat(nodes.stream().filter(node -> node.leadership().currentTerm().isPresent()))
          .hasSizeLessThanOrEqualTo(1);
      assertThat(nodes)
          .allSatisfy(
              node ->
                  assertThat(
                          node.services()
                              .config()
                              .pullConfig(PullConfigRequest.getDefaultInstance())
                              .getPayload())
                      .isEmpty());
    }
  }

  @Test
  @DisplayName("sheet 02 case 33, sheet 01 case 19: what a follower answers")
  void givenAFollowerThenItServesTheStoreAndNotTheMemory() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv leader = cluster.node(A);
      Metasrv follower = cluster.node(B);
      leader.start();
      assertThat(nextLeader(cluster)).isEqualTo(A);
      follower.start();

      assertThat(follower.services().store().range(everything()).getKvsCount()).isEqualTo(4);
      assertThat(follower.services().cluster().range(everything()).getHeader())
          .isEqualTo(ResponseHeaders.notLeader());
      assertThat(
              follower
                  .services()
                  .cluster()
                  .metasrvPeers(MetasrvPeersRequest.getDefaultInstance())
                  .getHeader())
          .isEqualTo(ResponseHeaders.notLeader());
    }
  }

  @Test
  void givenAFollowerWhenWrittenThenTheLeaderWritesAndBothReadIt() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv leader = cluster.node(A);
      Metasrv follower = cluster.node(B);
      leader.start();
      awaitReady(cluster, leader);
      follower.start();

      follower
          .services()
          .store()
          .put(
              PutRequest.newBuilder()
                  .setKey(ByteString.copyFromUtf8("k"))
                  .setValue(ByteString.copyFromUtf8("v"))
                  .build());

      assertThat(cluster.store.get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
    }
  }

  @Test
  void givenALeaderWhenItIsStoppedThenAnotherLeadsWithoutWaitingForTheLease() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv first = cluster.node(A);
      Metasrv second = cluster.node(B);
      first.start();
      awaitReady(cluster, first);
      second.start();

      first.stop();

      awaitReady(cluster, second);
      assertThat(first.leadership().currentTerm()).isEmpty();
      assertThat(askLeader(second)).isEqualTo(B);
      assertThat(peersOf(second).getFollowersList()).isEmpty();
    }
  }

  @Test
  @DisplayName("sheet 01 case 20, sheet 02 case 27: the leader lists itself and the others")
  void givenThreeNodesThenTheLeaderListsTheOtherTwoWithOldAndNewMembers() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv leader = cluster.node(A);
      leader.start();
      awaitReady(cluster, leader);
      announced(cluster, B);
      announced(cluster, C);

      MetasrvPeersResponse peers = peersOf(leader);

      assertThat(peers.getHeader()).isEqualTo(ResponseHeaders.success());
      assertThat(peers.getLeader().getPeer().getAddr()).isEqualTo(A);
      assertThat(peers.getFollowersList())
          .extracting(node -> node.getPeer().getAddr())
          .containsExactly(B, C);
      assertThat(peers.getFollowersList()).allSatisfy(ClusterTest::isComplete);
    }
  }

  @SuppressWarnings("deprecation")
  private static void isComplete(MetasrvNodeInfo node) {
    assertThat(node.getCpus()).isEqualTo(2000);
    assertThat(node.getMemoryBytes()).isEqualTo(4096);
    assertThat(node.getVersion()).isEqualTo("1.1.4");
    assertThat(node.getGitCommit()).isEqualTo("abc1234");
    assertThat(node.getStartTimeMs()).isEqualTo(1);
    assertThat(node.getInfo().getCpus()).isEqualTo(2000);
    assertThat(node.getInfo().getMemoryBytes()).isEqualTo(4096);
    assertThat(node.getInfo().getTotalCpuMillicores()).isEqualTo(2000);
    assertThat(node.getInfo().getTotalMemoryBytes()).isEqualTo(4096);
    assertThat(node.getInfo().getCpuUsageMillicores()).isEqualTo(5);
    assertThat(node.getInfo().getMemoryUsageBytes()).isEqualTo(6);
    assertThat(node.getInfo().getHostname()).isEqualTo("host");
  }

  @Test
  @DisplayName("sheet 02 case 37: failover on a local WAL has to be allowed")
  void givenFailoverOnALocalWalThatIsNotAllowedThenThereIsNoServer() {
    MetasrvOptions options =
        MetasrvOptions.defaults()
            .withFailover(new FailoverOptions(true, false, Duration.ofMinutes(10)));

    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      assertThatThrownBy(() -> cluster.node(A, cluster.store, options, List.of()))
          .isInstanceOfSatisfying(
              ServiceException.class,
              refused -> assertThat(refused.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
          .hasMessageContaining("allow_region_failover_on_local_wal");
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void givenAKeyPrefixThenEverythingTheNodeWritesIsBelowIt() throws Exception {
    MetasrvOptions defaults = MetasrvOptions.defaults();
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv node =
          cluster.node(
              A,
              cluster.store,
              defaults.withStore(defaults.store().withKeyPrefix("p/")),
              List.of());
      node.start();
      awaitReady(cluster, node);

      assertThat(cluster.store.range(KeyRange.all(), RangeOptions.ALL).kvs())
          .isNotEmpty()
          .allSatisfy(kv -> assertThat(kv.key().toUtf8()).startsWith("p/__"));
      assertThat(node.services().store().range(everything()).getKvsList())
          .allSatisfy(kv -> assertThat(kv.getKey().toStringUtf8()).startsWith("__"));
    }
  }

  @Test
  void givenAComponentThatCannotStartThenTheOtherNodeLeads() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv broken =
          cluster.node(
              A,
              cluster.store,
              MetasrvOptions.defaults(),
              List.of(
                  context -> {
                    throw new IllegalStateException("broken");
                  }));
      Metasrv good = cluster.node(B);
      broken.start();
      good.start();

      awaitReady(cluster, good);
      Readiness readiness = broken.services().admin().readiness();
      assertThat(readiness.role()).isEqualTo("follower");
      assertThat(readiness.leader()).contains(B);
    }
  }

  @Test
  @DisplayName("sheet 02 case 29: without its cache a leader leads and serves correct data")
  void givenACacheThatCannotBeLoadedThenTheNodeLeadsWithoutIt() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv node =
          cluster.node(
              A, new WithoutCachedRanges(cluster.store), MetasrvOptions.defaults(), List.of());
      node.start();
      awaitReady(cluster, node);

      assertThat(node.leadership().state())
          .isInstanceOfSatisfying(
              LeadershipState.Leader.class,
              leading -> assertThat(leading.missing()).containsExactly("leader cache"));
      assertThat(node.services().admin().readiness().ready()).isTrue();
      assertThat(
              node.leadership()
                  .currentContext()
                  .orElseThrow()
                  .cachedStore()
                  .get(Bytes.utf8("__catalog_name/greptime")))
          .contains(Bytes.utf8("null"));
    }
  }

  @Test
  void givenAStoreThatCannotBeReachedThenTheStartFailsAndLeavesNothingBehind() throws Exception {
    try (Cluster cluster = new Cluster(LONG_LEASE)) {
      Metasrv node =
          cluster.node(
              A,
              new InterceptedStore(cluster.store, refusing(Call.BATCH_GET)),
              MetasrvOptions.defaults(),
              List.of());

      assertThatThrownBy(node::start).isInstanceOf(StoreException.Unavailable.class);

      assertThat(node.leadership().state()).isInstanceOf(LeadershipState.Stopped.class);
      assertThat(cluster.announcements).isEmpty();
    }
  }

  private static Interceptor refusing(Call refused) {
    return new Interceptor() {
      @Override
      public <T> T around(Call call, Supplier<T> proceed) {
        if (call == refused) {
          throw new StoreException.Unavailable("the store refuses to " + call);
        }
        return proceed.get();
      }
    };
  }

  private static TermComponent ticker(BlockingQueue<String> ran) {
    return new TermComponent() {
      @Override
      public String name() {
        return "ticker";
      }

      @Override
      public void start() {
        ran.add("started");
      }

      @Override
      public void stop() {
        ran.add("stopped");
      }
    };
  }

  private static Metasrv alone(InMemoryStore store, List<TermComponentFactory> plugins) {
    return MetasrvAssembly.assemble(
        A,
        new MetasrvPorts(
            store,
            new LocalElection(store),
            false,
            new NodesOfOneProcess(),
            NodeClients.NOBODY,
            new VirtualThreadRuntime(),
            new NoMetrics(),
            new RecentEvents(100),
            () -> new Candidate(A, "1.1.4", "abc1234", 1, 2000, 4096, 5, 6, "host")),
        MetasrvOptions.defaults(),
        plugins);
  }

  private static void announced(Cluster cluster, String address) throws InterruptedException {
    Metasrv node = cluster.node(address);
    node.start();
    cluster.awaitAnnouncement(address);
  }

  private static String nextLeader(Cluster cluster) throws InterruptedException {
    String leader = cluster.leaders.poll(20, TimeUnit.SECONDS);
    assertThat(leader).describedAs("a leader within 20 s").isNotNull();
    return String.valueOf(leader);
  }

  private static void awaitReady(Cluster cluster, Metasrv node) throws InterruptedException {
    while (!nextLeader(cluster).equals(node.leadership().serverAddress())) {
      // Somebody else led for a moment.
    }
    assertThat(node.awaitReady(Duration.ofSeconds(20))).isTrue();
  }

  private static String askLeader(Metasrv node) {
    return node.services()
        .heartbeat()
        .askLeader(AskLeaderRequest.getDefaultInstance())
        .getLeader()
        .getAddr();
  }

  private static MetasrvPeersResponse peersOf(Metasrv node) {
    return node.services().cluster().metasrvPeers(MetasrvPeersRequest.getDefaultInstance());
  }

  private static RangeRequest everything() {
    ByteString zero = ByteString.copyFrom(new byte[] {0});
    return RangeRequest.newBuilder().setKey(zero).setRangeEnd(zero).build();
  }
}
