package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server running as a process of its own on this machine. Signals go to exactly that process and
 * those it started. Its output is appended to a file.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final String name;

  private ServerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts the command; returns at once, before the server is ready. */
  public static ServerProcess start(String name, Path log, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServerProcess(name, process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + " with " + command, e);
    }
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Of the operating system. */
  public long pid() {
    return process.pid();
  }

  /** SIGSTOP: stands still, connections stay open. Goes on again if it cannot be stopped. */
  public void pause() {
    try {
      Eventually.holds(name + " stands still", PATIENCE, this::stop);
    } catch (AssertionError failed) {
      resume();
      throw failed;
    }
  }

  /** Signals all there are, again in each look: what was being started had not been signalled. */
  private boolean stop() {
    signal("STOP");
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .allMatch(ServerProcess::standsStill);
  }

  /** Whether every thread of a process is stopped: the signal takes its time. */
  private static boolean standsStill(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.allMatch(ServerProcess::isStopped);
    } catch (IOException noProc) {
      return true;
    }
  }

  private static boolean isStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      // A worker that ended stays a zombie, because its stopped parent does not take note of it.
      return state == 'T' || state == 'Z' || state == 'X';
    } catch (IOException gone) {
      return true;
    }
  }

  /** SIGCONT: goes on after {@link #pause()}. */
  public void resume() {
    signal("CONT");
  }

  /** SIGKILL: gone without a goodbye. Waits for the end. */
  public void kill() {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroyForcibly();
    workers.forEach(ProcessHandle::destroyForcibly);
    awaitEnd();
  }

  /** SIGTERM: asks it to end in order; does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for the end, up to 20 s, and says how it ended. */
  public int exitCode() {
    awaitEnd();
    return process.exitValue();
  }

  /** SIGTERM, or SIGKILL if that does not help. Waits for the end. */
  @Override
  public void close() {
    process.destroy();
    if (!hasEndedWithin(PATIENCE)) {
      kill();
    }
  }

  private void signal(String signal) {
    if (!process.isAlive()) {
      throw new IllegalStateException("cannot send SIG" + signal + " to " + name + ": it ended");
    }
    try {
      List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
      command.add(Long.toString(process.pid()));
      process.descendants().forEach(worker -> command.add(Long.toString(worker.pid())));
      // It complains of workers that are gone by now; what matters is the process itself.
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + signal + " to " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal to " + name, e);
    }
  }

  private void awaitEnd() {
    if (!hasEndedWithin(PATIENCE)) {
      throw new IllegalStateException(name + " did not end within " + PATIENCE);
    }
  }

  private boolean hasEndedWithin(Duration patience) {
    try {
      return process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
    }
  }
}
