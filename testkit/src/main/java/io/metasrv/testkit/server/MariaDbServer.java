package io.metasrv.testkit.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** MariaDB for tests: the program of this machine, or a container. */
public final class MariaDbServer {

  private static final List<Path> DIRECTORIES = List.of(Path.of("/usr/sbin"));

  private MariaDbServer() {}

  /** Starts one, ready for logins. */
  public static DatabaseServer start() {
    return start(List.of());
  }

  /** Starts one that never waits for its disk; see {@link MySqlServer#startUnsynced()}. */
  public static DatabaseServer startUnsynced() {
    return start(List.of("--innodb-flush-method=nosync"));
  }

  /** Starts one with more flags, for example {@code --max-allowed-packet=4M}. */
  public static DatabaseServer start(List<String> moreFlags) {
    Optional<Path> server = ProgramRun.find("mariadbd", DIRECTORIES);
    Optional<Path> install = ProgramRun.find("mariadb-install-db", DIRECTORIES);
    if (server.isPresent() && install.isPresent()) {
      return LocalDatabaseServer.launch(new MariaDbProgram(server.get(), install.get(), moreFlags));
    }
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return ContainerDatabaseServer.mySql("mariadb:10.11", moreFlags);
    }
    throw ServerRequirement.missing(
        "MariaDB", "install the package mariadb-server, or start a Docker engine");
  }

  private record MariaDbProgram(Path server, Path install, List<String> moreFlags)
      implements LocalDatabaseServer.Program {

    @Override
    public String name() {
      return "mariadb";
    }

    @Override
    public void initialize(Path directory) {
      ProgramRun.succeed(
          List.of(
              install.toString(),
              "--no-defaults",
              "--user=" + System.getProperty("user.name"),
              "--auth-root-authentication-method=normal",
              "--skip-test-db",
              "--datadir=" + directory.resolve("data")));
    }

    @Override
    public List<String> command(Path directory, int port) {
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of(
              server.toString(),
              "--no-defaults",
              "--user=" + System.getProperty("user.name"),
              "--datadir=" + directory.resolve("data"),
              "--port=" + port,
              "--bind-address=127.0.0.1",
              "--socket=" + directory.resolve("socket"),
              "--max-connections=300",
              "--init-file="
                  + ProgramRun.write(directory.resolve("init.sql"), MySqlHandshake.SET_UP)));
      command.addAll(moreFlags);
      return command;
    }

    @Override
    public boolean isReady(Path directory, int port) throws IOException {
      return MySqlHandshake.isGreeted(port);
    }
  }
}
