package io.metasrv.adapters.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.domain.error.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StoreDirectoryTest {

  @TempDir Path directory;

  @Test
  void givenAMissingDirectoryWhenOpenedThenItIsCreatedWithItsParents() {
    Path store = directory.resolve("a/b/c");
    try (EmbeddedStore opened = EmbeddedStore.open(store)) {
      Texts.put(opened, "k", "v");
    }
    try (EmbeddedStore opened = EmbeddedStore.open(store)) {
      assertThat(Texts.get(opened, "k")).isEqualTo("v");
    }
  }

  @Test
  void givenAStoreOpenInThisProcessWhenOpenedAgainThenItIsRefusedWithAdvice() {
    Path store = directory.resolve("store");
    try (EmbeddedStore first = EmbeddedStore.open(store)) {
      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> EmbeddedStore.open(store))
          .withMessageContaining(store.toString())
          .withMessageContaining("in use by this process")
          .withMessageContaining("a directory of its own");
      Texts.put(first, "still", "works");
    }
  }

  @Test
  void givenAStoreOpenInAnotherProcessWhenOpenedThenItIsRefusedAndNamesThatProcess()
      throws Exception {
    Path store = directory.resolve("store");
    try (ChildProcess holder =
        ChildProcess.start(List.of(), DirectoryHolder.class, store.toString())) {
      String pid = awaitLine(holder, "HOLDING ").split(" ", -1)[1];

      assertThatExceptionOfType(StoreException.Unavailable.class)
          .isThrownBy(() -> EmbeddedStore.open(store))
          .withMessageContaining(store.toString())
          .withMessageContaining("in use by process " + pid);

      holder.kill();
      holder.exitCode();
    }
    // The lock went with the process; nothing has to be cleaned up by hand.
    try (EmbeddedStore opened = EmbeddedStore.open(store)) {
      assertThat(Texts.content(opened)).isEmpty();
    }
  }

  @Test
  void givenADirectoryWithSomethingElseWhenOpenedThenItIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "two years of work");

    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EmbeddedStore.open(directory))
        .withMessageContaining("thesis.txt")
        .withMessageContaining("Name an empty or new directory");
    assertThat(Files.readString(directory.resolve("thesis.txt"))).isEqualTo("two years of work");
  }

  @Test
  void givenAFileInPlaceOfTheDirectoryWhenOpenedThenTheErrorNamesIt() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EmbeddedStore.open(file))
        .withMessageContaining(file.toString())
        .withMessageContaining("has to be a directory");
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> EmbeddedStore.open(file.resolve("below")))
        .withMessageContaining(file.toString());
  }

  @Test
  void givenAFirstStartThatWasKilledWhenOpenedThenTheStoreIsCreated() throws IOException {
    Path store = Files.createDirectory(directory.resolve("store"));
    for (String left :
        List.of("metasrv.lock", "LOCK", "LOG", "IDENTITY", "MANIFEST-000001", "000001.dbtmp")) {
      Files.createFile(store.resolve(left));
    }
    try (EmbeddedStore opened = EmbeddedStore.open(store)) {
      Texts.put(opened, "k", "v");
      assertThat(Texts.get(opened, "k")).isEqualTo("v");
    }
  }

  private static String awaitLine(ChildProcess child, String start) throws IOException {
    for (Optional<String> line = child.readLine(); line.isPresent(); line = child.readLine()) {
      if (line.get().startsWith(start)) {
        return line.get();
      }
    }
    throw new AssertionError("the child ended without a line '" + start + "'");
  }
}
