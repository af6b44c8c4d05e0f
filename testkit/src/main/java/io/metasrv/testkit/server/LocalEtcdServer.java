package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program on this machine, as a process. */
final class LocalEtcdServer extends EtcdServer {

  private static final int ATTEMPTS = 3;

  private final Path program;
  private final List<String> flags;
  private final Path directory;
  private final int clientPort;
  private final int peerPort;
  private ServerProcess process;

  private LocalEtcdServer(Path program, List<String> flags, Path directory, List<Integer> ports) {
    this.program = program;
    this.flags = flags;
    this.directory = directory;
    this.clientPort = ports.get(0);
    this.peerPort = ports.get(1);
    this.process = startProcess();
  }

  static EtcdServer launch(Path program, List<String> flags, Path where) {
    for (int attempt = 1; ; attempt++) {
      LocalEtcdServer server =
          new LocalEtcdServer(program, flags, temporaryDirectory(where), Ports.free(2));
      try {
        server.awaitReady();
        return server;
      } catch (AssertionError notReady) {
        String log = server.log();
        server.close();
        // Somebody else may have taken a port that was free when we looked.
        if (attempt == ATTEMPTS) {
          throw new AssertionError("etcd did not start; its output: " + log, notReady);
        }
      }
    }
  }

  private static Path temporaryDirectory(Path where) {
    try {
      return Files.createTempDirectory(where, "metasrv-etcd-");
    } catch (IOException e) {
      throw new UncheckedIOException("no directory for etcd in " + where, e);
    }
  }

  private ServerProcess startProcess() {
    String clientUrl = "http://127.0.0.1:" + clientPort;
    String peerUrl = "http://127.0.0.1:" + peerPort;
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--name=test",
            "--data-dir=" + directory.resolve("data"),
            "--listen-client-urls=" + clientUrl,
            "--advertise-client-urls=" + clientUrl,
            "--listen-peer-urls=" + peerUrl,
            "--initial-advertise-peer-urls=" + peerUrl,
            "--initial-cluster=test=" + peerUrl));
    command.addAll(flags);
    return ServerProcess.start("etcd", directory.resolve("log"), command);
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  @Override
  public String endpoint() {
    return "http://127.0.0.1:" + clientPort;
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return clientPort;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process = startProcess();
    awaitReady();
  }

  @Override
  public void pause() {
    process.pause();
  }

  @Override
  public void resume() {
    process.resume();
  }

  @Override
  public void close() {
    process.kill();
    deleteTree(directory);
  }
}
