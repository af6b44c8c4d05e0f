package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.store.RangePager;
import io.metasrv.bootstrap.ctl.RealStores.Kind;
import io.metasrv.bootstrap.server.OpenStore;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code ctl store} on a real server of each kind. */
@Timeout(300)
class StoreBackendsTest {

  private static final Bytes MARKER = Bytes.utf8("__metasrv/transfer/copy");

  /** Enough for a copy to be interrupted in the middle on each backend. */
  private static final int MANY = 12_000;

  @TempDir private static Path directory;
  private static RealStores stores;
  private static String recorded;
  private static String large;

  @BeforeAll
  static void start() throws IOException {
    stores = RealStores.start(directory);
    recorded = filled(richState());
    large = filled(manyPairs());
  }

  @AfterAll
  static void stop() throws Exception {
    if (stores != null) {
      stores.close();
    }
  }

  @Test
  void givenARecordedStoreThenItGoesAroundAllBackendsAndComesBackByteForByte() throws IOException {
    String from = recorded;
    for (Kind next :
        List.of(
            Kind.ETCD, Kind.MYSQL, Kind.POSTGRES, Kind.ZOOKEEPER, Kind.MARIADB, Kind.EMBEDDED)) {
      String to = stores.fresh(next);
      assertThat(run("copy", "--from", from, "--to", to).succeeds()).contains(digest(recorded));
      assertThat(run("verify", "--from", recorded, "--to", to).succeeds()).contains("the same");
      from = to;
    }
    assertThat(content(from)).isEqualTo(kept(richState()));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givenACopyThatWasKilledThenTheSameCommandGoesOnAndNoServerStartsBefore(Kind kind)
      throws Exception {
    String to = stores.fresh(kind);

    killInTheMiddle(kind, to);

    assertThatThrownBy(() -> startServer(to))
        .isInstanceOf(ServiceException.class)
        .hasMessageContainingAll(
            "unfinished copy of embedded:", "ctl store copy", "empty the store")
        .hasMessageNotContaining("p@ss")
        .hasMessageNotContaining("p%40ss");
    Ctl again = run("copy", "--from", large, "--to", to);
    assertThat(again.succeeds()).contains(MANY + " pairs", digest(large));
    assertThat(again.err()).containsPattern("went on after \\d+ pairs of an earlier run");
    assertThat(content(to)).isEqualTo(manyPairs());
    startServer(to);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "EMBEDDED")
  void givenALiveLeaderThenNothingIsCopiedFromOrToItsStoreUntilItResigns(Kind kind)
      throws InterruptedException {
    String led = stores.fresh(kind);
    String other = stores.fresh(Kind.EMBEDDED);
    try (OpenStore open = StoreLocation.of("--to", led, Map.of()).open(false)) {
      LeaderLease lease = open.election().campaign("10.0.0.5:3002");
      lease.renew();
      assertRefused(run("copy", "--from", recorded, "--to", led));
      assertRefused(run("copy", "--from", led, "--to", other));
      assertRefused(run("export", "--from", led, "--file", directory + "/x.jsonl"));
      assertRefused(run("verify", "--from", led, "--to", recorded));
      lease.resign();
    }
    run("copy", "--from", recorded, "--to", led).succeeds();
  }

  private static void assertRefused(Ctl refused) {
    assertThat(refused.failsWith(1)).contains("refused: metasrv 10.0.0.5:3002 leads on ");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void givenFilesOfBothFormatsThenTheyGoOutAndInOnEachBackend(Kind kind) throws IOException {
    String source = stores.fresh(kind);
    run("copy", "--from", recorded, "--to", source).succeeds();
    for (String ending : List.of(".metadata.fb", ".jsonl")) {
      String file = directory.resolve(kind + ending).toString();
      String target = stores.fresh(kind);

      assertThat(run("export", "--from", source, "--file", file).succeeds())
          .contains(digest(recorded));
      run("import", "--file", file, "--to", target).succeeds();

      run("verify", "--from", target, "--file", file).succeeds();
      assertThat(content(target)).isEqualTo(kept(richState()));
      assertThat(run("import", "--file", file, "--to", target).failsWith(1))
          .contains("is not empty");
    }
  }

  /** Copies in a process of its own, and ends it without a goodbye once it has begun to write. */
  private static void killInTheMiddle(Kind kind, String to) throws Exception {
    Process copying =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.metasrv.bootstrap.Main",
                "ctl",
                "store",
                "copy",
                "--from",
                large,
                "--to",
                to)
            .redirectOutput(directory.resolve("killed-" + kind).toFile())
            .start();
    try (BufferedReader progress = copying.errorReader()) {
      assertThat(progress.readLine()).contains("of " + MANY + " pairs");
    } finally {
      copying.destroyForcibly().waitFor();
    }
    try (OpenStore half = StoreLocation.of("--to", to, Map.of()).open(true)) {
      assertThat(half.store().get(MARKER)).isPresent();
    }
  }

  private static void startServer(String config) throws Exception {
    RunningServer.configured(Path.of(config)).close();
  }

  private static String filled(List<KeyValue> pairs) {
    String config = stores.fresh(Kind.EMBEDDED);
    try (OpenStore open = StoreLocation.of("--to", config, Map.of()).open(false)) {
      open.store().batchPut(pairs, Previous.DISCARD);
    }
    return config;
  }

  private static List<KeyValue> content(String config) {
    try (OpenStore open = StoreLocation.of("--from", config, Map.of()).open(true)) {
      return RangePager.pairs(open.store(), KeyRange.all()).readAll().stream()
          .filter(pair -> !pair.key().startsWith(Bytes.utf8("__metasrv_election")))
          .toList();
    }
  }

  /** As the command prints it. */
  private static String digest(String config) {
    String printed = run("verify", "--from", config, "--to", copyOf(config)).succeeds();
    return printed.replaceAll("(?s).*(SHA-256 [0-9a-f]{64}).*", "$1");
  }

  /** An embedded store's directory has a lock, so it cannot be compared with itself. */
  private static String copyOf(String config) {
    String copy = stores.fresh(Kind.EMBEDDED);
    run("copy", "--from", config, "--to", copy).succeeds();
    return copy;
  }

  private static List<KeyValue> manyPairs() {
    Random random = new Random(4);
    List<KeyValue> pairs = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      byte[] value = new byte[1_000];
      random.nextBytes(value);
      pairs.add(new KeyValue(Bytes.utf8("key/%06d".formatted(i)), Bytes.wrap(value)));
    }
    return pairs;
  }

  private static List<KeyValue> kept(List<KeyValue> pairs) {
    return pairs.stream()
        .filter(pair -> !pair.key().startsWith(Bytes.utf8("__metasrv_election")))
        .toList();
  }

  /** A store of the reference with everything in it, as recorded. */
  private static List<KeyValue> richState() throws IOException {
    try (InputStream in =
        StoreBackendsTest.class.getResourceAsStream("/golden/snapshots/rich-state.json")) {
      Bytes text = Bytes.wrap(Objects.requireNonNull(in).readAllBytes());
      JsonValue.Object file = JsonReader.read(text).asObject();
      return ((JsonValue.Array) file.require("kvs"))
          .elements().stream()
              .map(JsonValue::asObject)
              .map(
                  kv ->
                      new KeyValue(Bytes.hex(kv.text("key_hex")), Bytes.hex(kv.text("value_hex"))))
              .toList();
    }
  }

  private static Ctl run(String... words) {
    return Ctl.store(words);
  }
}
