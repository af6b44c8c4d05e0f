package io.metasrv.bootstrap.e2e;

import static io.metasrv.bootstrap.e2e.LongLivedClients.endOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.store.ElectionTiming;
import io.metasrv.client.HeartbeatStream;
import io.metasrv.client.MetaClient;
import io.metasrv.client.MetaClientException;
import io.metasrv.client.MetaClientException.Reason;
import io.metasrv.client.NodeRole;
import io.metasrv.domain.Bytes;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.testkit.server.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers on one store, and clients that are made once and never replaced. Every test leaves
 * three running servers behind.
 *
 * <p>How long another one may take to lead: the lease of the one that is gone (it counts from its
 * last renewal, so that 3 to 5 s of it are left when it dies) and {@link #MARGIN}.
 *
 * <p>A backend is held to it by a subclass that starts its server.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(180)
abstract class FailoverContract {

  private static final Duration LEASE = ElectionTiming.REFERENCE.lease();

  /** etcd looks for leases that have run out every half second; the rest is for a busy machine. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final Duration TAKEOVER = LEASE.plus(MARGIN);

  /** A lease that still runs in the store, a takeover, and clients that ask again. */
  private static final Duration SERVER_RETURN = Duration.ofSeconds(30);

  /** Below a lease, also on a busy machine: who waited for its end would mostly need longer. */
  private static final Duration HANDOVER = LEASE.minusSeconds(1);

  private @Nullable ThreeMetasrvs running;
  private @Nullable LongLivedClients longLived;

  /** Starts the server of the store. */
  abstract BackendUnderTest backend();

  @BeforeAll
  final void start(@TempDir Path directory) throws Exception {
    ThreeMetasrvs started = ThreeMetasrvs.start(backend(), directory);
    running = started;
    longLived = new LongLivedClients(started.addresses());
  }

  @AfterAll
  final void stop() throws Exception {
    LongLivedClients clients = longLived;
    if (clients != null) {
      clients.close();
    }
    ThreeMetasrvs cluster = running;
    if (cluster != null) {
      cluster.close();
    }
  }

  private ThreeMetasrvs cluster() {
    return Objects.requireNonNull(running, "no test is running");
  }

  private LongLivedClients clients() {
    return Objects.requireNonNull(longLived, "no test is running");
  }

  @RepeatedTest(3)
  @DisplayName("kill -9 of the leader: another leads within the lease, clients go on")
  void aKilledLeader() throws Exception {
    MetasrvProcess leader = settled();
    HeartbeatStream stream = clients().streamTo(leader);
    int before = clients().writer().acknowledged();

    long begin = System.nanoTime();
    leader.process().kill();
    MetasrvProcess next = leaderWithout(leader, "kill -9", begin, TAKEOVER);
    clients().writer().awaitMore(10, LongLivedClients.PATIENCE);
    report("kill -9, until ten more writes", since(begin));

    assertThat(clients().client().askLeader()).isEqualTo(next.grpc());
    assertThat(endOf(stream).reason()).isEqualTo(Reason.STREAM_ENDED);
    clients().streamTo(next).close();
    leader.restart();
    clients().awaitDatanodeAt(next);
    assertThat(clients().client().cluster().listNodes(NodeRole.DATANODE)).isNotEmpty();
    clients().assertReadable(before);
    joinsAsFollower(leader, next);
  }

  @Test
  @DisplayName(
      "a paused leader that wakes up: it grants nothing and writes nothing of its own, it follows")
  void aPausedLeader() throws Exception {
    MetasrvProcess leader = settled();
    HeartbeatStream stream = clients().streamTo(leader);
    Bytes key = Bytes.utf8("contested");
    try (MetaClient ofTheOld = leader.client()) {
      ofTheOld.store().put(key, Bytes.utf8("before"));

      long begin = System.nanoTime();
      leader.process().pause();
      MetasrvProcess next = leaderWithout(leader, "SIGSTOP", begin, TAKEOVER);
      put(next, key, "by the new leader");
      // Both are sent while it sleeps.
      stream.send(LongLivedClients.heartbeat());
      CompletableFuture<Optional<Reason>> late =
          CompletableFuture.supplyAsync(() -> outcome(ofTheOld, key, "through the old one"));
      leader.process().resume();

      assertThat(endOf(stream).reason()).isIn(Reason.NOT_LEADER, Reason.STREAM_ENDED);
      joinsAsFollower(leader, next);
      // Handed on to the new leader, or refused.
      Optional<Reason> refusal = late.join();
      assertThat(refusal).isIn(Optional.empty(), Optional.of(Reason.STATUS));
      String expected = refusal.isEmpty() ? "through the old one" : "by the new leader";
      for (MetasrvProcess node : cluster().nodes()) {
        assertThat(get(node, key)).as(node.grpc()).isEqualTo(expected);
      }
      clients().awaitDatanodeAt(next);
      clients().assertReadable(clients().writer().acknowledged());
    }
  }

  @Test
  @DisplayName("SIGTERM: leadership is handed over at once, the process ends with 0")
  void aLeaderThatIsToldToStop() throws Exception {
    MetasrvProcess leader = settled();
    HeartbeatStream stream = clients().streamTo(leader);
    int before = clients().writer().acknowledged();

    long begin = System.nanoTime();
    leader.process().terminate();
    MetasrvProcess next = leaderWithout(leader, "SIGTERM", begin, HANDOVER);

    assertThat(leader.process().exitCode()).isZero();
    report("SIGTERM, until the end of the process", since(begin));
    assertThat(endOf(stream).reason()).isEqualTo(Reason.STREAM_ENDED);
    clients().writer().awaitMore(10, LongLivedClients.PATIENCE);
    leader.restart();
    clients().awaitDatanodeAt(next);
    clients().assertReadable(before);
    joinsAsFollower(leader, next);
  }

  @Test
  @DisplayName("a database made by DDL outlives the leader that made it; the next one makes more")
  void databasesOverATakeover() throws Exception {
    DdlRequests sql = DdlRequests.of("public", Instant.now());
    MetasrvProcess leader = settled();
    clients().client().procedures().ddl(sql.createDatabase("made_before", false));

    leader.process().kill();
    MetasrvProcess next =
        ThreeMetasrvs.awaitLeaderAmong(
            cluster().without(leader), TAKEOVER.plus(LongLivedClients.PATIENCE));
    clients().client().procedures().ddl(sql.createDatabase("made_after", false));

    try (MetaClient one = next.client()) {
      assertThat(one.store().scan(Bytes.utf8("__schema_name/greptime/made_")))
          .extracting(pair -> pair.key().toUtf8())
          .containsExactly(
              "__schema_name/greptime/made_after", "__schema_name/greptime/made_before");
    }
    leader.restart();
    joinsAsFollower(leader, next);
  }

  /** The last one: nodes that lost the store pause before they stand for election again. */
  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("kill -9 of the store's server: once it is back, somebody leads and all is there")
  void theServerOfTheStoreDies() throws Exception {
    settled();
    int before = clients().writer().acknowledged();

    cluster().backend().faults().kill().run();
    cluster().backend().faults().restart().run();
    long begin = System.nanoTime();
    clients().writer().awaitMore(10, SERVER_RETURN);
    report("the store's server is back, until ten more writes", since(begin));

    MetasrvProcess leader = cluster().awaitLeader(SERVER_RETURN);
    clients().awaitDatanodeAt(leader);
    clients().assertReadable(before);
    for (MetasrvProcess node : cluster().nodes()) {
      Eventually.holds(
          node.grpc() + " leads or follows",
          MetasrvProcess.START_TIME,
          () -> node.leads() || node.follows());
    }
    assertThat(cluster().nodes().stream().filter(MetasrvProcess::leads)).hasSize(1);
  }

  /** The leader of a cluster in which all is well: writes go through, the datanode is known. */
  private MetasrvProcess settled() throws Exception {
    MetasrvProcess leader = cluster().awaitLeader(TAKEOVER);
    clients().awaitDatanodeConnected(leader);
    clients().writer().awaitMore(10, LongLivedClients.PATIENCE);
    return leader;
  }

  /** The successor, which has to lead within the limit, counted from the beginning. */
  private MetasrvProcess leaderWithout(
      MetasrvProcess leader, String what, long begin, Duration limit) {
    MetasrvProcess next = ThreeMetasrvs.awaitLeaderAmong(cluster().without(leader), limit);
    Duration took = since(begin);
    report(what + ", until another led", took);
    assertThat(took).isLessThan(limit);
    return next;
  }

  /** Into the test's output file; whoever looks for the times measured finds them there. */
  private static void report(String what, Duration took) {
    System.out.println(what + ": " + took.toMillis() + " ms");
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void joinsAsFollower(MetasrvProcess node, MetasrvProcess leader) {
    Eventually.holds(node.grpc() + " follows", MetasrvProcess.START_TIME, node::follows);
    Eventually.holds(
        node.grpc() + " knows the leader",
        LongLivedClients.PATIENCE,
        () -> node.send("GET", "/admin/leader").body().equals(leader.grpc()));
    assertThat(leader.leads()).isTrue();
    Bytes key = Bytes.utf8("through a follower");
    put(node, key, node.grpc());
    assertThat(get(leader, key)).isEqualTo(node.grpc());
  }

  private static void put(MetasrvProcess through, Bytes key, String value) {
    try (MetaClient one = through.client()) {
      one.store().put(key, Bytes.utf8(value));
    }
  }

  private static String get(MetasrvProcess through, Bytes key) {
    try (MetaClient one = through.client()) {
      return one.store().get(key).orElseThrow().toUtf8();
    }
  }

  /** Empty if the write was acknowledged. */
  private static Optional<Reason> outcome(MetaClient through, Bytes key, String value) {
    try {
      through.store().put(key, Bytes.utf8(value));
      return Optional.empty();
    } catch (MetaClientException refused) {
      return Optional.of(refused.reason());
    }
  }
}
