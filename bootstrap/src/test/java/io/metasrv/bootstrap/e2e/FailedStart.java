package io.metasrv.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A start that has ended by itself.
 *
 * @param code its exit code
 * @param out what it printed on standard output: the log
 * @param err what it printed on standard error
 */
record FailedStart(int code, String out, String err) {

  private static final long PATIENCE_SECONDS = 90;

  /** Starts a server in a process of its own, on any free ports where the flags name none. */
  static FailedStart of(Path workspace, Path dataHome, List<String> flags)
      throws IOException, InterruptedException {
    return run(workspace, List.of(), dataHome, flags);
  }

  /** The same where that directory is mounted read-only. */
  static FailedStart withReadOnly(Path workspace, Path directory, Path dataHome, List<String> flags)
      throws IOException, InterruptedException {
    return run(workspace, readOnly(directory), dataHome, flags);
  }

  /** Whether this machine lets us mount anything, even in a name space of our own. */
  static boolean canMount(Path directory) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(readOnly(directory));
    command.add("true");
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private static List<String> readOnly(Path directory) {
    return List.of(
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        "mount --bind -o ro \"$0\" \"$0\" && exec \"$@\"",
        directory.toString());
  }

  private static FailedStart run(
      Path workspace, List<String> wrapper, Path dataHome, List<String> flags)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of("--data-home", dataHome.toString()));
    all.addAll(List.of("--log-dir", workspace.resolve("logs").toString()));
    for (String port : List.of("--http-addr", "--grpc-bind-addr")) {
      if (!flags.contains(port)) {
        all.addAll(List.of(port, "127.0.0.1:0"));
      }
    }
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(MetasrvProcess.command(all));
    Path out = workspace.resolve("out");
    Path err = workspace.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    assertThat(ended).as("ended by itself; %s", Files.readString(out)).isTrue();
    return new FailedStart(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Exit code 1, and one line on standard error with all of these in it. */
  void saysOnly(String... parts) {
    assertThat(code).as(err).isEqualTo(1);
    assertThat(err.lines()).as(err).singleElement().asString().startsWith("Error: ");
    assertThat(err).contains(parts);
    // The stack is for the log files.
    assertThat(out).doesNotContain("\tat ");
  }
}
