package io.metasrv.bootstrap.ctl;

import io.metasrv.application.transfer.PairSource;
import io.metasrv.bootstrap.server.OpenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ctl store import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Fill an empty store from a file that `export` or GreptimeDB's `meta snapshot save` made,"
            + " and compare them. Interrupted, the same command goes on where it stopped.")
final class StoreImportCommand implements Callable<Integer> {

  @ParentCommand private StoreCommand group = new StoreCommand();

  @Option(names = "--file", paramLabel = "FILE", required = true, description = "The source.")
  private Path file = Path.of("");

  @Option(names = "--to", paramLabel = "STORE", required = true, description = "The target.")
  private String to = "";

  @Override
  public Integer call() throws IOException {
    PairSource source = StoreFile.read(file);
    StoreLocation target = group.location("--to", to);
    try (OpenStore right = target.open(false)) {
      return group.copy(
          source, StoreCommand.pairs(target, right), List.of(StoreCommand.side(target, right)));
    }
  }
}
