package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ZooKeeper of three servers that loses one, or two. */
@Timeout(240)
final class EnsembleTest {

  private static final Bytes VALUE = Bytes.utf8("v");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ElectionTiming TIMING = ElectionTiming.REFERENCE;
  private static ZooKeeperServers servers;

  @BeforeAll
  static void startServers() {
    servers = ZooKeeperServers.start(3);
  }

  @AfterAll
  static void stopServers() {
    if (servers != null) {
      servers.close();
    }
  }

  private static ZooKeeperConnection connect(String root) {
    return ZooKeeperConnection.open(
        ZooKeepers.options(
            root, Duration.ofSeconds(6), Duration.ofSeconds(3), servers.addresses()));
  }

  @Test
  void givenAnyMemberDiesThenWritesGoOnAndNoneThatWasConfirmedIsLost() {
    try (ZooKeeperConnection connection = connect(ZooKeepers.freshRoot())) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      List<Bytes> confirmed = new ArrayList<>();
      // One of them leads, so that both kinds of loss come up.
      for (int member : List.of(servers.leader(), (servers.leader() + 1) % 3)) {
        servers.kill(member);
        writeUntilConfirmed(store, "after-" + member + "-" + confirmed.size() + "/", confirmed);
        servers.restart(member);
      }
      assertThat(keys(store)).containsAll(confirmed);
    }
  }

  private static void writeUntilConfirmed(
      KeyValueStore store, String prefix, List<Bytes> confirmed) {
    int before = confirmed.size();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 0; confirmed.size() < before + 30 && System.nanoTime() < end; i++) {
      Bytes key = Bytes.utf8(prefix + i);
      try {
        store.put(key, VALUE, Previous.DISCARD);
        confirmed.add(key);
      } catch (StoreException.Unavailable | StoreException.UnknownOutcome e) {
        assertThat(e.getMessage()).contains(prefix);
      }
    }
    assertThat(confirmed).hasSize(before + 30);
  }

  private static List<Bytes> keys(KeyValueStore store) {
    return Eventually.present(
        "a scan",
        PATIENCE,
        () ->
            Optional.of(
                store.range(KeyRange.all(), RangeOptions.ALL).kvs().stream()
                    .map(KeyValue::key)
                    .toList()));
  }

  @Test
  void givenTheQuorumIsLostThenNobodyLeadsAndNothingIsPromisedUntilItIsBack() throws Exception {
    String root = ZooKeepers.freshRoot();
    try (ZooKeeperConnection connection = connect(root)) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      ZooKeeperElection election = new ZooKeeperElection(connection, "", TIMING);
      LeaderLease lease = Eventually.present("a wins", PATIENCE, () -> Optional.of(win(election)));
      KeyValueStore fenced = store.fencedBy(lease.fence());
      fenced.put(Bytes.utf8("before"), VALUE, Previous.DISCARD);
      int one = servers.leader();
      int other = (one + 1) % 3;

      servers.kill(one);
      servers.kill(other);

      Eventually.holds(
          "the leader is in doubt", Duration.ofSeconds(20), () -> lease.fence().isSuspended());
      assertThat(outcome(() -> fenced.put(Bytes.utf8("without"), VALUE, Previous.DISCARD)))
          .isInstanceOfAny(StoreException.Unavailable.class, StoreException.UnknownOutcome.class);
      assertThat(outcome(() -> store.get(Bytes.utf8("before"))))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThat(outcome(election::leader)).isInstanceOf(StoreException.Unavailable.class);

      servers.relaunch(one);
      servers.restart(other);
      Eventually.holds(
          "reads work again", PATIENCE, () -> store.get(Bytes.utf8("before")).isPresent());
      Eventually.holds("the term is over", PATIENCE, () -> isLost(lease));
      LeaderLease again =
          Eventually.present("a wins again", PATIENCE, () -> Optional.of(win(election)));
      store.fencedBy(again.fence()).put(Bytes.utf8("afterwards"), VALUE, Previous.DISCARD);
      assertThat(outcome(() -> fenced.put(Bytes.utf8("late"), VALUE, Previous.DISCARD)))
          .isInstanceOf(StoreException.FencedOut.class);
      again.resign();
    }
  }

  @Test
  void givenTheLeadingMemberStandsStillThenWhatReadingSaidOfAnUnknownOutcomeStaysTrue() {
    try (ZooKeeperConnection connection = connect(ZooKeepers.freshRoot())) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      Eventually.holds("the store is there", PATIENCE, () -> keys(store).isEmpty());
      Map<Bytes, Boolean> told = new LinkedHashMap<>();
      int paused = servers.leader();
      servers.pause(paused);
      try {
        writeAndResolve(store, told);
      } finally {
        servers.resume(paused);
      }

      writeAndResolve(store, told);

      Eventually.holds("all three serve", PATIENCE, () -> !servers.mode(paused).isEmpty());
      List<Bytes> there = keys(store);
      told.forEach(
          (key, isThere) -> assertThat(there.contains(key)).as("%s", key).isEqualTo(isThere));
      assertThat(told).hasSizeGreaterThan(100).containsValue(true);
    }
  }

  /** Writes until fifty in a row are confirmed; whatever is not is read at once. */
  private static void writeAndResolve(KeyValueStore store, Map<Bytes, Boolean> told) {
    int inARow = 0;
    while (inARow < 50) {
      Bytes key = Bytes.utf8("w/%05d".formatted(told.size()));
      try {
        store.put(key, VALUE, Previous.DISCARD);
        told.put(key, true);
        inARow++;
      } catch (StoreException.Unavailable denied) {
        told.put(key, false);
        inARow = 0;
      } catch (StoreException.UnknownOutcome unknown) {
        told.put(key, read(store, key));
        inARow = 0;
      }
    }
  }

  private static boolean read(KeyValueStore store, Bytes key) {
    return Eventually.present(
        "an answer about " + key, PATIENCE, () -> Optional.of(store.get(key).isPresent()));
  }

  private static LeaderLease win(ZooKeeperElection election) throws InterruptedException {
    LeaderLease lease = election.campaign("a:3002");
    assertThat(lease.renew()).isEqualTo(Renewal.RENEWED);
    return lease;
  }

  private static boolean isLost(LeaderLease lease) throws InterruptedException {
    try {
      return lease.renew() == Renewal.LOST;
    } catch (ElectionException notYetKnown) {
      return false;
    }
  }

  private static Throwable outcome(Runnable call) {
    try {
      call.run();
      return new AssertionError("the call succeeded");
    } catch (StoreException e) {
      return e;
    }
  }
}
