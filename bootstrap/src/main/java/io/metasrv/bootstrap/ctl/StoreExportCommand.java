package io.metasrv.bootstrap.ctl;

import io.metasrv.application.transfer.ContentDigest;
import io.metasrv.application.transfer.NoLeader;
import io.metasrv.application.transfer.Snapshot;
import io.metasrv.bootstrap.server.OpenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ctl store export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write a store's content into a new file. Refused while a metasrv leads on it, unless"
            + " --live is said: then the file is no picture of one moment.")
final class StoreExportCommand implements Callable<Integer> {

  @ParentCommand private StoreCommand group = new StoreCommand();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--from", paramLabel = "STORE", required = true, description = "The source.")
  private String from = "";

  @Option(names = "--file", paramLabel = "FILE", required = true, description = "The new file.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES}; by default what the file's name ends with tells:"
              + " .metadata.fb is a snapshot as GreptimeDB reads it, .jsonl JSON lines.")
  private StoreFile.@Nullable Format format;

  @Option(names = "--live", description = "Also while a metasrv leads on the store.")
  private boolean live;

  @Override
  public Integer call() throws IOException {
    StoreFile.Format chosen = chosen();
    StoreLocation source = group.location("--from", from);
    try (OpenStore left = source.open(true)) {
      NoLeader noLeader =
          live ? NoLeader.UNCHECKED : new NoLeader(List.of(StoreCommand.side(source, left)));
      noLeader.require("Export");
      ContentDigest.Summary content =
          StoreFile.write(
              file, chosen, StoreCommand.pairs(source, left), System.currentTimeMillis());
      group.print("exported", source.name(), file.toString(), content);
      return 0;
    }
  }

  private StoreFile.Format chosen() {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean snapshotName = name.endsWith(Snapshot.EXTENSION);
    StoreFile.Format chosen =
        Optional.ofNullable(format)
            .or(() -> snapshotName ? Optional.of(StoreFile.Format.snapshot) : Optional.empty())
            .or(
                () ->
                    name.endsWith(".jsonl")
                        ? Optional.of(StoreFile.Format.jsonl)
                        : Optional.empty())
            .orElseThrow(
                () ->
                    misuse(
                        "--file: say --format snapshot or jsonl, or name it NAME.metadata.fb or"
                            + " NAME.jsonl"));
    // The original cuts the name at its first dot and refuses any other ending (sheet 03 §13).
    if (chosen == StoreFile.Format.snapshot
        && !(snapshotName && name.indexOf('.') == name.length() - Snapshot.EXTENSION.length())) {
      throw misuse(
          "--file: GreptimeDB reads a snapshot only if it is called NAME.metadata.fb with no other"
              + " dot");
    }
    return chosen;
  }

  private ParameterException misuse(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
