package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import io.metasrv.testkit.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * ZooKeeper servers as processes of this machine, one alone or an ensemble: they can be killed and
 * made to stand still. Each is a JVM with this test's class path. Addresses and data stay over a
 * restart.
 */
final class ZooKeeperServers implements AutoCloseable {

  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final int TICK_MILLIS = 500;

  private final Path directory;
  private final List<Integer> clientPorts;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<String> jvmArguments;

  private ZooKeeperServers(int count, Map<String, String> settings, List<String> jvmArguments) {
    this.jvmArguments = jvmArguments;
    try {
      directory = Files.createTempDirectory("metasrv-zookeeper-");
      List<Integer> ports = Ports.free(3 * count);
      clientPorts = ports.subList(0, count);
      for (int i = 0; i < count; i++) {
        write(i, settings(i, ports, count, settings));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare ZooKeeper servers", e);
    }
  }

  /** Starts that many, ready for requests. */
  static ZooKeeperServers start(int count) {
    return start(count, Map.of(), List.of());
  }

  /** Starts them with more settings and arguments of their JVMs. */
  static ZooKeeperServers start(
      int count, Map<String, String> settings, List<String> jvmArguments) {
    ZooKeeperServers servers = new ZooKeeperServers(count, settings, jvmArguments);
    for (int i = 0; i < count; i++) {
      servers.processes.add(servers.launch(i));
    }
    for (int i = 0; i < count; i++) {
      servers.awaitServing(i);
    }
    return servers;
  }

  private Map<String, String> settings(
      int index, List<Integer> ports, int count, Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("tickTime", Integer.toString(TICK_MILLIS));
    settings.put("initLimit", "20");
    settings.put("syncLimit", "8");
    settings.put("dataDir", home(index).toString());
    settings.put("clientPort", Integer.toString(clientPorts.get(index)));
    settings.put("clientPortAddress", "127.0.0.1");
    settings.put("admin.enableServer", "false");
    settings.put("maxSessionTimeout", "60000");
    settings.put("4lw.commands.whitelist", "srvr");
    // Servers die here, the machine does not.
    settings.put("forceSync", "no");
    if (count > 1) {
      for (int i = 0; i < count; i++) {
        settings.put(
            "server." + (i + 1),
            "127.0.0.1:%d:%d".formatted(ports.get(count + i), ports.get(2 * count + i)));
      }
    }
    settings.putAll(more);
    return settings;
  }

  private void write(int index, Map<String, String> settings) throws IOException {
    Files.createDirectories(home(index));
    Files.writeString(home(index).resolve("myid"), Integer.toString(index + 1));
    List<String> lines =
        settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    Files.write(config(index), lines);
  }

  private Path home(int index) {
    return directory.resolve("server" + index);
  }

  private Path config(int index) {
    return home(index).resolve("zoo.cfg");
  }

  private ServerProcess launch(int index) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvmArguments);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            QuorumPeerMain.class.getName(),
            config(index).toString()));
    return ServerProcess.start("ZooKeeper " + index, home(index).resolve("log"), command);
  }

  private void awaitServing(int index) {
    Eventually.holds(
        "ZooKeeper %d serves; its log is %s".formatted(index, home(index).resolve("log")),
        START_TIME,
        () -> !mode(index).isEmpty());
  }

  /** {@code standalone}, {@code leader} or {@code follower}; empty while it serves nobody. */
  String mode(int index) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", clientPorts.get(index)), 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("srvr".getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> line.startsWith("Mode: "))
          .map(line -> line.substring("Mode: ".length()))
          .findFirst()
          .orElse("");
    } catch (IOException notServing) {
      return "";
    }
  }

  /** The member that leads the ensemble now. */
  int leader() {
    return Eventually.present(
        "one of the servers leads",
        START_TIME,
        () -> {
          for (int i = 0; i < processes.size(); i++) {
            if (mode(i).equals("leader")) {
              return java.util.Optional.of(i);
            }
          }
          return java.util.Optional.empty();
        });
  }

  int port(int index) {
    return clientPorts.get(index);
  }

  String address(int index) {
    return "127.0.0.1:" + port(index);
  }

  String[] addresses() {
    return clientPorts.stream().map(port -> "127.0.0.1:" + port).toArray(String[]::new);
  }

  /** SIGKILL; the data stay. */
  void kill(int index) {
    processes.get(index).kill();
  }

  /** Starts it again and waits until it serves. */
  void restart(int index) {
    relaunch(index);
    awaitServing(index);
  }

  /** Starts it again without waiting. */
  void relaunch(int index) {
    processes.set(index, launch(index));
  }

  void pause(int index) {
    processes.get(index).pause();
  }

  void resume(int index) {
    processes.get(index).resume();
  }

  @Override
  public void close() {
    processes.forEach(ServerProcess::kill);
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
