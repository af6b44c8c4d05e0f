package io.metasrv.adapters.etcd;

import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import io.metasrv.testkit.server.ServerProcess;
import io.metasrv.testkit.server.ServerRequirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Members of an etcd cluster as processes of this machine, with flags of the test's choice (TLS,
 * several members): what {@code EtcdServer} of the testkit leaves out.
 */
final class EtcdMembers implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/etcd");

  private final List<Integer> clientPorts;
  private final List<Integer> healthPorts;
  private final List<List<String>> commands = new ArrayList<>();
  private final List<ServerProcess> members = new ArrayList<>();
  private final Path directory;
  private final String scheme;

  private EtcdMembers(int count, Path directory, String scheme, List<String> flags) {
    this.directory = directory;
    this.scheme = scheme;
    List<Integer> ports = Ports.free(3 * count);
    clientPorts = ports.subList(0, count);
    healthPorts = ports.subList(count, 2 * count);
    List<Integer> peerPorts = ports.subList(2 * count, 3 * count);
    List<String> cluster = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cluster.add("m%d=http://127.0.0.1:%d".formatted(i, peerPorts.get(i)));
    }
    for (int i = 0; i < count; i++) {
      String client = "%s://127.0.0.1:%d".formatted(scheme, clientPorts.get(i));
      String peer = "http://127.0.0.1:" + peerPorts.get(i);
      List<String> command =
          new ArrayList<>(
              List.of(
                  PROGRAM.toString(),
                  "--name=m" + i,
                  "--data-dir=" + directory.resolve("m" + i),
                  "--listen-client-urls=" + client,
                  "--advertise-client-urls=" + client,
                  "--listen-peer-urls=" + peer,
                  "--initial-advertise-peer-urls=" + peer,
                  "--initial-cluster=" + String.join(",", cluster),
                  "--listen-metrics-urls=http://127.0.0.1:" + healthPorts.get(i),
                  "--log-level=error"));
      command.addAll(flags);
      commands.add(command);
    }
  }

  /** Starts the members, ready for requests. */
  static EtcdMembers start(int count, Path directory, String scheme, String... flags) {
    if (!Files.isExecutable(PROGRAM)) {
      throw ServerRequirement.missing("etcd", "install the package etcd-server");
    }
    EtcdMembers cluster = new EtcdMembers(count, directory, scheme, List.of(flags));
    for (int i = 0; i < count; i++) {
      cluster.members.add(cluster.launch(i));
    }
    for (int i = 0; i < count; i++) {
      cluster.awaitHealthy(i);
    }
    return cluster;
  }

  private ServerProcess launch(int member) {
    return ServerProcess.start(
        "etcd member " + member, directory.resolve("log" + member), commands.get(member));
  }

  private void awaitHealthy(int member) {
    URI health = URI.create("http://127.0.0.1:%d/health".formatted(healthPorts.get(member)));
    Eventually.holds(
        "etcd member %d healthy".formatted(member),
        Duration.ofSeconds(30),
        () -> {
          try (var answer = health.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("true");
          }
        });
  }

  /** The addresses for clients, with their scheme. */
  List<String> endpoints() {
    return clientPorts.stream().map(port -> "%s://127.0.0.1:%d".formatted(scheme, port)).toList();
  }

  /** A member that does not lead the cluster, by its own word. */
  int followerIndex() throws Exception {
    for (int i = 0; i < healthPorts.size(); i++) {
      URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(healthPorts.get(i)));
      try (var answer = metrics.toURL().openStream()) {
        String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains("\netcd_server_is_leader 0\n")) {
          return i;
        }
      }
    }
    throw new AssertionError("every member leads");
  }

  int port() {
    return clientPorts.getFirst();
  }

  void kill(int member) {
    members.get(member).kill();
  }

  void pause(int member) {
    members.get(member).pause();
  }

  void resume(int member) {
    members.get(member).resume();
  }

  void restart(int member) {
    members.set(member, launch(member));
    awaitHealthy(member);
  }

  @Override
  public void close() {
    members.forEach(ServerProcess::kill);
  }
}
