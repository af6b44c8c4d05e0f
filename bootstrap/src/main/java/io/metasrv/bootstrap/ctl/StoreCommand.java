package io.metasrv.bootstrap.ctl;

import io.metasrv.application.transfer.ContentDigest;
import io.metasrv.application.transfer.NoLeader;
import io.metasrv.application.transfer.PairSource;
import io.metasrv.application.transfer.StoreCopy;
import io.metasrv.application.transfer.StorePairs;
import io.metasrv.bootstrap.server.OpenStore;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ctl store …}: the only commands of {@code ctl} that open stores themselves. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description =
        "Carry a store's content elsewhere while no metasrv runs on it. A store is named by the"
            + " configuration file of its servers or by a line: "
            + StoreLocation.FORMS
            + ".",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StoreCopyCommand.class,
      StoreImportCommand.class,
      StoreExportCommand.class,
      StoreVerifyCommand.class
    })
final class StoreCommand {

  @ParentCommand private CtlCommand ctl = CtlCommands.UNBOUND;

  StoreLocation location(String option, String text) {
    return StoreLocation.of(option, text, System.getenv());
  }

  /** The pairs of an opened store. */
  static StorePairs pairs(StoreLocation location, OpenStore store) {
    return new StorePairs(location.name(), store.store());
  }

  static NoLeader.Side side(StoreLocation location, OpenStore store) {
    return new NoLeader.Side(location.name(), store.election());
  }

  /** Copies into an opened store and says what came of it. */
  int copy(PairSource source, StorePairs target, List<NoLeader.Side> sides) {
    StoreCopy.Result result =
        new StoreCopy(source, target, new NoLeader(sides), new ProgressLines(ctl.err())).run();
    if (result.resumedAfter() > 0) {
      ctl.err().printf("went on after %d pairs of an earlier run%n", result.resumedAfter());
    }
    print("copied and compared", source.name(), target.name(), result.content());
    return 0;
  }

  void print(String what, String from, String to, ContentDigest.Summary content) {
    if (ctl.wantsJson()) {
      ObjectNode json = JsonMapper.shared().createObjectNode();
      json.put("from", from).put("to", to).put("pairs", content.pairs());
      json.put("bytes", content.bytes()).put("sha256", content.sha256());
      ctl.out().println(json);
      return;
    }
    ctl.out()
        .println(
            "%s: %d pairs, %d bytes, SHA-256 %s%n  from %s%n  to   %s"
                .formatted(what, content.pairs(), content.bytes(), content.sha256(), from, to));
  }

  CtlCommand ctl() {
    return ctl;
  }

  /** A line for each tenth of the way. */
  private static final class ProgressLines implements StoreCopy.Progress {

    private final PrintWriter err;
    private long tenths;

    ProgressLines(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void copied(long copied, long total) {
      long now = copied * 10 / total;
      if (now > tenths) {
        tenths = now;
        err.printf("%d of %d pairs%n", copied, total);
      }
    }
  }
}
