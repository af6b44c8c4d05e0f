package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.SmallDisk;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk of a ZooKeeper runs full. The server ends itself then; what it acknowledged is there
 * once it has room and is started again.
 */
@Timeout(180)
final class FullDiskTest {

  private static final int VALUE_BYTES = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void onAFullDiskWritesFailAndSaySoAndNothingAcknowledgedIsLost() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(16);
        ZooKeeperServers server =
            ZooKeeperServers.start(disk, Map.of("preAllocSize", "64", "forceSync", "yes"));
        ZooKeeperConnection connection =
            ZooKeeperConnection.open(
                ZooKeepers.options(
                    "/full", Duration.ofSeconds(6), Duration.ofSeconds(3), server.address(0)))) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      Map<Bytes, Bytes> acknowledged = new LinkedHashMap<>();
      store.put(Bytes.utf8("early"), Bytes.utf8("value"), Previous.DISCARD);
      acknowledged.put(Bytes.utf8("early"), Bytes.utf8("value"));
      disk.fill();

      StoreException failure = writeUntilItFails(store, acknowledged);

      assertThat(failure).isInstanceOf(StoreException.UnknownOutcome.class);
      Bytes failed = key(acknowledged.size());
      Eventually.holds("the server ended itself", PATIENCE, () -> !server.isRunning(0));

      disk.free();
      server.restart(0);
      Map<Bytes, Bytes> found =
          Eventually.present("a scan", PATIENCE, () -> java.util.Optional.of(scan(store)));
      found.remove(failed);
      assertThat(found).isEqualTo(acknowledged);
      store.put(failed, Bytes.utf8("at last"), Previous.DISCARD);
      assertThat(store.get(failed)).contains(Bytes.utf8("at last"));
    }
  }

  private static Bytes key(int number) {
    return Bytes.utf8("filling/%03d".formatted(number));
  }

  private static StoreException writeUntilItFails(
      ZooKeeperStore store, Map<Bytes, Bytes> acknowledged) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 400; i++) {
      byte[] content = new byte[VALUE_BYTES];
      random.nextBytes(content);
      Bytes key = key(acknowledged.size());
      try {
        store.put(key, Bytes.wrap(content), Previous.DISCARD);
        acknowledged.put(key, Bytes.wrap(content));
      } catch (StoreException failure) {
        return failure;
      }
    }
    throw new AssertionError("the disk does not run full");
  }

  private static Map<Bytes, Bytes> scan(ZooKeeperStore store) {
    Map<Bytes, Bytes> found = new LinkedHashMap<>();
    for (KeyValue kv : store.range(KeyRange.all(), RangeOptions.ALL).kvs()) {
      found.put(kv.key(), kv.value());
    }
    return found;
  }
}
