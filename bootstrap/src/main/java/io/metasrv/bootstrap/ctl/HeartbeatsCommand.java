package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ctl heartbeats}. */
@Command(
    name = "heartbeats",
    mixinStandardHelpOptions = true,
    description = "Latest statistics of datanodes.")
final class HeartbeatsCommand extends PlainCommand {

  @Option(
      names = "--datanode",
      paramLabel = "ADDR",
      defaultValue = "",
      description = "Of the datanode at this address only.")
  private String datanode = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    String query = datanode.isEmpty() ? "" : "?addr=" + TablesCommand.escaped(datanode);
    return get("listing heartbeats", "/admin/heartbeat" + query);
  }
}
