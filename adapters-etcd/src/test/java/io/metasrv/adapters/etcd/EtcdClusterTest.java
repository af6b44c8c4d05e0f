package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An etcd of three members that loses one. */
@Timeout(120)
final class EtcdClusterTest {

  private static final Bytes VALUE = Bytes.utf8("v");

  @TempDir Path directory;

  @Test
  void givenAMemberDiesThenTheTermGoesOnAndNoWriteThatWasConfirmedIsLost() throws Exception {
    try (EtcdMembers etcd = EtcdMembers.start(3, directory, "http");
        EtcdConnection forElection = open(etcd);
        EtcdConnection forStore = open(etcd)) {
      LeaderLease lease = won(forElection);
      KeyValueStore store = new EtcdStore(forStore, 128).fencedBy(lease.fence());

      // One of the three leads the cluster when it dies, so that all kinds of failure come up.
      for (int member = 0; member < 3; member++) {
        etcd.kill(member);
        List<Bytes> confirmed =
            writeFor(Duration.ofSeconds(6), store, lease, "after" + member + "/");
        assertThat(confirmed).hasSizeGreaterThan(50);
        for (Bytes key : confirmed) {
          assertThat(store.get(key)).contains(VALUE);
        }
        etcd.restart(member);
      }
      lease.resign();
    }
  }

  @Test
  void givenAMemberStandsStillThenEveryRenewalAndEveryReadSucceedsAllTheSame() throws Exception {
    try (EtcdMembers etcd = EtcdMembers.start(3, directory, "http");
        EtcdConnection forElection = open(etcd);
        EtcdConnection forStore = open(etcd)) {
      LeaderLease lease = won(forElection);
      EtcdStore store = new EtcdStore(forStore, 128);
      store.put(Bytes.utf8("k"), VALUE, Previous.DISCARD);
      int follower = etcd.followerIndex();

      etcd.pause(follower);
      try {
        for (int i = 0; i < 8; i++) {
          assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
          assertThat(store.get(Bytes.utf8("k"))).contains(VALUE);
        }
      } finally {
        etcd.resume(follower);
      }
      lease.resign();
    }
  }

  private static EtcdConnection open(EtcdMembers etcd) {
    return EtcdConnection.open(
        Etcds.options(Duration.ofSeconds(2), etcd.endpoints().toArray(String[]::new)));
  }

  private static LeaderLease won(EtcdConnection connection) throws InterruptedException {
    LeaderLease lease =
        new EtcdElection(connection, "", ElectionTiming.REFERENCE).campaign("n1:3002");
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    return lease;
  }

  /** Writes one key after the other, and keeps the lease as the application would. */
  private static List<Bytes> writeFor(
      Duration time, KeyValueStore store, LeaderLease lease, String prefix)
      throws InterruptedException {
    List<Bytes> confirmed = new ArrayList<>();
    long start = System.nanoTime();
    long renewed = start;
    for (int i = 0; System.nanoTime() - start < time.toNanos(); i++) {
      Bytes key = Bytes.utf8(prefix + i);
      try {
        store.put(key, VALUE, Previous.DISCARD);
        confirmed.add(key);
      } catch (StoreException.Unavailable | StoreException.UnknownOutcome e) {
        assertThat(e.getMessage()).contains(prefix);
      }
      if (System.nanoTime() - renewed > Duration.ofSeconds(1).toNanos()) {
        renewed = System.nanoTime();
        tryToRenew(lease);
      }
    }
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    return confirmed;
  }

  private static void tryToRenew(LeaderLease lease) throws InterruptedException {
    try {
      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    } catch (ElectionException e) {
      // The members elect; what counts is that the term is not lost.
      assertThat(e).hasMessageContaining("n1:3002");
    }
  }
}
