package io.metasrv.bootstrap.ctl;

import io.metasrv.application.transfer.Comparison;
import io.metasrv.application.transfer.NoLeader;
import io.metasrv.application.transfer.PairSource;
import io.metasrv.application.transfer.StorePairs;
import io.metasrv.bootstrap.server.OpenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ctl store verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Compare a store with another one, or with a file, byte for byte. Exit code 1 if they"
            + " differ. Refused while a metasrv leads, unless --live is said.")
final class StoreVerifyCommand implements Callable<Integer> {

  private static final int MOST_SHOWN = 10;

  @ParentCommand private StoreCommand group = new StoreCommand();

  @Option(names = "--from", paramLabel = "STORE", required = true, description = "The one.")
  private String from = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Other other = new Other();

  @Option(names = "--live", description = "Also while a metasrv leads on one of them.")
  private boolean live;

  /** What it is compared with. */
  static final class Other {
    @Option(names = "--to", paramLabel = "STORE", description = "The other: a store.")
    private @Nullable String to;

    @Option(names = "--file", paramLabel = "FILE", description = "The other: an export.")
    private @Nullable Path file;
  }

  @Override
  public Integer call() throws IOException {
    StoreLocation source = group.location("--from", from);
    try (OpenStore left = source.open(true)) {
      StorePairs pairs = StoreCommand.pairs(source, left);
      NoLeader.Side side = StoreCommand.side(source, left);
      if (other.file != null) {
        return compare(pairs, StoreFile.read(other.file), List.of(side));
      }
      StoreLocation target = group.location("--to", String.valueOf(other.to));
      try (OpenStore right = target.open(true)) {
        return compare(
            pairs,
            StoreCommand.pairs(target, right),
            List.of(side, StoreCommand.side(target, right)));
      }
    }
  }

  private int compare(PairSource left, PairSource right, List<NoLeader.Side> sides) {
    if (!live) {
      new NoLeader(sides).require("Verifying");
    }
    Comparison comparison = Comparison.of(left, right, MOST_SHOWN);
    if (comparison.same()) {
      group.print("the same", left.name(), right.name(), comparison.left());
      return 0;
    }
    var err = group.ctl().err();
    err.println(
        "Error: %s and %s differ in %d keys: %d pairs with SHA-256 %s here, %d with %s there"
            .formatted(
                left.name(),
                right.name(),
                comparison.differing(),
                comparison.left().pairs(),
                comparison.left().sha256(),
                comparison.right().pairs(),
                comparison.right().sha256()));
    comparison.first().forEach(d -> err.println("  " + text(d, left.name(), right.name())));
    if (comparison.differing() > MOST_SHOWN) {
      err.println("  and %d more".formatted(comparison.differing() - MOST_SHOWN));
    }
    return 1;
  }

  private static String text(Comparison.Difference difference, String left, String right) {
    return switch (difference.kind()) {
      case ONLY_LEFT -> "%s is only in %s".formatted(difference.key(), left);
      case ONLY_RIGHT -> "%s is only in %s".formatted(difference.key(), right);
      case VALUE -> "%s has another value".formatted(difference.key());
    };
  }
}
