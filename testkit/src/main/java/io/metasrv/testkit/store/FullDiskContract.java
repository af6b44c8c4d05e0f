package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.SmallDisk;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk of a database server runs full: writes fail and say so, reads go on, nothing that was
 * acknowledged is damaged, and once there is room again the same store writes again.
 */
@Timeout(300)
public abstract class FullDiskContract {

  /** More than a server at rest needs, little enough to be filled soon. */
  private static final int DISK_MEGABYTES = 400;

  private static final int SMALL = 1_000;
  private static final int LARGE = 64 << 10;

  /** Ten times what a server keeps in reserve in its files, in bytes. */
  private static final int MOST_WRITTEN = 100 << 20;

  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /** Starts a server with its data on that disk. */
  protected abstract DatabaseServer start(SmallDisk disk);

  /** Opens a store on it. */
  protected abstract DatabaseFaults.Client open(DatabaseServer server);

  private interface Story {
    void tell(SmallDisk disk, KeyValueStore store);
  }

  private void onSmallDisk(Story story) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(DISK_MEGABYTES);
        DatabaseServer server = start(disk)) {
      DatabaseFaults.Client client = open(server);
      try (AutoCloseable connections = client.connections()) {
        assertThat(connections).isNotNull();
        story.tell(disk, client.store());
      }
    }
  }

  @Test
  void onAFullDiskWritesSaySoAndReadsGoOnAndLaterWritesDo() throws Exception {
    onSmallDisk(
        (disk, store) -> {
          Map<Bytes, Bytes> acknowledged = new TreeMap<>();
          disk.fill();

          StoreException refusal = writeUntilRefused(store, acknowledged, SMALL);

          assertThat(refusal)
              .isInstanceOf(StoreException.Unavailable.class)
              .hasMessageContaining("no space left")
              .hasMessageContaining("nothing was changed");
          assertThat(refusal.isRetryable()).isTrue();
          assertHolds(store, acknowledged);
          assertThat(store.get(key(acknowledged.size()))).as("what was refused").isEmpty();
          assertWritesOnceThereIsRoom(disk, store, acknowledged);
        });
  }

  /** MySQL 8.0 says nothing to a large value until there is room again (seen with 8.0.15). */
  @Test
  void onAFullDiskALargeWriteEndsInItsTimeAndNothingIsDamaged() throws Exception {
    onSmallDisk(
        (disk, store) -> {
          Map<Bytes, Bytes> acknowledged = new TreeMap<>();
          store.put(key(0), bytes("early"), Previous.DISCARD);
          acknowledged.put(key(0), bytes("early"));
          disk.fill();

          StoreException refusal = writeUntilRefused(store, acknowledged, LARGE);

          assertThat(refusal).isInstanceOf(StoreException.Unavailable.class);
          assertThat(String.valueOf(refusal.getMessage()))
              .containsAnyOf("no space left", "no answer within")
              .contains("nothing was changed");
          assertWritesOnceThereIsRoom(disk, store, acknowledged);
        });
  }

  private static void assertWritesOnceThereIsRoom(
      SmallDisk disk, KeyValueStore store, Map<Bytes, Bytes> acknowledged) {
    Bytes refused = key(acknowledged.size());
    disk.free();
    Eventually.holds(
        "the store writes again",
        RECOVERY,
        () -> {
          store.put(refused, bytes("at last"), Previous.DISCARD);
          return true;
        });
    acknowledged.put(refused, bytes("at last"));
    assertHolds(store, acknowledged);
  }

  private static Bytes key(int number) {
    return bytes("filling/%05d".formatted(number));
  }

  private static StoreException writeUntilRefused(
      KeyValueStore store, Map<Bytes, Bytes> acknowledged, int valueBytes) {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < MOST_WRITTEN / valueBytes; i++) {
      byte[] content = new byte[valueBytes];
      random.nextBytes(content);
      Bytes key = key(acknowledged.size());
      try {
        store.put(key, Bytes.wrap(content), Previous.DISCARD);
        acknowledged.put(key, Bytes.wrap(content));
      } catch (StoreException refused) {
        return refused;
      }
    }
    throw new AssertionError("the disk does not run full");
  }

  private static void assertHolds(KeyValueStore store, Map<Bytes, Bytes> acknowledged) {
    acknowledged.forEach((key, value) -> assertThat(store.get(key)).as("%s", key).contains(value));
  }
}
