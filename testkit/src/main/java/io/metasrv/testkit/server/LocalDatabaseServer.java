package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program of this machine as a process, with its data in a temporary directory. */
final class LocalDatabaseServer implements DatabaseServer {

  private static final Duration START_TIME = Duration.ofSeconds(90);
  private static final int ATTEMPTS = 3;

  /** What the three programs differ in. */
  interface Program {
    /** For messages and file names. */
    String name();

    /** Makes the directory ready to be served. */
    void initialize(Path directory);

    /** What serves the directory on the port of the loopback interface, in the foreground. */
    List<String> command(Path directory, int port);

    /** Whether clients can log in. */
    boolean isReady(Path directory, int port) throws IOException;
  }

  private final Program program;
  private final Path directory;
  private final int port;
  private ServerProcess process;

  private LocalDatabaseServer(Program program, Path directory, int port) {
    this.program = program;
    this.directory = directory;
    this.port = port;
    this.process = startProcess();
  }

  static DatabaseServer launch(Program program) {
    return launch(program, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param where its directory is made
   */
  static DatabaseServer launch(Program program, Path where) {
    Path directory = temporaryDirectory(program, where);
    program.initialize(directory);
    for (int attempt = 1; ; attempt++) {
      LocalDatabaseServer server =
          new LocalDatabaseServer(program, directory, Ports.free(1).getFirst());
      try {
        server.awaitReady();
        return server;
      } catch (AssertionError notReady) {
        String log = server.log();
        server.process.kill();
        // Somebody else may have taken a port that was free when we looked.
        if (attempt == ATTEMPTS) {
          EtcdServer.deleteTree(directory);
          throw new AssertionError(program.name() + " did not start; its output: " + log, notReady);
        }
      }
    }
  }

  private static Path temporaryDirectory(Program program, Path where) {
    try {
      return Files.createTempDirectory(where, "metasrv-" + program.name() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for " + program.name(), e);
    }
  }

  private ServerProcess startProcess() {
    return ServerProcess.start(
        program.name(), directory.resolve("log"), program.command(directory, port));
  }

  private void awaitReady() {
    Eventually.holds(
        "%s on port %d ready".formatted(program.name(), port),
        START_TIME,
        () -> {
          if (!process.isAlive()) {
            throw new IOException("it ended: " + log());
          }
          return program.isReady(directory, port);
        });
  }

  private String log() {
    try {
      String log = Files.readString(directory.resolve("log"));
      return log.substring(Math.max(0, log.length() - 4000));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return port;
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
    EtcdServer.deleteTree(directory);
  }
}
