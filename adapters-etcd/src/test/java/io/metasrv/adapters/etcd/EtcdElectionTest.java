package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.LeaseOption;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.TcpProxy.Direction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The election on a real etcd, beside nodes that follow the reference's protocol. */
@Timeout(90)
final class EtcdElectionTest {

  private static final String OURS = "10.0.0.1:3002";
  private static final String THEIRS = "10.0.0.2:3002";
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LEASE_AND_A_BIT = Duration.ofSeconds(8);
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private static EtcdServer server;
  private static BareEtcd bare;
  private TcpProxy network;
  private EtcdConnection behindProxy;
  private EtcdConnection direct;
  private String prefix;
  private EtcdElection election;
  private EtcdElection otherElection;

  @BeforeAll
  static void startServer() {
    server = EtcdServer.start();
    bare = new BareEtcd(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    if (bare != null) {
      bare.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void connect() {
    prefix = "cluster" + PREFIXES.incrementAndGet() + "/";
    network = TcpProxy.to(server.host(), server.port());
    behindProxy = EtcdConnection.open(Etcds.options(network.address()));
    direct = EtcdConnection.open(Etcds.options(server.endpoint()));
    election = new EtcdElection(behindProxy, prefix, ElectionTiming.REFERENCE);
    otherElection = new EtcdElection(direct, prefix, ElectionTiming.REFERENCE);
  }

  @AfterEach
  void disconnect() {
    behindProxy.close();
    direct.close();
    network.close();
  }

  @Test
  void theWinnersKeyIsNamedAfterItsLeaseAndHoldsItsAddress() throws Exception {
    LeaderLease lease = election.campaign(OURS);

    assertThat(bare.withPrefix(prefix)).hasSize(1);
    KeyValue key = bare.withPrefix(prefix).getFirst();
    assertThat(key.getKey().toString())
        .isEqualTo(prefix + "__metasrv_election/" + Long.toHexString(key.getLease()));
    assertThat(key.getValue().toString()).isEqualTo(OURS);
    assertThat(
            BareEtcd.answer(
                    bare.client().getLeaseClient().timeToLive(key.getLease(), LeaseOption.DEFAULT))
                .getGrantedTTL())
        .isEqualTo(5);
    assertThat(((EtcdFence) lease.fence()).createRevision()).isEqualTo(key.getCreateRevision());
    lease.resign();
  }

  @Test
  @DisplayName(
      "sheet 02 case 20: beside a node of the reference there is one leader, known to both")
  void besideANodeOfTheReferenceThereIsOneLeaderKnownToBoth() throws Exception {
    try (ReferenceNode reference = new ReferenceNode(server.endpoint(), prefix, THEIRS)) {
      reference.campaign().get(10, TimeUnit.SECONDS);
      Campaigner ours = new Campaigner(election, OURS);
      Eventually.holds(
          "both take part", Duration.ofSeconds(5), () -> bare.withPrefix(prefix).size() == 2);

      Eventually.holds(
          "longer than a lease",
          Duration.ofSeconds(10),
          outlasting(Duration.ofSeconds(7), ours::isWaiting));
      assertThat(election.leader()).contains(THEIRS);
      assertThat(reference.leader()).isEqualTo(THEIRS);

      reference.die();
      LeaderLease lease = ours.victory(LEASE_AND_A_BIT);
      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      assertThat(election.leader()).contains(OURS);
      assertThat(reference.leader()).isEqualTo(OURS);
      lease.resign();
      assertThat(election.leader()).isEmpty();
    }
  }

  /** Holds once the time has passed, if the condition held all along. */
  private static java.util.concurrent.Callable<Boolean> outlasting(
      Duration time, java.util.function.BooleanSupplier condition) {
    long start = System.nanoTime();
    return () -> {
      assertThat(condition.getAsBoolean()).isTrue();
      return System.nanoTime() - start > time.toNanos();
    };
  }

  @Test
  void aResigningLeaderHandsOverToANodeOfTheReferenceAtOnce() throws Exception {
    LeaderLease lease = election.campaign(OURS);
    try (ReferenceNode reference = new ReferenceNode(server.endpoint(), prefix, THEIRS)) {
      var theirVictory = reference.campaign();
      Eventually.holds(
          "both take part", Duration.ofSeconds(5), () -> bare.withPrefix(prefix).size() == 2);

      lease.resign();

      theirVictory.get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(election.leader()).contains(THEIRS);
      assertThat(lease.renew()).isEqualTo(Renewal.LOST);
      lease.resign();
    }
  }

  @Test
  void aLeaderThatIsInterruptedWhileItResignsStillHandsOverAtOnce() throws Exception {
    LeaderLease lease = election.campaign(OURS);
    Campaigner other = new Campaigner(otherElection, THEIRS);
    Eventually.holds(
        "both take part", Duration.ofSeconds(5), () -> bare.withPrefix(prefix).size() == 2);

    Thread.currentThread().interrupt();
    lease.resign();
    assertThat(Thread.interrupted()).as("interrupt flag after resigning").isTrue();

    other.victory(AT_ONCE).resign();
  }

  @Test
  @DisplayName("sheet 02 case 26: a leader that was cut off finds its writes refused")
  void aLeaderThatWasCutOffFindsItsWritesRefused() throws Exception {
    LeaderLease lease = election.campaign(OURS);
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    KeyValueStore old = new EtcdStore(behindProxy, 128).fencedBy(lease.fence());
    Bytes key = Bytes.utf8(prefix + "written");
    old.put(key, Bytes.utf8("1"), Previous.DISCARD);
    Campaigner other = new Campaigner(otherElection, THEIRS);

    network.swallow(Direction.REQUESTS, Direction.RESPONSES);
    assertThatExceptionOfType(ElectionException.class).isThrownBy(lease::renew);
    LeaderLease next = other.victory(LEASE_AND_A_BIT);
    assertThat(next.renew()).isEqualTo(Renewal.RENEWED);
    network.restore();

    Eventually.holds(
        "the old leader reaches etcd again",
        Duration.ofSeconds(20),
        () -> new EtcdStore(behindProxy, 128).get(key).isPresent());
    assertThatExceptionOfType(StoreException.FencedOut.class)
        .isThrownBy(() -> old.put(key, Bytes.utf8("2"), Previous.DISCARD))
        .withMessageContaining(OURS);
    assertThat(lease.renew()).isEqualTo(Renewal.LOST);
    new EtcdStore(direct, 128).fencedBy(next.fence()).put(key, Bytes.utf8("3"), Previous.DISCARD);
    assertThat(bare.get(prefix + "written").orElseThrow().getValue().toString()).isEqualTo("3");
    lease.resign();
    next.resign();
  }

  @Test
  void aRenewalThatIsNotAnsweredFailsWithinItsTimeout() throws Exception {
    LeaderLease lease = election.campaign(OURS);
    network.swallow(Direction.REQUESTS, Direction.RESPONSES);

    long start = System.nanoTime();
    assertThatExceptionOfType(ElectionException.class)
        .isThrownBy(lease::renew)
        .withMessageContaining(OURS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
    start = System.nanoTime();
    lease.resign();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
  }

  @Test
  void aTermWhoseLeaseRanOutOrWhoseKeyWasRemovedIsLost() throws Exception {
    LeaderLease revoked = election.campaign(OURS);
    long leaseId = bare.withPrefix(prefix).getFirst().getLease();
    BareEtcd.answer(bare.client().getLeaseClient().revoke(leaseId));
    assertThat(revoked.renew()).isEqualTo(Renewal.LOST);
    assertThat(revoked.renew()).isEqualTo(Renewal.LOST);

    LeaderLease robbed = election.campaign(OURS);
    bare.delete(bare.withPrefix(prefix).getFirst().getKey().toString());
    assertThat(robbed.renew()).as("the lease lives, the key is gone").isEqualTo(Renewal.LOST);
    robbed.resign();
  }

  @Test
  void anInterruptedCampaignLeavesNothingBehind() throws Exception {
    LeaderLease lease = otherElection.campaign(THEIRS);
    Campaigner ours = new Campaigner(election, OURS);
    Eventually.holds(
        "both take part", Duration.ofSeconds(5), () -> bare.withPrefix(prefix).size() == 2);

    long oursLease = leaseOf(OURS);
    assertThat(isAlive(oursLease)).isTrue();

    ours.interrupt();

    assertThat(ours.failure(Duration.ofSeconds(3))).isInstanceOf(InterruptedException.class);
    assertThat(bare.withPrefix(prefix)).hasSize(1);
    assertThat(isAlive(oursLease)).isFalse();
    lease.resign();
    assertThat(election.leader()).isEmpty();
  }

  private long leaseOf(String address) throws Exception {
    return bare.withPrefix(prefix).stream()
        .filter(kv -> kv.getValue().toString().equals(address))
        .findFirst()
        .orElseThrow()
        .getLease();
  }

  private static boolean isAlive(long lease) throws Exception {
    return BareEtcd.answer(bare.client().getLeaseClient().timeToLive(lease, LeaseOption.DEFAULT))
            .getTTL()
        > 0;
  }

  @Test
  void aCampaignWhoseConnectionBreaksFailsAndLeavesNothingBehind() throws Exception {
    LeaderLease lease = otherElection.campaign(THEIRS);
    Campaigner ours = new Campaigner(election, OURS);
    Eventually.holds(
        "both take part", Duration.ofSeconds(5), () -> bare.withPrefix(prefix).size() == 2);

    network.cutConnections();

    assertThat(ours.failure(Duration.ofSeconds(5))).isInstanceOf(ElectionException.class);
    Eventually.holds("its key is gone", LEASE_AND_A_BIT, () -> bare.withPrefix(prefix).size() == 1);
    lease.resign();
    election.campaign(OURS).resign();
  }

  @Test
  void aCampaignWhoseLeaseWasRevokedWhileItWaitsFails() throws Exception {
    LeaderLease lease = otherElection.campaign(THEIRS);
    Campaigner ours = new Campaigner(election, OURS);
    Eventually.holds(
        "both take part", Duration.ofSeconds(5), () -> bare.withPrefix(prefix).size() == 2);

    BareEtcd.answer(bare.client().getLeaseClient().revoke(leaseOf(OURS)));

    assertThat(ours.failure(LEASE_AND_A_BIT))
        .isInstanceOf(ElectionException.class)
        .hasMessageContaining(OURS);
    lease.resign();
  }

  @Test
  void whenEtcdCannotBeReachedEveryStepSaysSo() throws Exception {
    network.cut();

    Eventually.holds(
        "a campaign fails",
        Duration.ofSeconds(5),
        () -> new Campaigner(election, OURS).failure(AT_ONCE) instanceof ElectionException);
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(election::leader)
        .withMessageContaining(network.address());
    assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(election::candidates);
    election.withdraw();
  }

  @Test
  void thereIsNoLeaderBeforeTheFirstCampaign() {
    assertThat(election.leader()).isEmpty();
  }
}
