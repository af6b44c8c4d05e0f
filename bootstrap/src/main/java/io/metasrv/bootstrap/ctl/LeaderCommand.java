package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code ctl leader}. */
@Command(
    name = "leader",
    mixinStandardHelpOptions = true,
    description = "gRPC address of the leader.")
final class LeaderCommand extends PlainCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    return get("asking for the leader", "/admin/leader");
  }
}
