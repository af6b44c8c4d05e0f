package io.metasrv.adapters.embedded;

import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * Fills a small disk through a store, sees what the store says, frees some of it and looks whether
 * everything acknowledged is there. Each finding is a line of the output.
 */
final class FullDiskWriter {

  private static final int VALUE_BYTES = 50_000;
  private static final int BALLAST_BYTES = 26 << 20;

  private FullDiskWriter() {}

  /** Arguments: a directory on the small disk, bytes of the write buffer. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path disk = Path.of(arguments[0]);
    EmbeddedOptions options =
        new EmbeddedOptions(
            4 << 20,
            Long.parseLong(arguments[1]),
            1,
            64 << 20,
            EmbeddedOptions.DEFAULT.callTimeout(),
            DamagedLog.REFUSE);
    Path ballast = Files.write(disk.resolve("ballast"), new byte[BALLAST_BYTES]);
    Path store = disk.resolve("store");

    int acknowledged = fill(store, options, out);
    out.println("ACKNOWLEDGED " + acknowledged);
    try (EmbeddedStore reopened = EmbeddedStore.open(store, options)) {
      out.println("OPENED ON THE FULL DISK, ALL THERE " + allThere(reopened, acknowledged));
    } catch (StoreException e) {
      out.println(
          "REFUSED ON THE FULL DISK " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
    Files.delete(ballast);
    try (EmbeddedStore reopened = EmbeddedStore.open(store, options)) {
      out.println("ALL THERE " + allThere(reopened, acknowledged));
      reopened.put(key(0), value(0), Previous.DISCARD);
      out.println("WRITES AGAIN");
    }
  }

  private static int fill(Path path, EmbeddedOptions options, PrintStream out) {
    int acknowledged = 0;
    try (EmbeddedStore store = EmbeddedStore.open(path, options)) {
      try {
        while (true) {
          store.put(key(acknowledged), value(acknowledged), Previous.DISCARD);
          acknowledged++;
        }
      } catch (StoreException e) {
        out.println("FAILED " + e.getClass().getSimpleName() + " " + e.getMessage());
      }
      try {
        store.put(Bytes.utf8("one more"), Bytes.EMPTY, Previous.DISCARD);
        out.println("TOOK ANOTHER WRITE");
      } catch (StoreException e) {
        out.println("THEN " + e.getClass().getSimpleName() + " " + e.getMessage());
      }
      out.println("READABLE MEANWHILE " + allThere(store, acknowledged));
    }
    return acknowledged;
  }

  private static boolean allThere(EmbeddedStore store, int count) {
    for (int i = 0; i < count; i++) {
      if (!store.get(key(i)).equals(Optional.of(value(i)))) {
        return false;
      }
    }
    return true;
  }

  private static Bytes key(int number) {
    return Bytes.utf8("key-%06d".formatted(number));
  }

  /** Random, so that no compression makes it small. */
  private static Bytes value(int number) {
    byte[] content = new byte[VALUE_BYTES];
    new Random(number).nextBytes(content);
    return Bytes.wrap(content);
  }
}
