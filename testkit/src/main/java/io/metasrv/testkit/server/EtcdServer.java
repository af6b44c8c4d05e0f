package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/**
 * A single-member etcd for tests: the {@code etcd} program of this machine with its data in a
 * temporary directory, or, where there is none but a Docker engine answers, a container. Where
 * neither is to be had the test is skipped or fails ({@link ServerRequirement}).
 *
 * <p>Takes requests of up to 16 MiB (the server's own default of 1.5 MiB is below what the store's
 * contract asks for) and transactions of 128 ops, etcd's default. The address stays the same over
 * {@link #kill()} and {@link #restart()}.
 */
public abstract class EtcdServer implements AutoCloseable {

  /** Settings that both ways of running it share. */
  static final List<String> COMMON_FLAGS =
      List.of(
          "--max-request-bytes=16777216", "--quota-backend-bytes=4294967296", "--log-level=error");

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static final Path MEMORY = memory();

  private static final long ROOM_BYTES = 2L << 30;

  private static final Duration START_TIME = Duration.ofSeconds(30);

  EtcdServer() {}

  /** Starts one, ready for requests. */
  public static EtcdServer start() {
    return start(List.of());
  }

  /**
   * Starts one with more flags, for example {@code --max-txn-ops=512}; ready for requests.
   *
   * @throws org.opentest4j.TestAbortedException if no server can be started and none is required
   */
  public static EtcdServer start(List<String> moreFlags) {
    List<String> flags = new ArrayList<>(COMMON_FLAGS);
    flags.addAll(moreFlags);
    Optional<Path> program = program();
    EtcdServer server;
    if (program.isPresent()) {
      server = LocalEtcdServer.launch(program.get(), flags, TEMPORARY);
    } else if (isDockerAvailable()) {
      server = ContainerEtcdServer.launch(flags);
    } else {
      throw ServerRequirement.missing(
          "etcd", "install the package etcd-server, or start a Docker engine");
    }
    return server;
  }

  /**
   * Starts one whose data are in memory where the machine has such a directory, so that it never
   * waits for a disk that others use; see {@link MySqlServer#startUnsynced()}. Its data outlive a
   * kill.
   */
  public static EtcdServer startUnsynced() {
    return program()
        .<EtcdServer>map(program -> LocalEtcdServer.launch(program, COMMON_FLAGS, MEMORY))
        .orElseGet(EtcdServer::start);
  }

  /** The address for clients: {@code http://127.0.0.1:PORT}. */
  public abstract String endpoint();

  /** The host clients connect to. */
  public abstract String host();

  /** The port clients connect to. */
  public abstract int port();

  /** Ends the server without a goodbye (SIGKILL); its data stay. */
  public abstract void kill();

  /**
   * Starts it again on the same port with the same data, after {@link #kill()}; waits until ready.
   */
  public abstract void restart();

  /** Makes it stand still (SIGSTOP): connections stay open, nothing is answered. */
  public abstract void pause();

  /** Lets it go on after {@link #pause()}. */
  public abstract void resume();

  /** Ends the server and removes its data. */
  @Override
  public abstract void close();

  final void awaitReady() {
    Eventually.holds("etcd at " + endpoint() + " healthy", START_TIME, () -> isHealthy(endpoint()));
  }

  private static boolean isHealthy(String endpoint) throws IOException {
    try (var answer = java.net.URI.create(endpoint + "/health").toURL().openStream()) {
      return new String(answer.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .contains("true");
    }
  }

  private static Path memory() {
    Path memory = Path.of("/dev/shm");
    boolean roomy = Files.isWritable(memory) && memory.toFile().getUsableSpace() > ROOM_BYTES;
    return roomy ? memory : TEMPORARY;
  }

  private static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin");
    for (String directory : path.split(":")) {
      Path candidate = Path.of(directory, "etcd");
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isDockerAvailable() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Removes a directory with everything in it. */
  static void deleteTree(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
