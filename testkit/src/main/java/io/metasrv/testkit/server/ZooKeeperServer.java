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
import java.util.List;

/**
 * One ZooKeeper as a JVM of its own with this process's class path, on which its server (Curator's
 * {@code curator-test} brings what that needs) has to be: with the settings and the compiler of a
 * server in use, for who measures. Tests want {@link ZooKeeperServers}. Used by one thread.
 */
public final class ZooKeeperServer implements AutoCloseable {

  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final String HOST = "127.0.0.1";

  /** By name: test support of stores that are no ZooKeeper needs none of its classes. */
  private static final String PROGRAM = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

  private final Path directory;
  private final int port;
  private final ServerProcess process;

  private ZooKeeperServer(Path directory, int port) {
    this.directory = directory;
    this.port = port;
    this.process = launch();
  }

  /** Starts one with its own default limits, ready for requests. */
  public static ZooKeeperServer start() {
    int port = Ports.free(1).getFirst();
    try {
      Path directory = Files.createTempDirectory("metasrv-zookeeper-");
      Files.write(
          directory.resolve("zoo.cfg"),
          List.of(
              "dataDir=" + directory.resolve("data"),
              "clientPort=" + port,
              "clientPortAddress=" + HOST,
              "tickTime=2000",
              "admin.enableServer=false",
              "4lw.commands.whitelist=srvr"));
      ZooKeeperServer server = new ZooKeeperServer(directory, port);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a ZooKeeper server", e);
    }
  }

  private ServerProcess launch() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAM,
                directory.resolve("zoo.cfg").toString()));
    return ServerProcess.start("ZooKeeper", directory.resolve("log"), command);
  }

  private void awaitReady() {
    Eventually.holds(
        "ZooKeeper on port %d serves; its log is %s".formatted(port, directory.resolve("log")),
        START_TIME,
        this::serves);
  }

  private boolean serves() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("srvr".getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII).contains("Mode: ");
    } catch (IOException notServing) {
      return false;
    }
  }

  /** {@code 127.0.0.1:PORT}. */
  public String address() {
    return HOST + ":" + port;
  }

  /** Ends the server and removes its data. */
  @Override
  public void close() {
    process.kill();
    EtcdServer.deleteTree(directory);
  }
}
