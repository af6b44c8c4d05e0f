package io.metasrv.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that a fixture runs to the end, and where they are. */
final class ProgramRun {

  private ProgramRun() {}

  /** Runs the command to its end; fails with its output if it does not succeed. */
  static void succeed(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }

  /** The program of that name on PATH or in one of the directories. */
  static Optional<Path> find(String name, List<Path> moreDirectories) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin");
    return Stream.concat(Stream.of(path.split(":")).map(Path::of), moreDirectories.stream())
        .map(directory -> directory.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether this process runs as root, as which some servers refuse to run. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Writes a small file that a server reads at its start. */
  static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
