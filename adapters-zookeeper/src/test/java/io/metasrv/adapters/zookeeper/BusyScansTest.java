package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranges while others write in them. */
@Timeout(120)
final class BusyScansTest {

  private static final int PAIRS = 100;
  private static InProcessZooKeeper server;

  private ZooKeeperConnection connection;
  private ZooKeeperStore store;

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
  void connect() {
    connection =
        ZooKeeperConnection.open(ZooKeepers.options(ZooKeepers.freshRoot(), server.address()));
    store = new ZooKeeperStore(connection, 128);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  private static Bytes left(int number) {
    return Bytes.utf8("left/%03d".formatted(number));
  }

  private static Bytes right(int number) {
    return Bytes.utf8("right/%03d".formatted(number));
  }

  /** Both or none, always the same on both sides. */
  private void writePair(int number, long value) {
    Bytes content = Bytes.utf8(Long.toString(value));
    store.txn(
        Txn.always(
            value % 5 == 0
                ? List.of(new Op.Delete(left(number)), new Op.Delete(right(number)))
                : List.of(new Op.Put(left(number), content), new Op.Put(right(number), content))));
  }

  @Test
  void whileManyWriteInARangeEveryScanEndsAndShowsOneMoment() throws Exception {
    AtomicBoolean scanning = new AtomicBoolean(true);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<Long>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int first = i;
      writers.add(
          threads.submit(
              () -> {
                long written = 0;
                while (scanning.get()) {
                  writePair((first + 8 * (int) (written % 12)) % PAIRS, ++written);
                }
                return written;
              }));
    }

    for (int i = 0; i < 60; i++) {
      List<KeyValue> all = store.range(KeyRange.all(), RangeOptions.ALL).kvs();
      assertThat(side(all, "left/")).as("scan %d", i).isEqualTo(side(all, "right/"));
    }
    scanning.set(false);

    for (Future<Long> writer : writers) {
      assertThat(writer.get(30, TimeUnit.SECONDS)).isPositive();
    }
    threads.shutdown();
  }

  /** Number and value of that side, in order. */
  private static List<String> side(List<KeyValue> all, String prefix) {
    return all.stream()
        .filter(kv -> kv.key().startsWith(Bytes.utf8(prefix)))
        .map(kv -> kv.key().substring(prefix.length()) + "=" + kv.value())
        .toList();
  }

  @Test
  void whatOthersPutBeneathAKeyIsNoKey() throws Exception {
    Bytes key = Bytes.utf8("key");
    store.put(key, Bytes.utf8("v"), Previous.DISCARD);
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(1);
    Deadline soon = Deadline.in(java.time.Duration.ofSeconds(20));
    String foreign = connection.layout().key(key) + "/foreign";

    assertThat(
            Requests.await(
                Requests.multi(
                    connection.connected(soon).handle(),
                    List.of(Nodes.create(foreign, connection.acl()))),
                soon))
        .isEmpty();

    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs())
        .containsExactly(new KeyValue(key, Bytes.utf8("v")));
  }
}
