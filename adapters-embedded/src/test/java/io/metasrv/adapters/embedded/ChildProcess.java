package io.metasrv.adapters.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A second JVM with this test's classes, which can be killed without mercy. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * @param wrapper a command that the JVM's command line is appended to; may be empty
   * @param main class with the main method
   */
  static ChildProcess start(List<String> wrapper, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** The next complete line; empty at the end of the output. */
  Optional<String> readLine() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  /** Reads to the end. */
  List<String> readAll() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Optional<String> line = readLine(); line.isPresent(); line = readLine()) {
      lines.add(line.get());
    }
    return lines;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** SIGKILL: nothing of the child gets to run any more. */
  void kill() {
    // Process.destroyForcibly would also close the pipe, and with it lines already written.
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    process.waitFor();
  }
}
