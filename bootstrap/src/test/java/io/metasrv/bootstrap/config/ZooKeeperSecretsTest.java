package io.metasrv.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /config} shows of a login at ZooKeeper. */
final class ZooKeeperSecretsTest {

  /** Both marks, so that a leak of a part is noticed as well. */
  private static final String PASSWORD = "Q7xQ@:/%41%#?& '=ü日;,+$`{}[]<>|W3zW";

  @Test
  void thePasswordIsReadFromTheFileAndShownNowhere(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("metasrv.toml");
    Files.writeString(
        file,
        """
        backend = "zookeeper_store"
        store_addrs = ["127.0.0.1:2181"]
        [zookeeper]
        auth = "digest"
        user = "metasrv"
        password = "%s"
        acl = "creator"
        """
            .formatted(PASSWORD));

    EffectiveConfig config = ConfigLoader.load(ConfigSources.none().withFile(file));

    assertThat(config.options().store().zookeeper().password().value()).isEqualTo(PASSWORD);
    assertThat(config.toToml()).contains("user = \"metasrv\"");
    for (String shown : new String[] {config.toToml(), config.options().toString()}) {
      assertThat(shown).doesNotContain("Q7xQ").doesNotContain("W3zW");
    }
  }
}
