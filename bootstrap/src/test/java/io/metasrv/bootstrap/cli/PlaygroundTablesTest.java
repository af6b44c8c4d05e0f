package io.metasrv.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.bootstrap.ctl.Ctl;
import io.metasrv.bootstrap.ctl.RunningServer;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.testkit.server.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaygroundTablesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void aSecondStartOnTheSameDataFindsTheSameTables() throws Exception {
    String first = session();
    String second = session();

    assertThat(first).contains("database demo", "table demo.cpu (id 1024)", "flow cpu_max_by_host");
    assertThat(second).isEqualTo(first);
  }

  /** Everything from the start of a server to its stop; what was printed and what is listed. */
  private String session() throws Exception {
    StringWriter printed = new StringWriter();
    try (RunningServer server = RunningServer.embedded(directory);
        NodeFleet fleet = server.fleet()) {
      new PlaygroundTables(new PrintWriter(printed, true)).create(server.grpc);

      List<String> listed =
          Ctl.run(server.http, "tables --database demo").succeeds().lines().skip(1).toList();
      assertThat(listed).hasSize(7);
      assertThat(Ctl.run(server.http, "table show demo.cpu").succeeds())
          .contains("cpu_max_by_host");
      Eventually.holds(
          "all six regions are open",
          PATIENCE,
          () -> fleet.datanodes().stream().mapToInt(node -> node.regions().size()).sum() == 6);
    }
    return printed.toString();
  }
}
