package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code ctl leases}. */
@Command(name = "leases", mixinStandardHelpOptions = true, description = "Leases of datanodes.")
final class LeasesCommand extends PlainCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    return get("listing leases", "/admin/node-lease");
  }
}
