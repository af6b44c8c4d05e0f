package io.metasrv.adapters.kafka;

import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.Ports;
import io.metasrv.testkit.server.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * A broker that is its own controller, as a child process with its data in a directory. It listens
 * twice: for anybody, and for user {@value #USER} with password {@value #PASSWORD}.
 */
final class KafkaBroker implements AutoCloseable {

  static final String USER = "metasrv";

  /** Hard to quote. */
  static final String PASSWORD = "se\"cr\\et";

  private static final Duration START_TIME = Duration.ofSeconds(60);

  private final Path directory;
  private final List<Integer> ports = Ports.free(3);
  private ServerProcess process;

  private KafkaBroker(Path directory) throws IOException {
    this.directory = directory;
    Path settings = Files.writeString(directory.resolve("server.properties"), settings());
    ServerProcess format =
        ServerProcess.start(
            "kafka format",
            directory.resolve("format.log"),
            java(
                "kafka.tools.StorageTool",
                "format",
                "--standalone",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                settings.toString()));
    if (format.exitCode() != 0) {
      throw new IllegalStateException(
          "the storage of the broker cannot be formatted: "
              + Files.readString(directory.resolve("format.log")));
    }
    process = launch();
  }

  /** Starts one, ready for requests. */
  static KafkaBroker start(Path directory) throws IOException {
    return new KafkaBroker(directory);
  }

  private ServerProcess launch() {
    ServerProcess started =
        ServerProcess.start(
            "kafka",
            directory.resolve("server.log"),
            java("kafka.Kafka", directory.resolve("server.properties").toString()));
    Eventually.holds("the broker listens", START_TIME, () -> listens(ports.get(0)));
    return started;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where anybody connects. */
  String open() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** Where the user connects. */
  String guarded() {
    return "127.0.0.1:" + ports.get(1);
  }

  /** Ends it without a goodbye; its data stay. */
  void kill() {
    process.kill();
  }

  /** Starts it again on the same ports with the same data. */
  void restart() {
    process = launch();
  }

  private static List<String> java(String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    return command;
  }

  private String settings() {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.bootstrap.servers=127.0.0.1:%3$d
    controller.listener.names=CONTROLLER
    listeners=OPEN://127.0.0.1:%1$d,GUARDED://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
    advertised.listeners=OPEN://127.0.0.1:%1$d,GUARDED://127.0.0.1:%2$d
    listener.security.protocol.map=OPEN:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
    inter.broker.listener.name=OPEN
    sasl.enabled.mechanisms=PLAIN
    listener.name.guarded.plain.sasl.jaas.config=\
    org.apache.kafka.common.security.plain.PlainLoginModule required user_%4$s="%5$s";
    auto.create.topics.enable=false
    offsets.topic.replication.factor=1
    log.dirs=%6$s
    """
        .formatted(
            ports.get(0),
            ports.get(1),
            ports.get(2),
            USER,
            // Quoted for JAAS, and its backslashes once more for the properties file.
            PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"").replace("\\", "\\\\"),
            directory.resolve("data"));
  }

  @Override
  public void close() {
    process.close();
  }
}
