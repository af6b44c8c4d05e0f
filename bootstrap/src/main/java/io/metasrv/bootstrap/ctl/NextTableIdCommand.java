package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ctl next-table-id}. */
@Command(
    name = "next-table-id",
    mixinStandardHelpOptions = true,
    description = "The next table id; with --set, move it forward (in recovery mode).")
final class NextTableIdCommand extends PlainCommand {

  @Option(
      names = "--set",
      paramLabel = "ID",
      defaultValue = "-1",
      description = "The id the next table gets; above all that were given.")
  private long next = -1;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return next < 0
        ? get("asking for the next table id", "/admin/sequence/table/next-id")
        : post(
            "setting the next table id",
            "/admin/sequence/table/set-next-id",
            "{\"next_table_id\":" + next + "}");
  }
}
