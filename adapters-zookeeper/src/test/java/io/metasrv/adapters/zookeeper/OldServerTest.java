package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.ZooKeeperServers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ZooKeeper that is too old: the build fetches a 3.5 for this. */
@Timeout(120)
final class OldServerTest {

  private static ZooKeeperServers.Program old() throws Exception {
    try (Stream<Path> jars = Files.list(Path.of("target", "old-server"))) {
      String old = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      assertThat(old).contains("zookeeper-3.5");
      return new ZooKeeperServers.Program(
          old + File.pathSeparator + System.getProperty("java.class.path"),
          List.of("-Dzookeeper.jmx.log4j.disable=true"));
    }
  }

  @Test
  void givenAServerBefore36ThenItIsRefusedAtTheStartAndTheMessageSaysWhichToUse() throws Exception {
    try (ZooKeeperServers servers = ZooKeeperServers.start(1, Map.of(), old());
        ZooKeeperConnection connection =
            ZooKeeperConnection.open(
                ZooKeepers.options(
                    "/old", Duration.ofSeconds(6), Duration.ofSeconds(10), servers.address(0)))) {
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(connection::awaitReady)
          .withMessageContaining("older than 3.6")
          .withMessageContaining("use 3.6 or newer")
          .withMessageContaining(servers.address(0));
    }
  }
}
