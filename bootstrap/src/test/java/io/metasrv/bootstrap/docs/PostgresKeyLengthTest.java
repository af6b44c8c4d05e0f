package io.metasrv.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.server.OpenStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.DatabaseServer;
import io.metasrv.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/backends.md} says of long keys on PostgreSQL. */
class PostgresKeyLengthTest {

  /** A third of an index page, less what stands before the key. */
  private static final int LONGEST_OF_ANY_KIND = 2_692;

  @TempDir private Path directory;

  @Test
  void givenLongKeysThenThoseThatDoNotShrinkEndAt2692BytesAndTheRefusalWritesNothing()
      throws Exception {
    try (DatabaseServer server = PostgresServer.start();
        OpenStore open = open(server)) {
      KeyValueStore store = open.store();
      Bytes value = Bytes.utf8("value");
      store.put(random(LONGEST_OF_ANY_KIND), value, Previous.DISCARD);
      Bytes shrinks = Bytes.wrap(new byte[KeyValueStore.MAX_KEY_BYTES]);
      store.put(shrinks, value, Previous.DISCARD);

      Bytes tooLong = random(LONGEST_OF_ANY_KIND + 8);
      assertThatThrownBy(() -> store.put(tooLong, value, Previous.DISCARD))
          .isInstanceOf(StoreException.class)
          .isNotInstanceOf(StoreException.UnknownOutcome.class)
          .hasMessageContaining("index row size");

      assertThat(store.get(tooLong)).isEmpty();
      assertThat(store.get(random(LONGEST_OF_ANY_KIND))).contains(value);
      assertThat(store.get(shrinks)).contains(value);
    }
  }

  private static Bytes random(int size) {
    byte[] key = new byte[size];
    new Random(size).nextBytes(key);
    return Bytes.wrap(key);
  }

  private OpenStore open(DatabaseServer server) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("metasrv.toml"),
            "backend = \"postgres_store\"\nstore_addrs = [\"postgresql://%s:%s@%s:%d/%s\"]\n"
                .formatted(
                    DatabaseServer.USER,
                    DatabaseServer.ESCAPED_PASSWORD,
                    server.host(),
                    server.port(),
                    DatabaseServer.DATABASE));
    return OpenStore.open(ConfigLoader.load(ConfigSources.none().withFile(file)).options());
  }
}
