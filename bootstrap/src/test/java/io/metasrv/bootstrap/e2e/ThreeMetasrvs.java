package io.metasrv.bootstrap.e2e;

import io.metasrv.testkit.server.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three metasrv processes on one store. Used by one thread at a time. */
final class ThreeMetasrvs implements AutoCloseable {

  private static final int NODES = 3;

  private final BackendUnderTest backend;
  private final List<MetasrvProcess> nodes = new ArrayList<>();

  private ThreeMetasrvs(BackendUnderTest backend) {
    this.backend = backend;
  }

  /**
   * Starts them; ready for clients.
   *
   * @param backend ends with them
   */
  static ThreeMetasrvs start(BackendUnderTest backend, Path directory) throws Exception {
    ThreeMetasrvs cluster = new ThreeMetasrvs(backend);
    try {
      for (int i = 0; i < NODES; i++) {
        cluster.nodes.add(MetasrvProcess.on(backend, subdirectory(directory, "node-" + i)));
      }
      cluster.nodes.forEach(MetasrvProcess::awaitReady);
      return cluster;
    } catch (RuntimeException | AssertionError failed) {
      cluster.close();
      throw failed;
    }
  }

  private static Path subdirectory(Path directory, String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BackendUnderTest backend() {
    return backend;
  }

  /** The gRPC addresses of all three. */
  List<String> addresses() {
    return nodes.stream().map(MetasrvProcess::grpc).toList();
  }

  List<MetasrvProcess> nodes() {
    return nodes;
  }

  /** All but one. */
  List<MetasrvProcess> without(MetasrvProcess node) {
    return nodes.stream().filter(other -> other != node).toList();
  }

  /** The one that leads, waiting for it if there is none yet. */
  MetasrvProcess awaitLeader(Duration atMost) {
    return awaitLeaderAmong(nodes, atMost);
  }

  /** The one of these that leads, waiting for it. */
  static MetasrvProcess awaitLeaderAmong(List<MetasrvProcess> some, Duration atMost) {
    try {
      return Eventually.present(
          "a leader among " + some.stream().map(MetasrvProcess::grpc).toList(),
          atMost,
          () -> some.stream().filter(MetasrvProcess::leads).findFirst());
    } catch (AssertionError nobody) {
      String told = some.stream().map(MetasrvProcess::lastWords).collect(Collectors.joining("\n"));
      throw new AssertionError(nobody.getMessage() + "\n" + told, nobody);
    }
  }

  @Override
  public void close() throws Exception {
    nodes.forEach(MetasrvProcess::close);
    backend.close();
  }
}
