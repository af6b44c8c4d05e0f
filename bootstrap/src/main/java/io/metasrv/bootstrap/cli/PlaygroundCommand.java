package io.metasrv.bootstrap.cli;

import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.server.ServerProcess;
import io.metasrv.client.MetaClientException;
import io.metasrv.doubles.NodeFleet;
import io.metasrv.nodes.DatanodeOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
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
            + " behave like real ones, and a database with tables of each kind.",
    mixinStandardHelpOptions = true)
final class PlaygroundCommand implements Runnable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DEFAULT_HTTP_PORT = 4000;

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
    // On a store of an earlier playground, whose nodes are gone with their files, regions are
    // opened nevertheless, empty.
    NodeFleet fleet = NodeFleet.start(List.of(server.address()), DatanodeOptions.permissive());
    PrintWriter out = spec.commandLine().getOut();
    try {
      fleet.awaitConnected(PATIENCE);
      new PlaygroundTables(out).create(server.address());
    } catch (MetaClientException | TimeoutException e) {
      // There is something to look at without them, too.
      spec.commandLine().getErr().println("warning: not all tables were made: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String address = "127.0.0.1:" + server.httpPort();
    String addr = server.httpPort() == DEFAULT_HTTP_PORT ? "" : " --addr " + address;
    out.println("playground: try  metasrv ctl tables" + addr);
    out.println("playground: try  metasrv ctl table show demo.requests" + addr);
    out.println("playground: try  metasrv ctl procedures --history" + addr);
    out.println("playground: try  curl -s " + address + "/admin/node-lease");
    return fleet;
  }
}
