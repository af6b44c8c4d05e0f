package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lies in ZooKeeper, and what is made of a layout that is not ours. */
@Timeout(60)
final class LayoutTest {

  private static InProcessZooKeeper server;

  @BeforeAll
  static void startServer() throws Exception {
    server = InProcessZooKeeper.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static ZooKeeperConnection connect(String root) {
    return ZooKeeperConnection.open(ZooKeepers.options(root, server.address()));
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20));
  }

  @Test
  void givenManyThatStartOnAnEmptyZooKeeperThenTheyAgreeOnOneStore() throws Exception {
    String root = ZooKeepers.freshRoot() + "/deep/below";
    Set<UUID> identities = ConcurrentHashMap.newKeySet();
    List<Thread> starters =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try (ZooKeeperConnection connection = connect(root)) {
                                identities.add(connection.identity().get(soon()));
                              } catch (ZooKeeperCallException e) {
                                throw new AssertionError(e);
                              }
                            }))
            .toList();
    for (Thread starter : starters) {
      starter.join();
    }

    assertThat(identities).hasSize(1);
  }

  @Test
  void givenAMarkerOfAnotherVersionThenNothingIsTouched() throws Exception {
    String root = ZooKeepers.freshRoot();
    try (ZooKeeperConnection connection = connect(root)) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      store.put(Bytes.utf8("k"), Bytes.utf8("v"), Previous.DISCARD);
      ZooKeeper session = connection.connected(soon()).handle();
      byte[] newer = "metasrv-zookeeper 2 %s".formatted(UUID.randomUUID()).getBytes(UTF_8);
      assertThat(
              Requests.await(
                  Requests.multi(session, List.of(Op.setData(root + "/format", newer, -1))),
                  soon()))
          .isEmpty();
    }
    try (ZooKeeperConnection connection = connect(root)) {
      assertThatExceptionOfType(StoreException.Corrupted.class)
          .isThrownBy(connection::awaitReady)
          .withMessageContaining("metasrv-zookeeper 2")
          .withMessageContaining("zookeeper.root");
      assertThatExceptionOfType(StoreException.Corrupted.class)
          .isThrownBy(() -> new ZooKeeperStore(connection, 128).get(Bytes.utf8("k")));
      assertThatExceptionOfType(StoreException.Corrupted.class)
          .isThrownBy(
              () ->
                  new ZooKeeperStore(connection, 128)
                      .put(Bytes.utf8("k"), Bytes.utf8("w"), Previous.DISCARD));
    }
  }

  @Test
  void givenDataThatNobodyOfUsWroteThenThatKeyIsReportedAndOthersAreFine() throws Exception {
    String root = ZooKeepers.freshRoot();
    try (ZooKeeperConnection connection = connect(root)) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      store.put(Bytes.utf8("bad"), Bytes.utf8("v"), Previous.DISCARD);
      store.put(Bytes.utf8("good"), Bytes.utf8("v"), Previous.DISCARD);
      ZooKeeper session = connection.connected(soon()).handle();
      String path = connection.layout().key(Bytes.utf8("bad"));
      assertThat(
              Requests.await(
                  Requests.multi(session, List.of(Op.setData(path, new byte[] {77}, -1))), soon()))
          .isEmpty();

      assertThatExceptionOfType(StoreException.Corrupted.class)
          .isThrownBy(() -> store.get(Bytes.utf8("bad")))
          .withMessageContaining("bad");
      assertThat(store.get(Bytes.utf8("good"))).contains(Bytes.utf8("v"));
    }
  }

  @Test
  void givenTheRootOfZooKeeperItselfThenAStoreLivesThereToo() throws Exception {
    try (InProcessZooKeeper alone = InProcessZooKeeper.start();
        ZooKeeperConnection connection =
            ZooKeeperConnection.open(ZooKeepers.options("/", alone.address()))) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      store.put(Bytes.utf8("k"), Bytes.utf8("v"), Previous.DISCARD);
      assertThat(store.get(Bytes.utf8("k"))).contains(Bytes.utf8("v"));
      ZooKeeper session = connection.connected(soon()).handle();
      assertThat(new HashSet<>(Requests.await(Requests.children(session, "/"), soon())))
          .contains("format", "kv", "creations", "chunks", "election", "candidates");
    }
  }
}
