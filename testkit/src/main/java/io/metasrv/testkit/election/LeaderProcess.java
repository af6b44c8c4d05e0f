package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link LeaderProgram} in a JVM of its own. For one thread. */
final class LeaderProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream commands;

  private LeaderProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * Starts it; leads when this returns.
   *
   * @param program main class and arguments
   */
  static LeaderProcess start(List<String> program) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(program);
    LeaderProcess leader =
        new LeaderProcess(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    assertThat(leader.answer()).isEqualTo(LeaderProgram.LEADS);
    return leader;
  }

  /** Sends a command and waits for its answer. */
  String ask(String command) throws InterruptedException {
    send(command);
    return answer();
  }

  /** Sends a command; a stopped process finds it when it wakes. */
  void send(String command) {
    commands.println(command);
  }

  /** The next line it says. */
  String answer() throws InterruptedException {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                line.complete(nextOfItsLines());
              } catch (IOException e) {
                line.completeExceptionally(e);
              }
            });
    try {
      return line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException broken) {
      throw new AssertionError("the leader's process cannot be read", broken.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("the leader's process said nothing for " + PATIENCE, late);
    }
  }

  /** Loggers print to the same place. */
  private String nextOfItsLines() throws IOException {
    String read = answers.readLine();
    while (read != null && !read.startsWith(LeaderProgram.SAYS)) {
      read = answers.readLine();
    }
    if (read == null) {
      throw new IOException("it has ended");
    }
    return read.substring(LeaderProgram.SAYS.length());
  }

  /** SIGSTOP. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process sender = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    assertThat(sender.waitFor()).as("kill %s", signal).isZero();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).as("the leader's process ended").isTrue();
  }
}
