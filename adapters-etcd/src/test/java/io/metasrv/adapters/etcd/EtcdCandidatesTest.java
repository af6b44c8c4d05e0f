package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.LeaseOption;
import io.metasrv.application.port.Candidate;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.testkit.server.EtcdServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of nodes that are alive, as the reference keeps it. */
@Timeout(60)
final class EtcdCandidatesTest {

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private static EtcdServer server;
  private static BareEtcd bare;
  private static EtcdConnection connection;
  private String root;
  private EtcdElection election;
  private EtcdElection other;

  @BeforeAll
  static void startServer() {
    server = EtcdServer.start();
    bare = new BareEtcd(server.endpoint());
    connection = EtcdConnection.open(Etcds.options(server.endpoint()));
  }

  @AfterAll
  static void stopServer() {
    if (bare != null) {
      bare.close();
    }
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void newCluster() {
    String prefix = "cluster" + PREFIXES.incrementAndGet() + "/";
    root = prefix + "__metasrv_election_candidates/";
    election = new EtcdElection(connection, prefix, ElectionTiming.REFERENCE);
    other = new EtcdElection(connection, prefix, ElectionTiming.REFERENCE);
  }

  @AfterEach
  void leave() {
    election.withdraw();
    other.withdraw();
  }

  private static Candidate node(String address, long memoryUsage) {
    return new Candidate(
        address,
        "1.1.4",
        "abc1234",
        1_732_350_000_000L,
        4000,
        8_589_934_592L,
        120,
        memoryUsage,
        "meta-0");
  }

  @Test
  void anAnnouncementIsTheReferencesRecordOnALeaseOfTenMinutes() throws Exception {
    election.announce(node("10.0.0.5:3002", 524_288_000));

    KeyValue record = bare.get(root + "10.0.0.5:3002").orElseThrow();
    assertThat(record.getValue().toString())
        .isEqualTo(
            "{\"addr\":\"10.0.0.5:3002\",\"version\":\"1.1.4\",\"git_commit\":\"abc1234\",\"start_time_ms\":1732350000000,"
                + "\"total_cpu_millicores\":4000,\"total_memory_bytes\":8589934592,\"cpu_usage_millicores\":120,"
                + "\"memory_usage_bytes\":524288000,\"hostname\":\"meta-0\"}");
    assertThat(
            BareEtcd.answer(
                    bare.client()
                        .getLeaseClient()
                        .timeToLive(record.getLease(), LeaseOption.DEFAULT))
                .getGrantedTTL())
        .isEqualTo(600);
  }

  @Test
  void anAnnouncementIsRenewedOnTheSameLeaseWithFreshNumbers() throws Exception {
    election.announce(node("10.0.0.5:3002", 1));
    long lease = bare.get(root + "10.0.0.5:3002").orElseThrow().getLease();

    election.announce(node("10.0.0.5:3002", 2));

    assertThat(bare.get(root + "10.0.0.5:3002").orElseThrow().getLease()).isEqualTo(lease);
    assertThat(election.candidates()).containsExactly(node("10.0.0.5:3002", 2));
  }

  @Test
  void anAnnouncementWhoseLeaseIsGoneIsMadeAnew() throws Exception {
    election.announce(node("10.0.0.5:3002", 1));
    long lease = bare.get(root + "10.0.0.5:3002").orElseThrow().getLease();
    BareEtcd.answer(bare.client().getLeaseClient().revoke(lease));
    assertThat(election.candidates()).isEmpty();

    election.announce(node("10.0.0.5:3002", 1));

    assertThat(election.candidates()).hasSize(1);
  }

  @Test
  void everybodySeesEverybodyByAddressUntilTheyWithdraw() throws Exception {
    election.announce(node("10.0.0.9:3002", 1));
    other.announce(node("10.0.0.10:3002", 2));

    assertThat(election.candidates())
        .extracting(Candidate::address)
        .containsExactly("10.0.0.10:3002", "10.0.0.9:3002");

    other.withdraw();
    assertThat(election.candidates()).containsExactly(node("10.0.0.9:3002", 1));
    other.withdraw();
    election.withdraw();
    assertThat(bare.withPrefix(root)).isEmpty();
  }

  @Test
  @DisplayName(
      "sheet 02 case 27: records without the optional numbers are read, broken ones left out")
  void recordsOfOlderVersionsAreReadAndBrokenOnesLeftOut() throws Exception {
    bare.put(
        root + "10.0.0.1:3002",
        "{\"addr\":\"10.0.0.1:3002\",\"version\":\"0.9\",\"git_commit\":\"x\",\"start_time_ms\":7}");
    bare.put(root + "10.0.0.2:3002", "{\"addr\":");
    bare.put(root + "10.0.0.3:3002", "");

    assertThat(election.candidates())
        .containsExactly(new Candidate("10.0.0.1:3002", "0.9", "x", 7, 0, 0, 0, 0, ""));
  }
}
