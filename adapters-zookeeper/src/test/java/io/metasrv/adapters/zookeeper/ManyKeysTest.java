package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.RangeResult;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As many keys as a very large cluster has, on a server with default limits. */
@Tag("long")
final class ManyKeysTest {

  private static final Logger LOG = LoggerFactory.getLogger(ManyKeysTest.class);
  private static final int KEYS = 1_000_000;
  private static final int PER_FAMILY = 100_000;

  private static Bytes key(int number) {
    return Bytes.utf8("__family_%02d/%08d".formatted(number / PER_FAMILY, number % PER_FAMILY));
  }

  @Test
  @Timeout(1800)
  void aMillionKeysAreWrittenScannedByPrefixInOrderAndFoundAgainByANewConnection()
      throws Exception {
    try (ZooKeeperServers server =
        ZooKeeperServers.start(
            1, Map.of("snapCount", "1000000"), ZooKeeperServers.Program.ours("-Xmx2500m"))) {
      String root = ZooKeepers.freshRoot();
      try (ZooKeeperConnection connection = connect(root, server)) {
        ZooKeeperStore store = new ZooKeeperStore(connection, 128);
        long start = System.nanoTime();
        load(store);
        report("write of a million keys", start);
      }
      try (ZooKeeperConnection connection = connect(root, server)) {
        ZooKeeperStore store = new ZooKeeperStore(connection, 128);
        long heapBefore = heap();
        long start = System.nanoTime();
        RangeResult first = store.range(KeyRange.all(), RangeOptions.limit(1));
        report("first range of a new connection, index and all", start);
        assertThat(first.kvs()).containsExactly(new KeyValue(key(0), Bytes.of(0)));
        LOG.warn("heap: {} MB before the index, {} MB with it", heapBefore, heap());

        start = System.nanoTime();
        assertFamily(store, 7);
        report("scan of a prefix of 100,000 keys with values", start);

        start = System.nanoTime();
        assertThat(store.range(KeyRange.all(), RangeOptions.ALL.onlyKeys()).kvs()).hasSize(KEYS);
        report("all keys without values", start);

        start = System.nanoTime();
        assertThat(
                store
                    .range(KeyRange.prefix(Bytes.utf8("__family_03/000012")), RangeOptions.ALL)
                    .kvs())
            .hasSize(100);
        report("scan of a prefix of 100 keys with values", start);
      }
    }
  }

  /** One writer a family, so that pauses for answers overlap. */
  private static void load(ZooKeeperStore store) throws Exception {
    ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<?>> running = new ArrayList<>();
    for (int family = 0; family < KEYS / PER_FAMILY; family++) {
      int first = family * PER_FAMILY;
      running.add(writers.submit(() -> load(store, first)));
    }
    for (Future<?> writer : running) {
      writer.get(20, TimeUnit.MINUTES);
    }
    writers.shutdown();
  }

  private static void load(ZooKeeperStore store, int first) {
    for (int from = first; from < first + PER_FAMILY; from += 1280) {
      List<KeyValue> kvs = new ArrayList<>();
      for (int i = from; i < Math.min(first + PER_FAMILY, from + 1280); i++) {
        kvs.add(new KeyValue(key(i), Bytes.of(i & 0xff)));
      }
      store.batchPut(kvs, Previous.DISCARD);
    }
  }

  /** Megabytes in use that are needed. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  private static void assertFamily(ZooKeeperStore store, int family) {
    AtomicReference<Integer> next = new AtomicReference<>(family * PER_FAMILY);
    RangePager.pairs(store, KeyRange.prefix(Bytes.utf8("__family_%02d/".formatted(family))))
        .forEachPair(
            kv -> {
              int number = next.get();
              assertThat(kv).isEqualTo(new KeyValue(key(number), Bytes.of(number & 0xff)));
              next.set(number + 1);
            });
    assertThat(next.get()).isEqualTo((family + 1) * PER_FAMILY);
  }

  private static ZooKeeperConnection connect(String root, ZooKeeperServers server) {
    ZooKeeperConnection connection =
        ZooKeeperConnection.open(ZooKeepers.options(root, server.address(0)));
    Eventually.holds(
        "connected",
        Duration.ofSeconds(30),
        () -> {
          connection.awaitReady();
          return true;
        });
    return connection;
  }

  private static void report(String what, long start) {
    LOG.warn("{}: {} ms", what, (System.nanoTime() - start) / 1_000_000);
  }
}
