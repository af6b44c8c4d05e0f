package io.metasrv.benchmarks.backends;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.CompareAndPutResult;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Txn;
import io.metasrv.benchmarks.Consumed;
import io.metasrv.benchmarks.PairedRun;
import io.metasrv.domain.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The operations of the port on one backend, each against the {@link Baseline}, with 1, 16 and 64
 * callers. Values have {@value #VALUE_BYTES} bytes. Both sides work on the same server, each on
 * keys of its own.
 */
public final class StoreBenchmark {

  /** Those measured unless others are named; MariaDB has MySQL's adapter. */
  public static final List<String> BACKENDS =
      BackendUnderTest.ALL.stream().filter(name -> !name.equals("mariadb")).toList();

  /** How many callers at once. */
  static final List<Integer> CALLERS = List.of(1, 16, 64);

  private static final int VALUE_BYTES = 300;
  private static final int BATCH = 100;
  private static final int IN_RANGE = 10_000;
  private static final int IN_TRANSACTION = 8;
  private static final int KEYS_A_CALLER = 100;
  private static final byte[] VALUE = value("value");

  private final KeyValueStore store;

  /** The same as a leader has it: every write on the condition that its term lasts. */
  private final KeyValueStore fenced;

  private final Baseline baseline;
  private final SlicedPair pair;
  private final Thread.Builder baselineThreads;

  private StoreBenchmark(BackendUnderTest backend, SlicedPair pair) throws Exception {
    this.store = backend.openStore();
    this.fenced = backend.lead(store);
    this.baseline = backend.openBaseline();
    this.pair = pair;
    // RocksDB holds the thread that calls it, so it gets as many as there are callers.
    this.baselineThreads =
        backend.name().equals("embedded") ? Thread.ofPlatform() : Thread.ofVirtual();
  }

  /**
   * Runs all operations on one backend.
   *
   * @param slice how long one side calls at a stretch
   * @param results hears of each as it is measured
   */
  public static void run(
      String name, int rounds, Duration slice, Consumer<PairedRun.Result> results)
      throws Exception {
    Duration budget = slice.multipliedBy(4L * rounds);
    try (BackendUnderTest backend = BackendUnderTest.start(name)) {
      StoreBenchmark benchmark =
          new StoreBenchmark(backend, new SlicedPair(slice, rounds, budget, results));
      benchmark.fill();
      for (int callers : CALLERS) {
        benchmark.all(name + ": ", callers);
      }
    }
  }

  private void all(String name, int callers) throws Exception {
    pair.compare(
        name + "put",
        callers,
        baselineThreads,
        (caller, i) -> baseline.put(own(caller, i % KEYS_A_CALLER), VALUE),
        (caller, i) ->
            store.put(
                Bytes.wrap(own(caller, i % KEYS_A_CALLER)), Bytes.wrap(VALUE), Previous.DISCARD));
    pair.compare(
        name + "put under a fence, against one without",
        callers,
        baselineThreads,
        (caller, i) -> baseline.put(own(caller, i % KEYS_A_CALLER), VALUE),
        (caller, i) ->
            fenced.put(
                Bytes.wrap(own(caller, i % KEYS_A_CALLER)), Bytes.wrap(VALUE), Previous.DISCARD));
    pair.compare(
        name + "get",
        callers,
        baselineThreads,
        (caller, i) -> Consumed.by(baseline.get(own(caller, i % KEYS_A_CALLER))),
        (caller, i) ->
            Consumed.by(store.get(Bytes.wrap(own(caller, i % KEYS_A_CALLER))).orElseThrow()));
    pair.compare(
        name + "put of 100 keys",
        callers,
        baselineThreads,
        (caller, i) -> baseline.putAll(pairs(BATCH, n -> own(caller, n))),
        (caller, i) -> store.batchPut(kvs(BATCH, n -> own(caller, n)), Previous.DISCARD));
    pair.compare(
        name + "get of 100 keys",
        callers,
        baselineThreads,
        (caller, i) -> expect(BATCH, baseline.getAll(keys(BATCH, n -> own(caller, n)))),
        (caller, i) ->
            expect(BATCH, store.batchGet(wrapped(keys(BATCH, n -> own(caller, n)))).size()));
    counting(name, callers);
    pair.compare(
        name + "range of 10,000",
        callers,
        baselineThreads,
        (caller, i) -> expect(IN_RANGE, baseline.range(key("range/"), key("range0"))),
        (caller, i) ->
            expect(
                IN_RANGE,
                store
                    .range(KeyRange.prefix(Bytes.wrap(key("range/"))), RangeOptions.ALL)
                    .kvs()
                    .size()));
    pair.compare(
        name + "8 compares, 8 puts",
        callers,
        baselineThreads,
        (caller, i) ->
            require(
                baseline.replaceAll(
                    keys(IN_TRANSACTION, n -> inTransaction(caller, n)), VALUE, VALUE)),
        (caller, i) -> require(store.txn(transaction(caller)).succeeded()));
  }

  /** All callers count one key up; a call is over once its step was the next one. */
  private void counting(String name, int callers) throws Exception {
    byte[][] theirs = new byte[callers][];
    byte[][] ours = new byte[callers][];
    byte[] key = key("cas/counter");
    Arrays.fill(theirs, value("0"));
    Arrays.fill(ours, value("0"));
    baseline.put(key, value("0"));
    store.put(Bytes.wrap(key), Bytes.wrap(value("0")), Previous.DISCARD);
    pair.compare(
        name + "compare and put, all on one key",
        callers,
        baselineThreads,
        (caller, i) -> {
          while (true) {
            byte[] expected = theirs[caller];
            byte[] next = value(Long.toString(1 + number(expected)));
            byte[] found = baseline.replace(key, expected, next);
            boolean done = Arrays.equals(found, expected);
            theirs[caller] = done ? next : found;
            if (done) {
              return;
            }
          }
        },
        (caller, i) -> {
          while (true) {
            byte[] next = value(Long.toString(1 + number(ours[caller])));
            CompareAndPutResult result =
                store.compareAndPut(
                    new Compare.ValueEquals(Bytes.wrap(key), Bytes.wrap(ours[caller])),
                    Bytes.wrap(next));
            ours[caller] = result.success() ? next : result.current().orElseThrow().toByteArray();
            if (result.success()) {
              return;
            }
          }
        });
  }

  private void fill() throws Exception {
    List<IntFunction<byte[]>> groups = new ArrayList<>();
    for (int from = 0; from < IN_RANGE; from += BATCH) {
      int first = from;
      groups.add(n -> key("range/%08d".formatted(first + n)));
    }
    for (int caller = 0; caller < CALLERS.getLast(); caller++) {
      int number = caller;
      groups.add(n -> own(number, n));
      groups.add(n -> inTransaction(number, n));
    }
    for (IntFunction<byte[]> group : groups) {
      baseline.putAll(pairs(BATCH, group));
      store.batchPut(kvs(BATCH, group), Previous.DISCARD);
    }
  }

  private static Txn transaction(int caller) {
    List<Bytes> keys = wrapped(keys(IN_TRANSACTION, n -> inTransaction(caller, n)));
    Bytes value = Bytes.wrap(VALUE);
    return new Txn(
        keys.stream().<Compare>map(key -> new Compare.ValueEquals(key, value)).toList(),
        keys.stream().<Op>map(key -> new Op.Put(key, value)).toList(),
        List.of());
  }

  /** Keys that only one caller writes. */
  private static byte[] own(int caller, int number) {
    return key("own/%02d-%04d".formatted(caller, number));
  }

  private static byte[] inTransaction(int caller, int number) {
    return key("txn/%02d-%04d".formatted(caller, number));
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Text in front, spaces behind it. */
  private static byte[] value(String text) {
    byte[] value = new byte[VALUE_BYTES];
    Arrays.fill(value, (byte) ' ');
    byte[] front = key(text);
    System.arraycopy(front, 0, value, 0, front.length);
    return value;
  }

  private static long number(byte[] value) {
    return Long.parseLong(new String(value, StandardCharsets.US_ASCII).trim());
  }

  private static List<byte[]> keys(int count, IntFunction<byte[]> key) {
    return IntStream.range(0, count).mapToObj(key).toList();
  }

  private static List<Bytes> wrapped(List<byte[]> keys) {
    return keys.stream().map(Bytes::wrap).toList();
  }

  private static List<Baseline.Pair> pairs(int count, IntFunction<byte[]> key) {
    return keys(count, key).stream().map(each -> new Baseline.Pair(each, VALUE)).toList();
  }

  private static List<KeyValue> kvs(int count, IntFunction<byte[]> key) {
    return keys(count, key).stream()
        .map(each -> new KeyValue(Bytes.wrap(each), Bytes.wrap(VALUE)))
        .toList();
  }

  private static void expect(int expected, int found) {
    if (expected != found) {
      throw new IllegalStateException("found %d pairs of %d".formatted(found, expected));
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a transaction that nobody disturbs did not hold");
    }
  }
}
