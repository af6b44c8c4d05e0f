package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage is reported, never passed off as content and never made worse. */
@Timeout(120)
final class DamagedStoreTest {

  private static final int KEYS = 300;

  @TempDir Path directory;

  private final SortedMap<String, String> content = new TreeMap<>();

  /** A store that was stopped in order: everything in files, the log empty. */
  private Path stopped = Path.of("");

  /** The same store as a kill would have left it: everything in the log. */
  private Path killed = Path.of("");

  @BeforeEach
  void writeBoth() throws IOException {
    stopped = directory.resolve("stopped");
    killed = directory.resolve("killed");
    try (EmbeddedStore store = EmbeddedStore.open(stopped)) {
      for (int i = 0; i < KEYS; i++) {
        String key = "key-%04d".formatted(i);
        String value = "value-" + i + "-" + "y".repeat(i % 50);
        content.put(key, value);
        Texts.put(store, key, value);
      }
      StoreFiles.copy(stopped, killed);
    }
  }

  @Test
  void givenAStoreStoppedInOrderThenItsLogIsEmptyAndItsContentInFiles() throws IOException {
    assertThat(Files.size(StoreFiles.log(stopped))).isZero();
    assertThat(StoreFiles.endingWith(stopped, ".sst")).isNotEmpty();
    assertThat(Files.size(StoreFiles.log(killed))).isGreaterThan(KEYS * 20L);
  }

  @Test
  void givenADamagedBlockWhenItIsReadThenItIsReportedAndNothingIsWrittenAnyMore()
      throws IOException {
    StoreFiles.damage(largestFile(stopped), 100);

    try (EmbeddedStore store = EmbeddedStore.open(stopped)) {
      assertThatExceptionOfType(StoreException.Corrupted.class)
          .isThrownBy(() -> Texts.get(store, "key-0001"))
          .withMessageContaining(stopped.toString())
          .withMessageContaining("restore a checkpoint");
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> Texts.put(store, "new", "value"))
          .withMessageContaining("damaged");
    }
  }

  @Test
  void givenADamagedBlockWhenTheChecksumsAreVerifiedThenItIsFoundWithoutBeingRead()
      throws IOException {
    StoreFiles.damage(largestFile(stopped), 100);

    try (EmbeddedStore store = EmbeddedStore.open(stopped)) {
      assertThatExceptionOfType(StoreException.Corrupted.class).isThrownBy(store::verifyChecksums);
    }
    try (EmbeddedStore store = EmbeddedStore.open(killed)) {
      store.verifyChecksums();
      assertThat(Texts.content(store)).isEqualTo(content);
    }
  }

  @Test
  void givenADamagedLogWhenOpenedThenItIsRefusedAndNotChanged() throws IOException {
    Path log = StoreFiles.log(killed);
    StoreFiles.damage(log, Files.size(log) / 2);
    SortedMap<String, ByteBuffer> before = StoreFiles.data(killed);

    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(killed))
        .withMessageContaining(killed.toString())
        .withMessageContaining("Opening the embedded store")
        .withMessageContaining("damaged log CUT");
    assertThat(StoreFiles.data(killed)).isEqualTo(before);
  }

  @Test
  void givenADamagedLogWhenTheOperatorChoosesToCutItThenWhatComesBeforeTheDamageIsKept()
      throws IOException {
    Path log = StoreFiles.log(killed);
    StoreFiles.damage(log, Files.size(log) / 2);

    try (EmbeddedStore store =
        EmbeddedStore.open(killed, EmbeddedOptions.DEFAULT.withDamagedLog(DamagedLog.CUT))) {
      SortedMap<String, String> kept = Texts.content(store);
      assertThat(kept.size()).isBetween(KEYS / 4, KEYS * 3 / 4);
      assertThat(kept).isEqualTo(content.headMap("key-%04d".formatted(kept.size())));
    }
    try (EmbeddedStore store = EmbeddedStore.open(killed)) {
      assertThat(Texts.content(store)).isNotEmpty();
    }
  }

  @Test
  void givenAMissingFileWhenOpenedThenItIsRefusedAndNotChanged() throws IOException {
    Files.delete(largestFile(stopped));
    assertRefusedUnchanged(stopped);
  }

  @Test
  void givenATruncatedFileWhenOpenedThenItIsRefusedAndNotChanged() throws IOException {
    Path file = largestFile(stopped);
    StoreFiles.truncate(file, Files.size(file) - 10);
    assertRefusedUnchanged(stopped);
  }

  @Test
  void givenAStoreWithoutItsCurrentFileWhenOpenedThenNoNewOneIsCreatedOverIt() throws IOException {
    Files.delete(stopped.resolve("CURRENT"));
    assertRefusedUnchanged(stopped);
  }

  @Test
  void givenADamagedManifestWhenOpenedThenItIsRefusedAndNotChanged() throws IOException {
    Path manifest =
        StoreFiles.list(stopped).stream()
            .filter(file -> file.toString().contains("MANIFEST-"))
            .findFirst()
            .orElseThrow();
    StoreFiles.damage(manifest, Files.size(manifest) / 2);
    assertRefusedUnchanged(stopped);
  }

  @Test
  void givenAnyByteOfAStoppedStoreDamagedThenItIsReportedOrDoesNotMatterButIsNeverReadAsContent()
      throws IOException {
    Random random = new Random(11);
    int reported = 0;
    for (int round = 0; round < 60; round++) {
      Path copy = directory.resolve("copy-" + round);
      StoreFiles.copy(stopped, copy);
      var files =
          StoreFiles.list(copy).stream()
              .filter(file -> StoreFiles.holdsData(file) && file.toFile().length() > 0)
              .toList();
      Path file = files.get(random.nextInt(files.size()));
      long position = random.nextLong(Files.size(file));
      StoreFiles.damage(file, position);
      try (EmbeddedStore store = EmbeddedStore.open(copy)) {
        assertThat(Texts.content(store)).as("byte %d of %s", position, file).isEqualTo(content);
      } catch (StoreException.Corrupted | StoreException.Unavailable e) {
        reported++;
        assertThat(e).as("byte %d of %s", position, file).hasMessageContaining(copy.toString());
      }
    }
    assertThat(reported).isGreaterThan(5);
  }

  private static void assertRefusedUnchanged(Path store) throws IOException {
    SortedMap<String, ByteBuffer> before = StoreFiles.data(store);
    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(store))
        .withMessageContaining(store.toString());
    assertThat(StoreFiles.data(store)).isEqualTo(before);
  }

  private static Path largestFile(Path store) throws IOException {
    Path largest = StoreFiles.endingWith(store, ".sst").getFirst();
    for (Path file : StoreFiles.endingWith(store, ".sst")) {
      if (Files.size(file) > Files.size(largest)) {
        largest = file;
      }
    }
    return largest;
  }
}
