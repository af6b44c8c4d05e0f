package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.TcpProxy.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at a certain point of a transaction. */
@Timeout(120)
final class WriteOutcomeTest {

  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes OLD = Bytes.utf8("old");
  private static final Bytes NEW = Bytes.utf8("new");
  private static InProcessZooKeeper server;

  private TcpProxy network;
  private ZooKeeperConnection past;
  private ZooKeeperConnection through;
  private ZooKeeperStore direct;
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
  void connectThroughABadNetwork() {
    String root = ZooKeepers.freshRoot();
    network = TcpProxy.to("127.0.0.1", server.port());
    past = ZooKeeperConnection.open(ZooKeepers.options(root, server.address()));
    through = ZooKeeperConnection.open(ZooKeepers.options(root, network.address()));
    direct = new ZooKeeperStore(past, 128);
    store = new ZooKeeperStore(through, 128);
    direct.put(KEY, OLD, Previous.DISCARD);
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(1);
  }

  @AfterEach
  void disconnect() {
    network.restore();
    through.close();
    past.close();
    network.close();
  }

  /** A write of each kind that changes {@link #KEY}. */
  enum Write {
    PUT {
      @Override
      void run(ZooKeeperStore store) {
        store.put(KEY, NEW, Previous.DISCARD);
      }
    },
    COMPARE_AND_PUT {
      @Override
      void run(ZooKeeperStore store) {
        store.compareAndPut(new Compare.ValueEquals(KEY, OLD), NEW);
      }
    },
    LARGE_PUT {
      @Override
      void run(ZooKeeperStore store) {
        store.put(KEY, Bytes.wrap(new byte[2_000_000]), Previous.DISCARD);
      }
    },
    TXN {
      @Override
      void run(ZooKeeperStore store) {
        store.txn(
            new Txn(
                List.of(new Compare.Exists(KEY), new Compare.Absent(Bytes.utf8("other"))),
                List.of(new Op.Put(KEY, NEW), new Op.Put(Bytes.utf8("third"), NEW)),
                List.of()));
      }
    },
    DELETE_RANGE {
      @Override
      void run(ZooKeeperStore store) {
        store.deleteRange(KeyRange.all(), Previous.RETURN);
      }
    };

    abstract void run(ZooKeeperStore store);
  }

  @ParameterizedTest
  @EnumSource
  void givenTheConnectionIsCutBeforeTheServerSeesTheWriteThenItIsUnknownAndReadingTellsNo(
      Write write) {
    network.intercept(Multis.meet(Verdict.CUT_BEFORE));

    assertThatExceptionOfType(StoreException.UnknownOutcome.class)
        .isThrownBy(() -> write.run(store))
        .withMessageContaining("read before deciding");

    network.restore();
    assertThat(store.get(KEY)).contains(OLD);
    assertThat(direct.get(KEY)).contains(OLD);
  }

  @ParameterizedTest
  @EnumSource
  void givenTheConnectionIsCutOnceTheServerHasTheWriteThenItIsUnknownAndReadingTellsTheTruth(
      Write write) {
    network.intercept(Multis.meet(Verdict.CUT_AFTER));

    assertThatExceptionOfType(StoreException.UnknownOutcome.class)
        .isThrownBy(() -> write.run(store));

    network.restore();
    assertThat(store.get(KEY)).isEqualTo(direct.get(KEY));
    write.run(direct);
    assertThat(store.get(KEY)).isNotEqualTo(java.util.Optional.of(OLD)).isEqualTo(direct.get(KEY));
  }

  @Test
  void givenTheConnectionIsCutAfterSomeGroupsOfABatchThenTheOutcomeIsUnknownAndSaysHowFarItCame() {
    ZooKeeperStore smallGroups = new ZooKeeperStore(through, 2);
    List<KeyValue> kvs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      kvs.add(new KeyValue(Bytes.utf8("b/%03d".formatted(i)), NEW));
    }
    java.util.concurrent.atomic.AtomicInteger multis =
        new java.util.concurrent.atomic.AtomicInteger();
    network.intercept(
        data ->
            Multis.meet(Verdict.CUT_BEFORE).on(data) == Verdict.CUT_BEFORE
                    && multis.incrementAndGet() > 5
                ? Verdict.CUT_BEFORE
                : Verdict.PASS);

    assertThatExceptionOfType(StoreException.UnknownOutcome.class)
        .isThrownBy(() -> smallGroups.batchPut(kvs, Previous.DISCARD))
        .withMessageContaining("of 400 keys: the first 10 were written");

    network.restore();
    assertThat(store.range(KeyRange.prefix(Bytes.utf8("b/")), RangeOptions.ALL).kvs())
        .isEqualTo(kvs.subList(0, 10));
  }

  @Test
  void givenOthersWriteWhileTheConnectionIsDownThenScansShowItAfterwards() {
    network.cut();
    direct.put(Bytes.utf8("a"), NEW, Previous.DISCARD);
    direct.delete(KEY, Previous.DISCARD);
    network.restore();

    Eventually.holds(
        "reads work again", Duration.ofSeconds(20), () -> store.get(Bytes.utf8("a")).isPresent());
    assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs())
        .containsExactly(new KeyValue(Bytes.utf8("a"), NEW));
  }

  @Test
  void givenReadsWhoseConnectionDiesThenTheyAreRepeatedOnANewOne() {
    for (int round = 0; round < 5; round++) {
      network.cutConnections();
      assertThat(store.get(KEY)).contains(OLD);
      network.cutConnections();
      assertThat(store.range(KeyRange.all(), RangeOptions.ALL).kvs()).hasSize(1);
    }
  }
}
