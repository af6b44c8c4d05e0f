package io.metasrv.bootstrap.ctl;

import io.metasrv.domain.time.Humantime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The group of commands, and what all of them share. */
@Command(
    name = "ctl",
    description = "Ask and steer running metasrvs through their HTTP ports.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DatabasesCommand.class,
      TablesCommand.class,
      TableCommand.class,
      ProceduresCommand.class,
      ProcedureCommand.class,
      ReadyCommand.class,
      LeaderCommand.class,
      LeasesCommand.class,
      HeartbeatsCommand.class,
      SwitchCommands.Maintenance.class,
      SwitchCommands.Recovery.class,
      SwitchCommands.Manager.class,
      NextTableIdCommand.class,
      LogLevelCommand.class,
      StoreCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  refused, failed, or nobody answered",
      "  2  arguments that make no sense"
    })
public final class CtlCommand {

  /** How answers are printed. */
  enum Output {
    /** For people. */
    table,
    /** As the server sent it. */
    json
  }

  @Option(
      names = {"--addr", "--http-addr"},
      paramLabel = "ADDR",
      split = ",",
      defaultValue = "127.0.0.1:4000",
      scope = ScopeType.INHERIT,
      description =
          "HTTP address of a metasrv; repeat it, or separate several by commas, and the leader is"
              + " found among them. Default ${DEFAULT-VALUE}.")
  private List<String> addresses = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      scope = ScopeType.INHERIT,
      description = "${COMPLETION-CANDIDATES}; json is what the server sent. Default table.")
  private Output output = Output.table;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      scope = ScopeType.INHERIT,
      description = "How long one answer may take, like 500ms or 1m. Default ${DEFAULT-VALUE}.")
  private String timeout = "30s";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final BufferedReader input;

  /**
   * @param input where confirmations are read from
   */
  public CtlCommand(BufferedReader input) {
    this.input = input;
  }

  /** The servers the options name. */
  Servers servers() {
    return new Servers(addresses.stream().map(this::checked).toList(), limit());
  }

  private String checked(String address) {
    String text = address.strip();
    if (!text.matches("[^\\s/?#]+:[0-9]{1,5}")) {
      throw new ParameterException(
          spec.commandLine(),
          "--addr wants HOST:PORT of an HTTP port, like 127.0.0.1:4000: " + address);
    }
    return text;
  }

  private Duration limit() {
    try {
      Duration limit = Humantime.parse(timeout);
      if (limit.isPositive()) {
        return limit;
      }
    } catch (IllegalArgumentException noDuration) {
      // Said below.
    }
    throw new ParameterException(
        spec.commandLine(), "--timeout wants a time above zero, like 500ms or 1m: " + timeout);
  }

  boolean wantsJson() {
    return output == Output.json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * Asks for a word before something that cannot be undone.
   *
   * @return whether it was typed
   */
  boolean confirmed(String question, String word) throws IOException {
    err().print(question);
    err().flush();
    String typed = input.readLine();
    return typed != null && typed.strip().equals(word);
  }
}
