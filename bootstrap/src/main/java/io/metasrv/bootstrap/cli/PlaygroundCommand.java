package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.server.ServerProcess;
import io.metasrv.doubles.NodeFleet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A server with a small cluster of doubles in one process, for a first look. */
@Command(
    name = "playground",
    description =
        "Start a metasrv in memory together with three datanodes, a flownode and a frontend that"
            + " behave like real ones.",
    mixinStandardHelpOptions = true)
final class PlaygroundCommand implements Runnable {

  @ParentCommand private CommandLineProgram.Root root = new CommandLineProgram.Root();
  @Mixin private ConfigFlags flags = new ConfigFlags();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    ConfigSources sources = root.with(flags);
    // Nothing of a playground is worth keeping, and two of them must not share a directory.
    ConfigSources inMemory =
        sources.commandLine().entries().containsKey("backend")
            ? sources
            : sources.withFlag("playground", "backend", "memory_store");
    ServerRun.run(inMemory, spec.commandLine(), this::fleet);
  }

  private AutoCloseable fleet(ServerProcess server, StopSignal signal) {
    NodeFleet fleet = NodeFleet.start(List.of(server.address()));
    spec.commandLine()
        .getOut()
        .println(
            "playground: try  curl -s localhost:%d/admin/node-lease  and  curl -s localhost:%d/readyz"
                .formatted(server.httpPort(), server.httpPort()));
    return fleet;
  }
}
