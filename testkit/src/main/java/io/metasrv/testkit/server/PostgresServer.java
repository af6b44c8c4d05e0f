package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/**
 * PostgreSQL for tests: the newest one installed under {@code /usr/lib/postgresql}, or a container.
 * It refuses to run as root, so root runs it as the package's user {@code postgres}.
 */
public final class PostgresServer {

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private PostgresServer() {}

  /** Starts one, ready for logins. */
  public static DatabaseServer start() {
    return start(List.of());
  }

  /** Starts one that never waits for its disk; see {@link MySqlServer#startUnsynced()}. */
  public static DatabaseServer startUnsynced() {
    return start(List.of("fsync = off"));
  }

  /** Starts one with more settings, for example {@code ssl=on}. */
  public static DatabaseServer start(List<String> moreSettings) {
    Optional<Path> programs = programs();
    if (programs.isPresent()) {
      return LocalDatabaseServer.launch(new PostgresProgram(programs.get(), moreSettings));
    }
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return ContainerDatabaseServer.postgres(moreSettings);
    }
    throw ServerRequirement.missing(
        "PostgreSQL", "install the package postgresql, or start a Docker engine");
  }

  /** Starts one with its data on that disk; the test is skipped where no program can run. */
  public static DatabaseServer start(SmallDisk disk) {
    return programs()
        .map(
            bin ->
                LocalDatabaseServer.launch(new PostgresProgram(bin, List.of()), disk.directory()))
        .orElseThrow(
            () -> ServerRequirement.missing("PostgreSQL", "install the package postgresql"));
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (var versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparingInt(PostgresServer::version));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + INSTALLED, e);
    }
  }

  private static int version(Path bin) {
    String digits = String.valueOf(bin.getName(bin.getNameCount() - 2)).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private record PostgresProgram(Path bin, List<String> moreSettings)
      implements LocalDatabaseServer.Program {

    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public void initialize(Path directory) {
      Path password = ProgramRun.write(directory.resolve("password"), DatabaseServer.PASSWORD);
      ProgramRun.write(directory.resolve("log"), "");
      giveAway(directory);
      ProgramRun.succeed(
          asUser(
              List.of(
                  bin.resolve("initdb").toString(),
                  "--pgdata=" + directory.resolve("data"),
                  "--username=" + DatabaseServer.USER,
                  "--pwfile=" + password,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--no-locale",
                  "--no-sync")));
      createDatabase(directory);
      ProgramRun.write(directory.resolve("data/postgresql.conf"), settings(directory));
    }

    private String settings(Path directory) {
      List<String> settings = new ArrayList<>();
      settings.add("listen_addresses = '127.0.0.1'");
      settings.add("unix_socket_directories = '" + directory + "'");
      settings.add("max_connections = 300");
      settings.add("shared_buffers = 128MB");
      settings.addAll(moreSettings);
      return String.join("\n", settings) + "\n";
    }

    /** In single-user mode, because nobody can log in yet to a database that is not there. */
    private void createDatabase(Path directory) {
      Path sql =
          ProgramRun.write(
              directory.resolve("create.sql"), "CREATE DATABASE " + DatabaseServer.DATABASE + "\n");
      List<String> single =
          asUser(
              List.of(
                  bin.resolve("postgres").toString(),
                  "--single",
                  "-D",
                  directory.resolve("data").toString(),
                  "postgres"));
      try {
        Process process =
            new ProcessBuilder(single)
                .redirectErrorStream(true)
                .redirectInput(sql.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || output.contains("ERROR")) {
          throw new AssertionError("cannot create the database: " + output);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot run " + single, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while creating the database", e);
      }
    }

    @Override
    public List<String> command(Path directory, int port) {
      return asUser(
          List.of(
              bin.resolve("postgres").toString(),
              "-D",
              directory.resolve("data").toString(),
              "-p",
              Integer.toString(port)));
    }

    @Override
    public boolean isReady(Path directory, int port) throws IOException {
      try {
        return new ProcessBuilder(
                    bin.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", "" + port)
                .start()
                .waitFor()
            == 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for PostgreSQL", e);
      }
    }

    /** setpriv becomes the program, so that signals reach the program itself. */
    private static List<String> asUser(List<String> command) {
      if (!ProgramRun.isRoot()) {
        return command;
      }
      List<String> whole = new ArrayList<>();
      whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
      whole.addAll(command);
      return whole;
    }

    private static void giveAway(Path directory) {
      if (ProgramRun.isRoot()) {
        ProgramRun.succeed(List.of("chown", "-R", "postgres:postgres", directory.toString()));
      }
    }
  }
}
