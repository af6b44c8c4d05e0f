package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The servers end the session of a store that is in use. */
@Timeout(120)
final class SessionExpiryTest {

  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes VALUE = Bytes.utf8("value");
  private static final int EXPIRIES = 5;
  private static InProcessZooKeeper server;

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

  /** As if it had been silent for too long. */
  static void expire(ZooKeeper session, String address) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper twin =
        new ZooKeeper(
            address,
            session.getSessionTimeout(),
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            },
            session.getSessionId(),
            session.getSessionPasswd());
    assertThat(connected.await(20, TimeUnit.SECONDS)).as("taken over").isTrue();
    twin.close();
  }

  @Test
  void givenTheSessionExpiresAgainAndAgainWhileManyCallThenAllGoOnOnTheNextOne() throws Exception {
    try (ZooKeeperConnection connection =
        ZooKeeperConnection.open(ZooKeepers.options(ZooKeepers.freshRoot(), server.address()))) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      store.put(KEY, VALUE, Previous.DISCARD);
      Bytes end = Bytes.utf8("end");
      ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(clients.submit(() -> callUntil(store, end)));
      }

      for (int i = 0; i < EXPIRIES; i++) {
        // Each session is of some use first.
        assertThat(store.range(KeyRange.single(KEY), RangeOptions.ALL).kvs()).hasSize(1);
        ZooKeeperSession session = connection.connected(Deadline.in(Duration.ofSeconds(20)));
        expire(session.handle(), server.address());
        Eventually.holds("it is over", Duration.ofSeconds(20), session::isOver);
      }
      store.put(end, VALUE, Previous.DISCARD);

      for (Future<Integer> client : calls) {
        assertThat(client.get(40, TimeUnit.SECONDS)).isPositive();
      }
      clients.shutdownNow();
    }
  }

  private static int callUntil(ZooKeeperStore store, Bytes end) {
    int calls = 0;
    do {
      assertThat(store.range(KeyRange.single(KEY), RangeOptions.ALL).kvs()).hasSize(1);
      write(store);
      calls++;
    } while (store.get(end).isEmpty());
    return calls;
  }

  private static void write(ZooKeeperStore store) {
    try {
      store.put(KEY, VALUE, Previous.DISCARD);
    } catch (StoreException.Unavailable | StoreException.UnknownOutcome sessionEnded) {
      assertThat(sessionEnded.getMessage()).contains("Put of key 'key'");
    }
  }
}
