package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code ctl ready}. */
@Command(
    name = "ready",
    mixinStandardHelpOptions = true,
    description = "Role, leader, and what is missing if it is not ready.")
final class ReadyCommand extends PlainCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    return get("asking whether it is ready", "/readyz");
  }
}
