package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each member of a ZooKeeper of three takes and what it does not. */
@Timeout(240)
final class EnsembleMembersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
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

  /** What a session sent to the member it left may not take effect after it was read elsewhere. */
  @Test
  void givenASessionThatMovedToAnotherMemberThenWhatItStillSendsToTheFirstHasNoEffect()
      throws Exception {
    String node = "/moved";
    Deadline soon = Deadline.in(PATIENCE);
    ZooKeeper first = raw(0, Optional.empty());
    ZooKeeper moved = raw(1, Optional.of(first));
    try {
      Throwable outcome =
          catchThrowable(
              () -> {
                Optional<Requests.Refusal> refusal =
                    Requests.await(
                        Requests.multi(
                            first, List.of(Nodes.create(node, ZooDefs.Ids.OPEN_ACL_UNSAFE))),
                        soon);
                assertThat(refusal.map(Requests.Refusal::code))
                    .contains(KeeperException.Code.SESSIONMOVED);
              });

      if (outcome instanceof ZooKeeperCallException failure) {
        assertThat(failure.kind()).isEqualTo(ZooKeeperCallException.Kind.CONNECTION_LOST);
      } else {
        assertThat(outcome).isNull();
      }
      ZooKeeper onlooker = raw(2, Optional.empty());
      Requests.await(Requests.sync(onlooker, "/"), soon);
      assertThat(Requests.await(Requests.exists(onlooker, node), soon)).isFalse();
      onlooker.close();
    } finally {
      moved.close();
      first.close();
    }
  }

  /** A handle of the member alone; with the session of another, if given. */
  private static ZooKeeper raw(int member, Optional<ZooKeeper> of) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    Watcher watcher =
        event -> {
          if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
            connected.countDown();
          }
        };
    ZooKeeper handle =
        of.isPresent()
            ? new ZooKeeper(
                servers.address(member),
                20_000,
                watcher,
                of.get().getSessionId(),
                of.get().getSessionPasswd())
            : new ZooKeeper(servers.address(member), 20_000, watcher);
    assertThat(connected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return handle;
  }

  @Test
  void givenTransactionsAsLargeAsTheyGetThenEveryMemberTakesThemAndComesBackWithThem() {
    String root = ZooKeepers.freshRoot();
    List<KeyValue> expected = new ArrayList<>();
    try (ZooKeeperConnection connection =
        ZooKeeperConnection.open(ZooKeepers.options(root, servers.addresses()))) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      // All in their znodes; long keys of bytes that are no letters; partly moved out; one alone.
      expected.addAll(blobs("a", 128, 10, 6_800));
      expected.addAll(blobs("b", 128, 3000, 3_000));
      expected.addAll(blobs("c", 128, 10, 20_000));
      for (int i = 0; i < 3; i++) {
        store.txn(Txn.always(puts(expected.subList(128 * i, 128 * (i + 1)))));
      }
      expected.addAll(blobs("d", 1, 10, ZooKeeperStore.MAX_VALUE_BYTES));
      store.txn(Txn.always(puts(expected.subList(384, 385))));
    }
    for (int member = 0; member < 3; member++) {
      servers.kill(member);
      servers.restart(member);
      try (ZooKeeperConnection alone =
          ZooKeeperConnection.open(
              ZooKeepers.options(
                  root, Duration.ofSeconds(6), Duration.ofSeconds(20), servers.address(member)))) {
        ZooKeeperStore store = new ZooKeeperStore(alone, 128);
        assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs())
            .as("what member %d has", member)
            .isEqualTo(expected);
      }
    }
  }

  private static List<Op> puts(List<KeyValue> kvs) {
    return kvs.stream().<Op>map(kv -> new Op.Put(kv.key(), kv.value())).toList();
  }

  private static List<KeyValue> blobs(String prefix, int count, int keyBytes, int valueBytes) {
    SplittableRandom random = new SplittableRandom(valueBytes);
    List<KeyValue> kvs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] rest = new byte[keyBytes];
      byte[] value = new byte[valueBytes];
      random.nextBytes(rest);
      random.nextBytes(value);
      kvs.add(
          new KeyValue(
              Bytes.utf8("%s%03d".formatted(prefix, i)).concat(Bytes.wrap(rest)),
              Bytes.wrap(value)));
    }
    return kvs;
  }
}
