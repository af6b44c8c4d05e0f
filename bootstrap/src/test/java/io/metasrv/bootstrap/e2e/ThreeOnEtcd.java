package io.metasrv.bootstrap.e2e;

import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three metasrv processes on one etcd. Used by one thread at a time. */
final class ThreeOnEtcd implements AutoCloseable {

  private static final int NODES = 3;

  private final EtcdServer etcd;
  private final List<MetasrvProcess> nodes = new ArrayList<>();

  private ThreeOnEtcd(EtcdServer etcd) {
    this.etcd = etcd;
  }

  /** Starts all of it; ready for clients. */
  static ThreeOnEtcd start(Path directory) {
    ThreeOnEtcd cluster = new ThreeOnEtcd(EtcdServer.start());
    try {
      for (int i = 0; i < NODES; i++) {
        cluster.nodes.add(
            MetasrvProcess.start(
                subdirectory(directory, "node-" + i),
                "--backend",
                "etcd-store",
                "--store-addrs",
                cluster.etcd.host() + ":" + cluster.etcd.port()));
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
    return Eventually.present(
        "a leader among " + some.stream().map(MetasrvProcess::grpc).toList(),
        atMost,
        () -> some.stream().filter(MetasrvProcess::leads).findFirst());
  }

  @Override
  public void close() {
    nodes.forEach(MetasrvProcess::close);
    etcd.close();
  }
}
