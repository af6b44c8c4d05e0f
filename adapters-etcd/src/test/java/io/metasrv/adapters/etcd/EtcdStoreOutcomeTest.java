package io.metasrv.adapters.etcd;

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
import io.metasrv.testkit.server.EtcdServer;
import io.metasrv.testkit.server.Eventually;
import io.metasrv.testkit.server.TcpProxy;
import io.metasrv.testkit.server.TcpProxy.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller learns when the network or the server fails in the middle of a call. */
@Timeout(60)
final class EtcdStoreOutcomeTest {

  private static final Duration CALL_TIMEOUT = Duration.ofMillis(1500);
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes VALUE = Bytes.utf8("value");

  private static EtcdServer server;
  private static BareEtcd bare;
  private TcpProxy network;
  private EtcdConnection connection;
  private EtcdStore store;

  @BeforeAll
  static void startServer() {
    server = EtcdServer.start();
    bare = new BareEtcd(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    if (bare != null) {
      bare.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void connectThroughABadNetwork() throws Exception {
    bare.delete("key");
    network = TcpProxy.to(server.host(), server.port());
    connection = EtcdConnection.open(Etcds.options(CALL_TIMEOUT, network.address()));
    store = new EtcdStore(connection, 128);
  }

  @AfterEach
  void disconnect() {
    connection.close();
    network.close();
  }

  @Test
  void givenTheConnectionDiesAfterAPutWasForwardedThenItsOutcomeIsUnknownAndItIsNotRepeated()
      throws Exception {
    network.swallow(Direction.RESPONSES);

    AtomicReference<Throwable> told = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> told.set(failureOf(() -> store.put(KEY, VALUE, Previous.DISCARD))));
    Eventually.holds("the put arrived", Duration.ofSeconds(5), () -> bare.version("key") == 1);
    network.cutConnections();
    network.restore();
    caller.join();

    assertThat(told.get()).isInstanceOf(StoreException.UnknownOutcome.class);
    assertThat(store.get(KEY)).contains(VALUE);
    assertThat(bare.version("key")).as("written once").isEqualTo(1);
  }

  @Test
  void givenAnAnswerThatNeverComesThenEveryKindOfWriteHasAnUnknownOutcomeWithinTheCallTimeout()
      throws Exception {
    store.put(Bytes.utf8("other"), VALUE, Previous.DISCARD);
    network.swallow(Direction.RESPONSES);
    Op put = new Op.Put(KEY, VALUE);

    List<Runnable> writes =
        List.of(
            () -> store.put(KEY, VALUE, Previous.DISCARD),
            () -> store.delete(KEY, Previous.RETURN),
            () -> store.batchPut(List.of(new KeyValue(KEY, VALUE)), Previous.DISCARD),
            () -> store.batchDelete(List.of(KEY), Previous.DISCARD),
            () -> store.deleteRange(KeyRange.prefix(KEY), Previous.DISCARD),
            () -> store.compareAndPut(new Compare.Absent(KEY), VALUE),
            () -> store.txn(Txn.always(List.of(put))));
    List<Throwable> told = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    long start = System.nanoTime();
    for (Runnable write : writes) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Throwable failure = failureOf(write);
                    synchronized (told) {
                      told.add(failure);
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(told).hasSize(7).hasOnlyElementsOfType(StoreException.UnknownOutcome.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(CALL_TIMEOUT.minusMillis(100), CALL_TIMEOUT.plusSeconds(2));
  }

  @Test
  void givenNobodyListensThenNothingWasSentAndAWriteIsUnavailable() throws Exception {
    network.cut();
    Eventually.holds(
        "the client noticed",
        Duration.ofSeconds(5),
        () -> failureOf(() -> store.get(KEY)) instanceof StoreException.Unavailable);

    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> store.put(KEY, VALUE, Previous.DISCARD))
        .withMessageContaining("key")
        .withMessageContaining(network.address());
    assertThat(bare.version("key")).isZero();

    network.restore();
    Eventually.holds(
        "the store works again",
        Duration.ofSeconds(10),
        () -> store.put(KEY, VALUE, Previous.DISCARD).isEmpty());
  }

  @Test
  void givenAReadWhoseConnectionDiesThenItIsRepeatedOnANewOne() {
    store.put(KEY, VALUE, Previous.DISCARD);
    for (int round = 0; round < 20; round++) {
      network.cutConnections();
      assertThat(store.get(KEY)).contains(VALUE);
    }
  }

  @Test
  void givenAReadThatIsNotAnsweredThenItIsUnavailableWithinTheCallTimeout() {
    network.swallow(Direction.REQUESTS, Direction.RESPONSES);

    long start = System.nanoTime();
    assertThatExceptionOfType(StoreException.Unavailable.class)
        .isThrownBy(() -> store.range(KeyRange.all(), RangeOptions.ALL))
        .satisfies(failure -> assertThat(failure.isRetryable()).isTrue());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CALL_TIMEOUT.plusSeconds(2));
  }

  @Test
  void givenACallerInterruptedWhileItWaitsThenAWriteIsUnknownAndAReadUnavailable()
      throws Exception {
    network.swallow(Direction.RESPONSES);

    assertThat(interruptedDuring(() -> store.put(KEY, VALUE, Previous.DISCARD)))
        .isInstanceOf(StoreException.UnknownOutcome.class)
        .hasMessageContaining("interrupted");
    assertThat(interruptedDuring(() -> store.get(KEY)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("interrupted");
  }

  @Test
  void givenTheServerStandsStillThenCallsEndAndGoOnAfterwards() {
    store.put(KEY, VALUE, Previous.DISCARD);
    server.pause();
    try {
      assertThatExceptionOfType(StoreException.UnknownOutcome.class)
          .isThrownBy(() -> store.put(KEY, VALUE, Previous.DISCARD));
      assertThatExceptionOfType(StoreException.Unavailable.class).isThrownBy(() -> store.get(KEY));
    } finally {
      server.resume();
    }
    assertThat(store.get(KEY)).contains(VALUE);
  }

  @Test
  void givenALaterGroupOfABatchFailsThenTheOutcomeIsUnknownAndSaysHowFarItCame() throws Exception {
    EtcdStore smallGroups = new EtcdStore(connection, 2);
    List<KeyValue> kvs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      kvs.add(new KeyValue(Bytes.utf8("key/%03d".formatted(i)), VALUE));
    }
    network.delay(Duration.ofMillis(10));
    AtomicReference<Throwable> told = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> told.set(failureOf(() -> smallGroups.batchPut(kvs, Previous.DISCARD))));
    // Groups go one after the other: once the third is there the first two were answered.
    Eventually.holds(
        "the first groups arrived",
        Duration.ofSeconds(5),
        () -> bare.withPrefix("key/").size() >= 6);
    network.cut();
    caller.join();

    assertThat(told.get())
        .isInstanceOf(StoreException.UnknownOutcome.class)
        .hasMessageContaining("of 400 keys");
    int written = bare.withPrefix("key/").size();
    assertThat(written % 2).as("whole groups of two").isZero();
    assertThat(bare.withPrefix("key/"))
        .as("in request order, without a gap")
        .extracting(kv -> kv.getKey().toString())
        .containsExactlyElementsOf(
            kvs.subList(0, written).stream().map(kv -> kv.key().toUtf8()).toList());
    network.restore();
    Eventually.holds(
        "cleaned up",
        Duration.ofSeconds(10),
        () ->
            store.deleteRange(KeyRange.prefix(Bytes.utf8("key/")), Previous.DISCARD).deleted()
                >= 0);
  }

  private static Throwable interruptedDuring(Runnable call) throws InterruptedException {
    AtomicReference<Throwable> told = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>(false);
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  told.set(failureOf(call));
                  flag.set(Thread.currentThread().isInterrupted());
                });
    Eventually.holds(
        "the caller waits",
        Duration.ofSeconds(5),
        () ->
            caller.getState() == Thread.State.WAITING
                || caller.getState() == Thread.State.TIMED_WAITING);
    caller.interrupt();
    caller.join();
    assertThat(flag.get()).as("interrupt flag after the call").isTrue();
    return told.get();
  }

  private static Throwable failureOf(Runnable call) {
    try {
      call.run();
      return new AssertionError("the call succeeded");
    } catch (RuntimeException e) {
      return e;
    }
  }
}
