package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl log-level}. */
@Command(
    name = "log-level",
    mixinStandardHelpOptions = true,
    description = "Change the log level of one server.")
final class LogLevelCommand extends PlainCommand {

  @Parameters(paramLabel = "LEVEL", description = "Such as debug or info,io.metasrv=debug.")
  private String level = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    return post("changing the log level", "/debug/log_level", level);
  }
}
