package io.metasrv.testkit.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

/**
 * ZooKeeper servers as processes of this machine, one alone or an ensemble: they can be killed and
 * made to stand still. Each is a JVM with the test's class path, which has to hold ZooKeeper.
 * Addresses and data stay over a restart. Used by one thread at a time.
 */
public final class ZooKeeperServers implements AutoCloseable {

  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final int TICK_MILLIS = 500;
  private static final String MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

  private final Path directory;
  private final List<Integer> clientPorts;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final Program program;

  private ZooKeeperServers(
      int count, Path directory, Map<String, String> settings, Program program) {
    this.program = program;
    this.directory = directory;
    try {
      List<Integer> ports = Ports.free(3 * count);
      clientPorts = ports.subList(0, count);
      for (int i = 0; i < count; i++) {
        write(i, settings(i, ports, count, settings));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare ZooKeeper servers", e);
    }
  }

  /**
   * What is run.
   *
   * @param classPath with ZooKeeper's server on it
   * @param jvmArguments further arguments
   */
  public record Program(String classPath, List<String> jvmArguments) {
    /** The ZooKeeper of the test's own class path. */
    public static Program ours(String... jvmArguments) {
      return new Program(System.getProperty("java.class.path"), List.of(jvmArguments));
    }
  }

  /** Starts that many, ready for requests. */
  public static ZooKeeperServers start(int count) {
    return start(count, Map.of(), Program.ours());
  }

  /** Starts them with more settings. */
  public static ZooKeeperServers start(int count, Map<String, String> settings, Program program) {
    try {
      Path directory = Files.createTempDirectory("metasrv-zookeeper-");
      return start(new ZooKeeperServers(count, directory, settings, program), count);
    } catch (IOException e) {
      throw new UncheckedIOException("no directory for ZooKeeper servers", e);
    }
  }

  /** Starts one with its data on that disk. */
  public static ZooKeeperServers start(SmallDisk disk, Map<String, String> settings) {
    Path directory = disk.directory().resolve("zookeeper");
    return start(new ZooKeeperServers(1, directory, settings, Program.ours()), 1);
  }

  private static ZooKeeperServers start(ZooKeeperServers servers, int count) {
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
    command.addAll(program.jvmArguments());
    command.addAll(List.of("-cp", program.classPath(), MAIN, config(index).toString()));
    return ServerProcess.start("ZooKeeper " + index, home(index).resolve("log"), command);
  }

  private void awaitServing(int index) {
    Eventually.holds(
        "ZooKeeper %d serves; its log is %s".formatted(index, home(index).resolve("log")),
        START_TIME,
        () -> !mode(index).isEmpty());
  }

  /** {@code standalone}, {@code leader} or {@code follower}; empty while it serves nobody. */
  public String mode(int index) {
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
  public int leader() {
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

  /** Where clients connect. */
  public int port(int index) {
    return clientPorts.get(index);
  }

  /** The same as {@code host:port}. */
  public String address(int index) {
    return "127.0.0.1:" + port(index);
  }

  /** Of all members. */
  public String[] addresses() {
    return clientPorts.stream().map(port -> "127.0.0.1:" + port).toArray(String[]::new);
  }

  /** SIGKILL; the data stay. */
  public void kill(int index) {
    processes.get(index).kill();
  }

  /** Starts it again and waits until it serves. */
  public void restart(int index) {
    relaunch(index);
    awaitServing(index);
  }

  /** Starts it again without waiting. */
  public void relaunch(int index) {
    processes.set(index, launch(index));
  }

  /** SIGSTOP. */
  public void pause(int index) {
    processes.get(index).pause();
  }

  /** SIGCONT. */
  public void resume(int index) {
    processes.get(index).resume();
  }

  /** Whether the process is there. */
  public boolean isRunning(int index) {
    return processes.get(index).isAlive();
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
