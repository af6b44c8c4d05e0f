package io.metasrv.adapters.embedded;

import io.metasrv.application.port.Compare;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.Op;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.Txn;
import io.metasrv.domain.Bytes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The victim of the crash tests: several writers, each with a family of keys of its own, which
 * every transaction rewrites as a whole. Round N of a family gives each of its members the value N
 * (followed by ballast), and has half of the members only if N is even. So any mixture of two
 * rounds can be recognised. Each acknowledged round is printed.
 */
final class CrashWriter {

  static final int FAMILIES = 4;
  private static final int MEMBERS = 6;

  private CrashWriter() {}

  /** Arguments: the directory, a seed. Runs until killed. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("OPENING");
    EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]), smallBuffers());
    long seed = Long.parseLong(arguments[1]);
    SortedMap<Integer, Long> rounds = verify(store);
    out.println("OPEN");
    List<Thread> writers = new ArrayList<>();
    for (int family = 0; family < FAMILIES; family++) {
      int own = family;
      long first = rounds.getOrDefault(family, 0L) + 1;
      writers.add(Thread.ofVirtual().start(() -> write(store, own, first, seed, out)));
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  /** So small that files are written and merged all the time. */
  static EmbeddedOptions smallBuffers() {
    return new EmbeddedOptions(
        4 << 20, 1 << 20, 1, 64 << 20, EmbeddedOptions.DEFAULT.callTimeout(), DamagedLog.REFUSE);
  }

  private static void write(
      EmbeddedStore store, int family, long first, long seed, PrintStream out) {
    Random random = new Random(seed + family);
    for (long round = first; ; round++) {
      List<Op> ops = ops(family, round, random.nextInt(8000));
      if (random.nextInt(4) == 0) {
        batch(store, ops);
      } else {
        Compare expected = expectation(store, family);
        if (!store.txn(new Txn(List.of(expected), ops, List.of())).succeeded()) {
          throw new IllegalStateException("family " + family + " has one writer only");
        }
      }
      out.println("ACK " + family + " " + round);
    }
  }

  /** The same round by way of a batch, where it has no deletes. */
  private static void batch(EmbeddedStore store, List<Op> ops) {
    List<KeyValue> puts = new ArrayList<>();
    for (Op op : ops) {
      if (op instanceof Op.Put(Bytes key, Bytes value)) {
        puts.add(new KeyValue(key, value));
      }
    }
    if (puts.size() == ops.size()) {
      store.batchPut(puts, Previous.DISCARD);
    } else {
      store.txn(Txn.always(ops));
    }
  }

  private static Compare expectation(EmbeddedStore store, int family) {
    Bytes key = member(family, 0);
    return store
        .get(key)
        .<Compare>map(value -> new Compare.ValueEquals(key, value))
        .orElseGet(() -> new Compare.Absent(key));
  }

  private static List<Op> ops(int family, long round, int ballast) {
    List<Op> ops = new ArrayList<>();
    Bytes value = Bytes.utf8(round + ":" + "x".repeat(ballast));
    for (int member = 0; member < MEMBERS; member++) {
      Bytes key = member(family, member);
      ops.add(isPresent(member, round) ? new Op.Put(key, value) : new Op.Delete(key));
    }
    return ops;
  }

  private static boolean isPresent(int member, long round) {
    return round % 2 == 0 || member < MEMBERS / 2;
  }

  private static Bytes member(int family, int member) {
    return Bytes.utf8("family-" + family + "/member-" + member);
  }

  /**
   * Checks that each family is the result of exactly one round.
   *
   * @return the round of each family; families never written are left out
   */
  static SortedMap<Integer, Long> verify(EmbeddedStore store) {
    SortedMap<String, String> content = Texts.content(store);
    SortedMap<Integer, Long> rounds = new TreeMap<>();
    for (int family = 0; family < FAMILIES; family++) {
      String first = content.remove(member(family, 0).toUtf8());
      if (first != null) {
        long round = Long.parseLong(first.substring(0, first.indexOf(':')));
        rounds.put(family, round);
        for (int member = 1; member < MEMBERS; member++) {
          String found = content.remove(member(family, member).toUtf8());
          String expected = isPresent(member, round) ? first : null;
          if (!Objects.equals(found, expected)) {
            throw new IllegalStateException(
                "torn transaction: family %d round %d member %d".formatted(family, round, member));
          }
        }
      }
    }
    if (!content.isEmpty()) {
      throw new IllegalStateException("keys that no round wrote: " + content.keySet());
    }
    return rounds;
  }
}
