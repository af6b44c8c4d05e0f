package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison of two contents found.
 *
 * @param left the first content
 * @param right the second
 * @param differing how many keys differ
 * @param first the first of them, ascending
 */
public record Comparison(
    ContentDigest.Summary left,
    ContentDigest.Summary right,
    long differing,
    List<Difference> first) {

  public Comparison {
    first = List.copyOf(first);
  }

  /** In what way a key differs. */
  public enum Kind {
    /** Only the first content has it. */
    ONLY_LEFT,
    /** Only the second content has it. */
    ONLY_RIGHT,
    /** Both have it, with different values. */
    VALUE
  }

  /**
   * A key that differs.
   *
   * @param key the key
   * @param kind in what way
   */
  public record Difference(Bytes key, Kind kind) {}

  /** Whether both contents are the same, byte for byte: that is what the digests say. */
  public boolean same() {
    return left.sha256().equals(right.sha256());
  }

  /**
   * Walks through both once, side by side.
   *
   * @param most how many differing keys are remembered
   */
  public static Comparison of(PairSource left, PairSource right, int most) {
    try (PairSource.Cursor lefts = left.open();
        PairSource.Cursor rights = right.open()) {
      return new Walk(lefts, rights, most).run();
    }
  }

  /** One walk. */
  private static final class Walk {

    private final PairSource.Cursor lefts;
    private final PairSource.Cursor rights;
    private final int most;
    private final ContentDigest left = new ContentDigest();
    private final ContentDigest right = new ContentDigest();
    private final List<Difference> first = new ArrayList<>();
    private long differing;

    Walk(PairSource.Cursor lefts, PairSource.Cursor rights, int most) {
      this.lefts = lefts;
      this.rights = rights;
      this.most = most;
    }

    Comparison run() {
      Optional<KeyValue> a = next(lefts, left);
      Optional<KeyValue> b = next(rights, right);
      while (a.isPresent() || b.isPresent()) {
        int order = order(a, b);
        if (order != 0) {
          KeyValue odd = (order < 0 ? a : b).orElseThrow();
          differs(odd.key(), order < 0 ? Kind.ONLY_LEFT : Kind.ONLY_RIGHT);
        } else if (!a.equals(b)) {
          differs(a.orElseThrow().key(), Kind.VALUE);
        }
        a = order <= 0 ? next(lefts, left) : a;
        b = order >= 0 ? next(rights, right) : b;
      }
      return new Comparison(left.finish(), right.finish(), differing, first);
    }

    /** What has ended counts as above everything. */
    private static int order(Optional<KeyValue> a, Optional<KeyValue> b) {
      if (a.isEmpty()) {
        return 1;
      }
      return b.isEmpty() ? -1 : a.get().key().compareTo(b.get().key());
    }

    private static Optional<KeyValue> next(PairSource.Cursor cursor, ContentDigest digest) {
      if (!cursor.hasNext()) {
        return Optional.empty();
      }
      KeyValue pair = cursor.next();
      digest.add(pair);
      return Optional.of(pair);
    }

    private void differs(Bytes key, Kind kind) {
      differing++;
      if (first.size() < most) {
        first.add(new Difference(key, kind));
      }
    }
  }
}
