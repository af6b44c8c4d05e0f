package io.metasrv.domain.procedure;

import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The locks of one procedure in their order: all shared ones by the bytes of their text, then all
 * exclusive ones (sheet 05 §11.2). Each text occurs once; one asked for in both modes is exclusive.
 *
 * @param keys in order
 */
public record LockSet(List<LockKey> keys) {

  private static final Comparator<LockKey> ORDER =
      Comparator.comparing(LockKey::mode).thenComparing(key -> Bytes.utf8(key.text()));

  public LockSet {
    keys = List.copyOf(keys);
  }

  /** Puts locks in order and drops what is doubled. */
  public static LockSet of(List<LockKey> wanted) {
    TreeMap<String, LockKey> strongest = new TreeMap<>();
    for (LockKey key : wanted) {
      strongest.merge(
          key.text(), key, (one, other) -> one.mode() == LockMode.EXCLUSIVE ? one : other);
    }
    List<LockKey> ordered = new ArrayList<>(strongest.values());
    ordered.sort(ORDER);
    return new LockSet(ordered);
  }

  /** The first lock of the other set that cannot be held beside this one. */
  public Optional<LockKey> conflictWith(LockSet other) {
    return other.keys.stream().filter(this::excludes).findFirst();
  }

  private boolean excludes(LockKey wanted) {
    return keys.stream()
        .anyMatch(
            own -> own.text().equals(wanted.text()) && own.mode().conflictsWith(wanted.mode()));
  }
}
