package io.metasrv.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
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
    try (SecuredEtcd etcd = SecuredEtcd.start(3, directory, "http");
        EtcdConnection connection =
            EtcdConnection.open(Etcds.options(etcd.endpoints().toArray(String[]::new)))) {
      EtcdElection election = new EtcdElection(connection, "", ElectionTiming.REFERENCE);
      LeaderLease lease = election.campaign("n1:3002");
      assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      KeyValueStore store = new EtcdStore(connection, 128).fencedBy(lease.fence());

      for (int member = 0; member < 3; member++) {
        etcd.kill(member);
        List<Bytes> confirmed = writeForAWhile(store, lease, "after" + member + "/");
        assertThat(confirmed).hasSizeGreaterThan(50);
        for (Bytes key : confirmed) {
          assertThat(store.get(key)).contains(VALUE);
        }
        etcd.restart(member);
      }
      lease.resign();
    }
  }

  /** Writes until the cluster has surely elected anew, keeping the lease, with two seconds each. */
  private static List<Bytes> writeForAWhile(
      KeyValueStore store, LeaderLease lease, String prefix) throws InterruptedException {
    List<Bytes> confirmed = new ArrayList<>();
    long start = System.nanoTime();
    long renewed = start;
    for (int i = 0; System.nanoTime() - start < Duration.ofSeconds(4).toNanos(); i++) {
      Bytes key = Bytes.utf8(prefix + i);
      try {
        store.put(key, VALUE, Previous.DISCARD);
        confirmed.add(key);
      } catch (StoreException.Unavailable | StoreException.UnknownOutcome e) {
        assertThat(e.getMessage()).contains(prefix);
      }
      if (System.nanoTime() - renewed > Duration.ofSeconds(1).toNanos()) {
        renewed = System.nanoTime();
        assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
      }
    }
    return confirmed;
  }
}
