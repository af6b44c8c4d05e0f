package io.metasrv.benchmarks.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built distribution, started as an operator would. */
final class ServerUnderTest implements AutoCloseable {

  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final String address;
  private final long begunAt;

  private ServerUnderTest(Process process, String address, long begunAt) {
    this.process = process;
    this.address = address;
    this.begunAt = begunAt;
  }

  /**
   * Starts it on the embedded store and returns at once.
   *
   * @param dataHome its data and what it prints
   */
  static ServerUnderTest start(Path dataHome) throws IOException {
    return start(dataHome, freeAddress(), List.of());
  }

  /**
   * Starts it and returns at once.
   *
   * @param dataHome its data and what it prints
   * @param address its gRPC port
   * @param moreFlags for example {@code -c}
   */
  static ServerUnderTest start(Path dataHome, String address, List<String> moreFlags)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program().toString(), "start"));
    command.addAll(List.of("--data-home", dataHome.resolve("home").toString()));
    command.addAll(List.of("--grpc-bind-addr", address, "--http-addr", "127.0.0.1:0"));
    command.addAll(moreFlags);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dataHome.resolve("output").toFile()));
    long begunAt = System.nanoTime();
    Process process = builder.start();
    // A benchmark that is stopped takes its server along.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new ServerUnderTest(process, address, begunAt);
  }

  /** What {@code ./metasrv} has built. */
  private static Path program() {
    Path program = Path.of(System.getProperty("metasrv.root", "."), ".metasrv/app/bin/metasrv");
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(program + " is missing; build it with ./metasrv version");
    }
    return program.toAbsolutePath();
  }

  /** A port of the loopback interface that was free a moment ago. */
  static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  /** Where its gRPC port is going to be. */
  String address() {
    return address;
  }

  /** When it was begun, in the terms of {@link System#nanoTime}. */
  long begunAt() {
    return begunAt;
  }

  /** Throws once it does not run any more. */
  void requireRunning() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the server ended with " + process.exitValue());
    }
  }

  /** Processor time it has used, all its threads together. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** Bytes of all objects that a full collection leaves. */
  long liveHeapBytes() throws IOException, InterruptedException {
    String total = "";
    for (String line : jcmd("GC.class_histogram")) {
      if (line.startsWith("Total")) {
        total = line;
      }
    }
    String[] columns = total.trim().split("\\s+");
    return Long.parseLong(columns[columns.length - 1]);
  }

  /** Bytes of memory the system has given it. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS of process " + process.pid());
  }

  private List<String> jcmd(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd " + command + " failed: " + output);
    }
    return output.lines().toList();
  }

  /** Ends it without a goodbye (SIGKILL). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it in order. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Removes a directory and what is in it. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
