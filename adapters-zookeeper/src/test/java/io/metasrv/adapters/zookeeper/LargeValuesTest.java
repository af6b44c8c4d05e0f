package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.OpResult;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.testkit.server.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that no single request could carry to a server with default limits. */
@Timeout(120)
final class LargeValuesTest {

  private static final Bytes KEY = Bytes.utf8("large");
  private static InProcessZooKeeper server;

  private ZooKeeperConnection connection;
  private ZooKeeperStore store;

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

  @BeforeEach
  void connect() {
    connection =
        ZooKeeperConnection.open(ZooKeepers.options(ZooKeepers.freshRoot(), server.address()));
    store = new ZooKeeperStore(connection, 128);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  private static Bytes blob(int size, long seed) {
    byte[] content = new byte[size];
    new SplittableRandom(seed).nextBytes(content);
    return Bytes.wrap(content);
  }

  @Test
  @DisplayName("sheet 02 case 43: a 3 MB value round-trips")
  void aThreeMegabyteValueRoundTrips() throws Exception {
    Bytes value = blob(3_000_000, 1);

    store.put(KEY, value, Previous.DISCARD);

    assertThat(store.get(KEY)).contains(value);
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs())
        .containsExactly(new KeyValue(KEY, value));
    assertThat(store.compareAndPut(new Compare.ValueEquals(KEY, value), Bytes.utf8("s")).success())
        .isTrue();
    assertNoPartsRemain();
  }

  @Test
  void whatReplacesALargeValueRemovesItsParts() throws Exception {
    store.put(KEY, blob(2_000_000, 1), Previous.DISCARD);
    store.put(KEY, blob(2_000_000, 2), Previous.DISCARD);
    assertThat(store.delete(KEY, Previous.RETURN)).contains(blob(2_000_000, 2));

    assertNoPartsRemain();
  }

  private void assertNoPartsRemain() {
    Eventually.holds("no parts remain", Duration.ofSeconds(10), () -> generations().isEmpty());
  }

  private List<String> generations() throws ZooKeeperCallException {
    return Requests.await(Requests.children(session(), connection.layout().chunks()), soon())
        .stream()
        .filter(name -> !name.startsWith("clock"))
        .toList();
  }

  private ZooKeeper session() throws ZooKeeperCallException {
    return connection.connected(soon()).handle();
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(10));
  }

  @Test
  void aTransactionWhoseValuesTogetherAreTooLargeIsAtomicAllTheSame() {
    List<Op> puts = new ArrayList<>();
    List<KeyValue> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      KeyValue kv = new KeyValue(Bytes.utf8("k%03d".formatted(i)), blob(100_000, i));
      expected.add(kv);
      puts.add(new Op.Put(kv.key(), kv.value()));
    }

    assertThat(store.txn(Txn.always(puts)).results()).hasOnlyElementsOfType(OpResult.PutDone.class);

    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).isEqualTo(expected);
  }

  @Test
  void aRefusedTransactionLeavesNoPartsBehind() {
    store.put(KEY, Bytes.utf8("there"), Previous.DISCARD);

    assertThat(store.compareAndPut(new Compare.Absent(KEY), blob(2_000_000, 1)).current())
        .contains(Bytes.utf8("there"));

    assertNoPartsRemain();
  }

  @Test
  void readersSeeOneValueOrTheOtherWhileLargeOnesReplaceEachOther() throws Exception {
    List<Bytes> values = List.of(blob(1_600_000, 1), blob(1_700_000, 2));
    store.put(KEY, values.getFirst(), Previous.DISCARD);
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    store.put(KEY, values.get(i % 2), Previous.DISCARD);
                  }
                  writing.set(false);
                });
    int reads = 0;
    while (writing.get()) {
      assertThat(values).contains(store.get(KEY).orElseThrow());
      assertThat(values)
          .contains(store.range(KeyRange.all(), RangeOptions.ALL).kvs().getFirst().value());
      reads++;
    }
    writer.join();
    assertThat(reads).isPositive();
  }

  @Test
  void partsOfAWriterThatDiedAreSweptAndThoseInUseAreNot() throws Exception {
    Bytes used = blob(2_000_000, 1);
    store.put(KEY, used, Previous.DISCARD);
    Chunks chunks = new Chunks(connection);
    chunks.write(session(), KEY, blob(2_000_000, 2), soon());
    chunks.write(session(), Bytes.utf8("never written"), blob(2_000_000, 3), soon());
    assertThat(generations()).hasSize(3);

    int removed = new ChunkSweeper(connection, Duration.ZERO).sweep(session());

    assertThat(removed).isEqualTo(2);
    assertThat(generations()).hasSize(1);
    assertThat(store.get(KEY)).contains(used);
  }

  @Test
  void partsThatAreYoungAreLeftToTheirWriter() throws Exception {
    new Chunks(connection).write(connectedSession(), KEY, blob(2_000_000, 2), soon());

    assertThat(new ChunkSweeper(connection, Duration.ofMinutes(10)).sweep(session())).isZero();
    assertThat(generations()).hasSize(1);
  }

  private ZooKeeper connectedSession() throws ZooKeeperCallException {
    assertThat(store.get(KEY)).isEqualTo(Optional.empty());
    return session();
  }
}
