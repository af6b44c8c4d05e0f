package io.metasrv.adapters.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Previous;
import io.metasrv.application.store.ElectionTiming;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

  /** Containers and znodes with a time to live have an owner that is no session. */
  @Test
  void givenKeysTermsAndCandidatesThatCameAndWentThenNoParentIsOneThatServersEverRemove()
      throws Exception {
    String root = ZooKeepers.freshRoot() + "/deep/below";
    try (ZooKeeperConnection connection =
        ZooKeeperConnection.open(
            ZooKeepers.options(
                root, Duration.ofSeconds(6), Duration.ofSeconds(10), server.address()))) {
      ZooKeeperStore store = new ZooKeeperStore(connection, 128);
      store.put(Bytes.utf8("k"), Bytes.wrap(new byte[2_000_000]), Previous.DISCARD);
      store.delete(Bytes.utf8("k"), Previous.DISCARD);
      new ZooKeeperElection(connection, "p/", ElectionTiming.REFERENCE).campaign("a:3002").resign();
      ZooKeeper session = connection.connected(soon()).handle();

      List<String> nodes = new ArrayList<>(List.of("/tests", root + "/kv", root + "/creations"));
      for (String name : Requests.await(Requests.children(session, root), soon())) {
        nodes.add(root + "/" + name);
        for (String child : Requests.await(Requests.children(session, root + "/" + name), soon())) {
          nodes.add(root + "/" + name + "/" + child);
        }
      }

      assertThat(nodes).hasSizeGreaterThan(512);
      for (String node : nodes) {
        assertThat(
                Requests.await(Requests.read(session, node), soon())
                    .map(read -> read.stat().getEphemeralOwner()))
            .as("owner of %s", node)
            .isIn(Optional.of(0L), Optional.empty());
      }
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
