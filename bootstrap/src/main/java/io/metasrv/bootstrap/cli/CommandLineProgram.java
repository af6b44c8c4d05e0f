package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.BuildProperties;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.ctl.CtlCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Parses and runs. Exit codes (docs/exit-codes.md): 0 for success, help and version, 2 for
 * arguments that make no sense, 1 for everything else that goes wrong; the latter two with one line
 * on standard error.
 */
public final class CommandLineProgram {

  private CommandLineProgram() {}

  /** In the order of the help. */
  private static Map<String, Supplier<Object>> commands(BufferedReader input) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("start", StartCommand::new);
    commands.put("playground", PlaygroundCommand::new);
    commands.put("warm-up", WarmUpCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("ctl", () -> new CtlCommand(input));
    commands.put("version", VersionCommand::new);
    return commands;
  }

  @Command(
      name = "metasrv",
      description = "Metadata and coordination service of a distributed database.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND")
  static final class Root {

    @Option(
        names = "--log-dir",
        paramLabel = "DIR",
        scope = ScopeType.INHERIT,
        description = "Directory of log files.")
    private @Nullable String logDir;

    @Option(
        names = "--log-level",
        paramLabel = "LEVEL",
        scope = ScopeType.INHERIT,
        description = "Log level, such as info or info,io.metasrv=debug.")
    private @Nullable String logLevel;

    /** The flags of a command together with the global ones. */
    ConfigSources with(ConfigFlags flags) {
      ConfigSources sources =
          flags.sources(System.getenv(), Runtime.getRuntime().availableProcessors());
      if (logDir != null) {
        sources = sources.withFlag("--log-dir", "logging.dir", logDir);
      }
      return logLevel == null
          ? sources
          : sources.withFlag("--log-level", "logging.level", logLevel);
    }
  }

  @Command(name = "version", description = "Print the version.")
  static final class VersionCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().getOut().println(BuildProperties.describe(BuildProperties.load()));
    }
  }

  /** For {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {BuildProperties.describe(BuildProperties.load())};
    }
  }

  /** Runs with standard output and error. */
  public static int run(String... args) {
    return run(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        args);
  }

  /** Runs with other outputs and without input; for tests. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(new BufferedReader(new StringReader("")), out, err, args);
  }

  /**
   * Runs with other input and outputs.
   *
   * @param input where confirmations are read from
   * @return the exit code
   */
  public static int run(BufferedReader input, PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = commandLine(commands(input), args);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(false);
    // "table" is a command of ctl and a value of its option --output.
    line.setAllowSubcommandsAsOptionParameters(true);
    line.setParameterExceptionHandler(
        (e, ignored) -> {
          e.getCommandLine()
              .getErr()
              .println("error: " + firstLine(String.valueOf(e.getMessage())));
          e.getCommandLine()
              .getErr()
              .println("try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return 2;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println("Error: " + FailureText.of(e));
          return 1;
        });
    if (args.length == 0) {
      line.usage(err);
      return 2;
    }
    int code = line.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /**
   * The commands that the arguments can mean. Each takes picocli some 50 ms to prepare, so that a
   * start would spend a quarter of a second on those that were not asked for.
   */
  private static CommandLine commandLine(Map<String, Supplier<Object>> commands, String... args) {
    CommandLine line = new CommandLine(new Root());
    boolean named = args.length > 0 && commands.containsKey(args[0]);
    commands.forEach(
        (name, command) -> {
          if (!named || name.equals(args[0])) {
            line.addSubcommand(name, command.get());
          }
        });
    return line;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
