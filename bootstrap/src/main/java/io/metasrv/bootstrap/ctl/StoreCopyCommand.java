package io.metasrv.bootstrap.ctl;

import io.metasrv.bootstrap.server.OpenStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ctl store copy}. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description =
        "Copy one store into another, empty one, and compare them. Interrupted, the same command"
            + " goes on where it stopped. Refused while a metasrv leads on either.")
final class StoreCopyCommand implements Callable<Integer> {

  @ParentCommand private StoreCommand group = new StoreCommand();

  @Option(names = "--from", paramLabel = "STORE", required = true, description = "The source.")
  private String from = "";

  @Option(names = "--to", paramLabel = "STORE", required = true, description = "The target.")
  private String to = "";

  @Override
  public Integer call() {
    StoreLocation source = group.location("--from", from);
    StoreLocation target = group.location("--to", to);
    try (OpenStore left = source.open(true);
        OpenStore right = target.open(false)) {
      return group.copy(
          StoreCommand.pairs(source, left),
          StoreCommand.pairs(target, right),
          List.of(StoreCommand.side(source, left), StoreCommand.side(target, right)));
    }
  }
}
