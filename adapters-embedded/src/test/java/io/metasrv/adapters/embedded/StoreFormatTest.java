package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

@Timeout(60)
final class StoreFormatTest {

  @TempDir Path directory;

  @Test
  void givenAFreshStoreThenItSaysWhatItIsAndSinceWhen() {
    EmbeddedStore.open(directory).close();

    try (RocksEngine engine = engine()) {
      assertThat(engine.internal("format")).contains("metasrv-embedded/1");
      assertThat(engine.internal("created_at").map(Instant::parse)).isPresent();
    }
  }

  @Test
  void givenAStoreOfANewerFormatWhenOpenedThenItIsRefusedAndTheErrorNamesBothFormats() {
    EmbeddedStore.open(directory).close();
    rewriteInternal("format", "metasrv-embedded/2");

    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(directory))
        .withMessageContaining("format 2")
        .withMessageContaining("reads format 1")
        .withMessageContaining(directory.toString());
  }

  @Test
  void givenAFormatMarkOrTermThatCannotBeReadWhenOpenedThenTheStoreIsRefused() {
    EmbeddedStore.open(directory).close();
    rewriteInternal("format", "something else");
    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(directory))
        .withMessageContaining("something else");

    rewriteInternal("format", "metasrv-embedded/1");
    rewriteInternal("term", "seven");
    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(directory))
        .withMessageContaining("seven");
  }

  @Test
  void givenADatabaseOfSomebodyElseWhenOpenedThenItIsRefused() throws Exception {
    RocksLibrary.load();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB foreign = RocksDB.open(options, directory.toString())) {
      foreign.put(bytes("their key"), bytes("their value"));
    }
    SortedMap<String, ByteBuffer> before = StoreFiles.data(directory);

    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(directory))
        .withMessageContaining("another system")
        .withMessageContaining(directory.toString());
    assertThat(StoreFiles.data(directory)).isEqualTo(before);
  }

  @Test
  void givenAStoreThatLostItsMarkWhenOpenedThenItIsRefused() {
    try (RocksEngine engine = engine()) {
      PendingWrites writes = new PendingWrites(engine.latest());
      writes.put(Bytes.utf8("k"), Bytes.utf8("v"));
      engine.commit(writes, Map.of());
    }
    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> EmbeddedStore.open(directory))
        .withMessageContaining("no format mark")
        .withMessageContaining(directory.toString());
  }

  @Test
  void givenAValueInAnUnknownFormatWhenReadThenItIsReportedWithItsKey() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.open(directory)) {
      Texts.put(store, "k", "v");
    }
    assertThat(ValueFormat.encode(Bytes.utf8("v"))).containsExactly(0, 'v');
    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> ValueFormat.decode(bytes("some-key"), new byte[] {9, 'v'}))
        .withMessageContaining("some-key")
        .withMessageContaining("format byte 9");
    assertThatExceptionOfType(StoreException.Corrupted.class)
        .isThrownBy(() -> ValueFormat.decode(bytes("some-key"), new byte[0]))
        .withMessageContaining("none");
  }

  private void rewriteInternal(String name, String text) {
    try (RocksEngine engine = engine()) {
      engine.commit(new PendingWrites(engine.latest()), Map.of(name, text));
    }
  }

  private RocksEngine engine() {
    return RocksEngine.open(directory, EmbeddedOptions.DEFAULT, tuning -> {});
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
