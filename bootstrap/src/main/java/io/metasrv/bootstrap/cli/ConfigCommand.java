package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.EffectiveConfig;
import io.metasrv.bootstrap.config.TomlDocument;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a start with the same flags would use, without starting anything. */
@Command(
    name = "config",
    description = "Show the effective configuration and where each value comes from.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

  @Option(names = "--example", description = "Print an example file with all keys and defaults.")
  private boolean example;

  @Option(names = "--toml", description = "Print the effective configuration as TOML.")
  private boolean toml;

  @ParentCommand private CommandLineProgram.Root root = new CommandLineProgram.Root();
  @Mixin private ConfigFlags flags = new ConfigFlags();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (example) {
      out.print(TomlDocument.example());
      out.flush();
      return;
    }
    EffectiveConfig config = ConfigLoader.load(root.with(flags));
    config.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
    if (toml) {
      out.print(config.toToml());
      out.flush();
    } else {
      config.columns().forEach(out::println);
    }
  }
}
