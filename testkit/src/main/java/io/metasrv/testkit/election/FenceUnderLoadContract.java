package io.metasrv.testkit.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.Election;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.LeaderLease;
import io.metasrv.application.port.LeaderLease.Renewal;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ElectionException;
import io.metasrv.domain.error.StoreException;
import io.metasrv.testkit.server.TcpProxy.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fenced writes hold a lock that keeps others from taking over. It must not keep the leader from
 * renewing, and must not be held for long by a writer that fell silent.
 */
@Timeout(180)
public abstract class FenceUnderLoadContract implements ElectionCases {

  private static final Logger LOG = LoggerFactory.getLogger(FenceUnderLoadContract.class);
  private static final int WRITERS = 64;

  private static final int RENEWALS = 8;
  private static final int MOST_RENEWALS = 40;

  /** Those who say each thing of a transaction late, and so hold its locks for seconds. */
  private static final int SLOW_WRITERS = 4;

  private static final Duration SLOWNESS = Duration.ofMillis(100);

  private @Nullable ElectionFaultFixture fixture;

  /** Makes a backend without leader and candidates, reached through a good network. */
  protected abstract ElectionFaultFixture newFixture() throws Exception;

  /** A store with connections of its own behind the fixture's proxy. */
  protected abstract KeyValueStore storeBehindProxy(ElectionFaultFixture running);

  /** The fixture of the running test. */
  @Override
  public final ElectionFaultFixture fixture() {
    ElectionFaultFixture open = fixture;
    if (open == null) {
      throw new IllegalStateException("no test is running");
    }
    return open;
  }

  @BeforeEach
  final void openFixture() throws Exception {
    fixture = newFixture();
  }

  @AfterEach
  final void closeFixture() throws Exception {
    ElectionFaultFixture open = fixture;
    fixture = null;
    if (open != null) {
      open.close();
    }
  }

  @Test
  void renewalsKeepTheirTimeUnderSixtyFourWritersAndLongTransactions() throws Exception {
    Election a = fixture().joinDirectly();
    LeaderLease lease = lead(a, "a:3002");
    KeyValueStore fenced = fixture().store().fencedBy(lease.fence());
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    AtomicInteger writtenSlowly = new AtomicInteger();
    KeyValueStore slow = storeBehindProxy(fixture()).fencedBy(lease.fence());
    slow.put(KEY, Bytes.utf8("connected"), Previous.DISCARD);
    fixture().proxy().delay(SLOWNESS);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(Thread.ofVirtual().start(() -> writeOn(fenced, writer, writing, written)));
    }
    for (int i = 0; i < SLOW_WRITERS; i++) {
      // None of those who write much, which would not come through in a transaction's time.
      int writer = WRITERS + 1 + i;
      writers.add(Thread.ofVirtual().start(() -> writeOn(slow, writer, writing, writtenSlowly)));
    }
    List<Duration> renewals = new ArrayList<>();
    try {
      for (int i = 0; i < RENEWALS || (writtenSlowly.get() == 0 && i < MOST_RENEWALS); i++) {
        fixture().elapse(a.renewalInterval());
        renewals.add(renewed(lease));
      }
    } finally {
      writing.set(false);
      for (Thread writer : writers) {
        writer.join();
      }
    }

    assertThat(written.get()).as("writes meanwhile").isGreaterThan(WRITERS);
    assertThat(writtenSlowly.get()).as("long transactions meanwhile").isPositive();
    Duration left = a.leaseDuration().minus(a.renewalInterval());
    assertThat(renewals).allSatisfy(took -> assertThat(took).isLessThan(left));
    LOG.info(
        "renewals beside {} fenced writes and {} long ones took {}",
        written,
        writtenSlowly,
        renewals);
  }

  /**
   * Renews as a leader does: asks once more if no answer came in time, which a machine with more to
   * do than it can is enough for. A lock that kept the leader from renewing would do so each time.
   *
   * @return how long it took until the lease was renewed
   */
  private static Duration renewed(LeaderLease lease) throws InterruptedException {
    long start = System.nanoTime();
    Renewal told;
    try {
      told = lease.renew();
    } catch (ElectionException unanswered) {
      LOG.info("a renewal was not answered in time", unanswered);
      told = lease.renew();
    }
    assertThat(told).isEqualTo(Renewal.RENEWED);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Every eighth writer writes half a megabyte in one transaction, the others a few bytes. */
  private static void writeOn(
      KeyValueStore fenced, int writer, AtomicBoolean writing, AtomicInteger written) {
    Bytes value = Bytes.wrap(new byte[writer % 8 == 0 ? 64 << 10 : 16]);
    List<KeyValue> pairs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      pairs.add(new KeyValue(Bytes.utf8("w/%02d/%d".formatted(writer, i)), value));
    }
    while (writing.get()) {
      try {
        fenced.batchPut(pairs, Previous.DISCARD);
        written.incrementAndGet();
      } catch (StoreException.Unavailable busy) {
        // With this many writers one may wait too long for a connection; nothing was changed.
        LOG.debug("writer {} goes on", writer, busy);
      }
    }
  }

  @Test
  void aFencedWriteThatFallsSilentHoldsOffATakeOverOnlyUntilItIsUndone() throws Exception {
    // Whatever takes its time is done before the lease begins to run.
    KeyValueStore store = storeBehindProxy(fixture());
    store.put(KEY, Bytes.utf8("nothing yet"), Previous.DISCARD);
    Election b = fixture().joinDirectly();
    LeaderLease lease = lead(fixture().joinDirectly(), "a:3002");
    KeyValueStore fenced = store.fencedBy(lease.fence());
    fenced.put(KEY, Bytes.utf8("first"), Previous.DISCARD);
    fixture()
        .proxy()
        .intercept(data -> contains(data, "second") ? Verdict.LOSE_ANSWERS : Verdict.PASS);
    List<StoreException> told = new ArrayList<>();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    fenced.put(KEY, Bytes.utf8("second"), Previous.DISCARD);
                  } catch (StoreException e) {
                    told.add(e);
                  }
                });
    Campaign rival = campaign(b, "b:3002");

    LeaderLease next = rival.won().lease();
    assertThat(next.renew()).isEqualTo(Renewal.RENEWED);
    writer.join();

    assertThat(told).hasSize(1).first().isInstanceOf(StoreException.Unavailable.class);
    assertThat(fixture().store().get(KEY)).contains(Bytes.utf8("first"));
    assertFencedOut(lease.fence());
  }

  /** As it is, or in hexadecimal digits, as Connector/J writes it. */
  private static boolean contains(byte[] data, String text) {
    String sent = new String(data, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return sent.contains(text) || sent.contains(Bytes.utf8(text).toHex());
  }
}
