package io.metasrv.bootstrap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a metasrv until it is told to stop. */
@Command(
    name = "start",
    description =
        "Start a metasrv. Without any word about a store it keeps its data in DIR/metasrv/store.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Runnable {

  @ParentCommand private CommandLineProgram.Root root = new CommandLineProgram.Root();
  @Mixin private ConfigFlags flags = new ConfigFlags();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    ServerRun.run(root.with(flags), spec.commandLine(), ServerRun.Companion.NONE);
  }
}
