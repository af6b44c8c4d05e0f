package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.adapters.embedded.EmbeddedStore;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.bootstrap.server.OpenStore;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.EtcdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on an embedded store and a real etcd. */
class StoreCommandTest {

  private static EtcdServer etcd;
  private static int prefixes;

  @TempDir private Path directory;
  private String embedded = "";
  private String onEtcd = "";

  @BeforeAll
  static void startEtcd() {
    etcd = EtcdServer.startUnsynced();
  }

  @AfterAll
  static void stopEtcd() {
    if (etcd != null) {
      etcd.close();
    }
  }

  @BeforeEach
  void fillAnEmbeddedStore() {
    Path store = directory.resolve("store");
    embedded = "embedded:" + store;
    onEtcd = "etcd://%s:%d/p%d/".formatted(etcd.host(), etcd.port(), prefixes++);
    try (EmbeddedStore opened = EmbeddedStore.open(store)) {
      opened.batchPut(content(), Previous.DISCARD);
    }
  }

  @Test
  void givenAnEmbeddedStoreThenItIsCopiedToEtcdAndBack() {
    String back = "embedded:" + directory.resolve("back");

    assertThat(run("copy", "--from", embedded, "--to", onEtcd).succeeds())
        .contains("copied and compared: 502 pairs");
    run("copy", "--from", onEtcd, "--to", back).succeeds();

    assertThat(run("verify", "--from", embedded, "--to", back).succeeds()).contains("the same");
    try (EmbeddedStore opened = EmbeddedStore.open(directory.resolve("back"))) {
      assertThat(opened.range(KeyRange.all(), RangeOptions.ALL).kvs()).isEqualTo(content());
    }
  }

  @Test
  void givenFilesOfBothFormatsThenTheyAreExportedImportedAndVerified() throws IOException {
    for (String name : List.of("a.metadata.fb", "a.jsonl")) {
      String file = directory.resolve(name).toString();
      String target = "embedded:" + directory.resolve("from-" + name);

      run("export", "--from", embedded, "--file", file).succeeds();
      run("import", "--file", file, "--to", target).succeeds();

      run("verify", "--from", target, "--file", file).succeeds();
      run("verify", "--from", embedded, "--to", target).succeeds();
      assertThat(run("export", "--from", embedded, "--file", file).failsWith(1))
          .contains("is there already");
    }
    assertThat(Files.list(directory)).noneMatch(path -> path.toString().endsWith(".part"));
  }

  @Test
  void givenStoresThatDifferThenTheFirstKeysAreNamedAndNoValue() {
    Path other = directory.resolve("other");
    try (EmbeddedStore opened = EmbeddedStore.open(other)) {
      opened.put(Bytes.utf8("key/00000"), Bytes.utf8("secret"), Previous.DISCARD);
    }

    assertThat(run("verify", "--from", embedded, "--to", "embedded:" + other).failsWith(1))
        .contains("differ in 502 keys")
        .contains("key/00000 has another value")
        .contains("key/00001 is only in " + embedded)
        .contains("and 492 more")
        .doesNotContain("secret");
  }

  @Test
  void givenALeaderOnEtcdThenCopyingFromOrToItIsRefused() throws InterruptedException {
    StoreLocation location = StoreLocation.of("--to", onEtcd, Map.of());
    try (OpenStore open = location.open(false)) {
      LeaderLease lease = open.election().campaign("10.0.0.5:3002");
      lease.renew();

      assertThat(run("copy", "--from", embedded, "--to", onEtcd).failsWith(1))
          .contains("Copying refused: metasrv 10.0.0.5:3002 leads on etcd at");
      lease.resign();
    }
    run("copy", "--from", embedded, "--to", onEtcd).succeeds();
  }

  @Test
  void givenAnEmbeddedStoreInUseThenItsLockRefuses() {
    try (EmbeddedStore used = EmbeddedStore.open(directory.resolve("store"))) {
      assertThat(run("copy", "--from", embedded, "--to", onEtcd).failsWith(1))
          .contains(used.directory().toString());
    }
  }

  @Test
  void givenSomethingThatIsNoStoreThenTheErrorSaysWhatIsAndShowsNoPassword() {
    assertThat(run("copy", "--from", "embedded:" + directory + "/no", "--to", onEtcd).failsWith(1))
        .contains("There is no embedded store in");
    for (String text :
        List.of("etcd://me:hunter2@h:1/", "mongodb://me:hunter2@h:1/", "mysql://me:hunter2@")) {
      Ctl run = run("copy", "--from", text, "--to", onEtcd);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out() + run.err()).doesNotContain("hunter2").contains("Error: ");
    }
    assertThat(run("copy", "--from", embedded).failsWith(2)).contains("--to");
  }

  @Test
  void givenALineOrAFileThenTheOptionsAreThoseOfAServer() throws IOException {
    MetasrvOptions line = StoreLocation.of("--from", "etcd://a:1,b:2//root/", Map.of()).options();
    Path toml = Files.writeString(directory.resolve("m.toml"), "store_key_prefix = \"x\"\n");
    StoreLocation file = StoreLocation.of("--from", toml.toString(), Map.of());

    assertThat(line.store().addresses()).containsExactly("a:1", "b:2");
    assertThat(line.store().keyPrefix()).isEqualTo("/root/");
    assertThat(file.name()).isEqualTo("etcd at 127.0.0.1:2379 under 'x'");
  }

  private static List<KeyValue> content() {
    List<KeyValue> pairs = new ArrayList<>();
    pairs.add(new KeyValue(Bytes.utf8("big"), Bytes.wrap(new byte[1_500_000])));
    for (int i = 0; i < 500; i++) {
      pairs.add(
          new KeyValue(Bytes.utf8("key/%05d".formatted(i)), Bytes.of(i & 0xff, 0xff, 0, i >> 8)));
    }
    pairs.add(new KeyValue(Bytes.of(0xfe, 0), Bytes.EMPTY));
    return pairs;
  }

  private static Ctl run(String... words) {
    return Ctl.store(words);
  }
}
