package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Full and read-only disks: mounted for a child process in a name space of its own. */
@Timeout(120)
final class BadDiskTest {

  private static final String MOUNT_SMALL = "mount -t tmpfs -o size=48m none \"$0\"";
  private static final String MOUNT_READ_ONLY =
      "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"";

  @TempDir Path directory;

  @BeforeEach
  void requireMounts() throws InterruptedException {
    String said;
    boolean mounted;
    try {
      Process trial =
          new ProcessBuilder(inNameSpace(MOUNT_SMALL, directory, "true"))
              .redirectErrorStream(true)
              .start();
      said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      mounted = trial.waitFor() == 0;
    } catch (IOException e) {
      said = String.valueOf(e.getMessage());
      mounted = false;
    }
    assumeThat(mounted)
        .as("NOT TESTED: this machine permits no mounts in a user name space (%s)", said)
        .isTrue();
  }

  @ParameterizedTest(name = "write buffer of {0} bytes")
  @ValueSource(ints = {1 << 20, 64 << 20})
  void givenADiskThatRunsFullThenTheErrorSaysSoAndEverythingAcknowledgedIsThereOnceThereIsSpace(
      int writeBuffer) throws Exception {
    List<String> said = run(MOUNT_SMALL, FullDiskWriter.class, Integer.toString(writeBuffer));

    assertThat(said)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("FAILED UnknownOutcome")
                    .contains("disk is full")
                    .contains(directory.toString())
                    .contains("Free space and restart"))
        .anySatisfy(
            line -> assertThat(line).startsWith("THEN Unavailable").contains("disk is full"))
        .contains("READABLE MEANWHILE true")
        .anyMatch(
            line ->
                line.equals("OPENED ON THE FULL DISK, ALL THERE true")
                    || line.startsWith("REFUSED ON THE FULL DISK Unavailable"))
        .contains("ALL THERE true", "WRITES AGAIN");
    assertThat(said)
        .filteredOn(line -> line.startsWith("ACKNOWLEDGED "))
        .singleElement()
        .satisfies(line -> assertThat(Integer.parseInt(line.substring(13))).isGreaterThan(50));
  }

  @Test
  void givenAStoreOnAReadOnlyDiskThenTheErrorSaysSoAndNothingIsChanged() throws Exception {
    Path store = directory.resolve("store");
    try (EmbeddedStore opened = EmbeddedStore.open(store)) {
      Texts.put(opened, "k", "v");
    }
    SortedMap<String, ByteBuffer> before = StoreFiles.data(store);

    assertThat(run(MOUNT_READ_ONLY, Opener.class))
        .singleElement()
        .asString()
        .startsWith("Unavailable ")
        .contains(store.toString())
        .containsIgnoringCase("read-only file system")
        .contains("name another one");
    assertThat(StoreFiles.data(store)).isEqualTo(before);
  }

  @Test
  void givenAReadOnlyDiskWithoutAStoreThenTheErrorNamesTheDirectory() throws Exception {
    assertThat(run(MOUNT_READ_ONLY, Opener.class))
        .singleElement()
        .asString()
        .startsWith("Unavailable ")
        .contains(directory.resolve("store").toString())
        .containsIgnoringCase("read-only file system");
    assertThat(Files.exists(directory.resolve("store"))).isFalse();
  }

  private List<String> run(String mount, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 1];
    all[0] = directory.toString();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (ChildProcess child = ChildProcess.start(inNameSpace(mount, directory), main, all)) {
      List<String> said = child.readAll();
      assertThat(child.exitCode()).as("exit code, after %s", said).isZero();
      // The log of the child goes to the same stream.
      return said.stream().filter(line -> line.matches("[A-Z].*")).toList();
    }
  }

  private static List<String> inNameSpace(String mount, Path on, String... command) {
    List<String> wrapper =
        new ArrayList<>(
            List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "bash",
                "-c",
                mount + " && exec \"$@\"",
                on.toString()));
    wrapper.addAll(List.of(command));
    return wrapper;
  }

  /** Opens the store below the directory and says how that went. */
  static final class Opener {

    private Opener() {}

    /** Argument: the directory. */
    public static void main(String[] arguments) {
      try (EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0], "store"))) {
        System.out.println("OPENED " + store.directory());
      } catch (StoreException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }
}
