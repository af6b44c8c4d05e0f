package io.metasrv.application.procedure.journal;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.ProcedureRecordKey;
import io.metasrv.domain.key.ProcedureRecordKey.Parsed;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks through the keys of all records without their values, and reads the one that counts of each
 * procedure, so that a damaged one hurts nobody else.
 */
public final class RecordScan {

  private static final Comparator<Parsed> NEWER =
      Comparator.comparingLong((Parsed parsed) -> parsed.key().step())
          .thenComparing(parsed -> parsed.key().kind());

  private final KeyValueStore store;

  public RecordScan(KeyValueStore store) {
    this.store = store;
  }

  /**
   * What a scan found.
   *
   * @param procedures by id
   * @param unreadable keys under the records' prefix that are none
   */
  public record Found(List<StoredProcedure> procedures, List<Bytes> unreadable) {
    public Found {
      procedures = List.copyOf(procedures);
      unreadable = List.copyOf(unreadable);
    }
  }

  /** Finds every stored procedure. */
  public Found all() {
    return scan(KeyRange.prefix(ProcedureRecordKey.PREFIX));
  }

  /** Finds one stored procedure. */
  public Optional<StoredProcedure> of(ProcedureId id) {
    return scan(KeyRange.prefix(ProcedureRecordKey.prefix(id))).procedures().stream().findFirst();
  }

  private Found scan(KeyRange range) {
    TreeMap<String, List<Parsed>> byId = new TreeMap<>();
    TreeMap<String, List<Bytes>> keys = new TreeMap<>();
    List<Bytes> unreadable = new ArrayList<>();
    RangePager.keys(store, range)
        .forEachPair(
            pair ->
                ProcedureRecordKey.parse(pair.key())
                    .ifPresentOrElse(
                        parsed -> {
                          String id = parsed.key().id().toString();
                          byId.computeIfAbsent(id, i -> new ArrayList<>()).add(parsed);
                          keys.computeIfAbsent(id, i -> new ArrayList<>()).add(pair.key());
                        },
                        () -> unreadable.add(pair.key())));
    List<StoredProcedure> found = new ArrayList<>();
    byId.forEach(
        (id, parsed) -> {
          List<Bytes> own = keys.getOrDefault(id, List.of());
          newest(parsed, own).ifPresentOrElse(found::add, () -> unreadable.addAll(own));
        });
    return new Found(found, unreadable);
  }

  private static Optional<StoredProcedure> newest(List<Parsed> parsed, List<Bytes> keys) {
    return parsed.stream()
        .filter(one -> one.segment() == 0)
        .max(NEWER)
        .map(
            newest ->
                new StoredProcedure(
                    newest,
                    parsed.stream()
                        .filter(one -> one.segment() != 0 && one.base().equals(newest.base()))
                        .toList(),
                    keys));
  }

  /**
   * The text stored of a procedure, as one piece.
   *
   * @throws ServiceException (Unexpected) if pieces are missing or have no number
   */
  public Bytes read(StoredProcedure stored) {
    TreeMap<Long, Bytes> pieces = new TreeMap<>();
    for (Parsed segment : stored.segments()) {
      if (segment.segment() < 0) {
        throw ServiceException.unexpected(
            "Failed to parse segment key behind '%s': not a number".formatted(segment.base()));
      }
    }
    for (Parsed segment : stored.segments()) {
      Bytes key = ProcedureRecordKey.segment(segment.base(), segment.segment());
      valueOf(key, stored.allKeys(), segment).ifPresent(v -> pieces.put(segment.segment(), v));
    }
    Bytes first =
        store
            .get(stored.newest().base())
            .orElseThrow(
                () ->
                    ServiceException.unexpected(
                        "The record at '%s' vanished while it was read"
                            .formatted(stored.newest().base())));
    return Segments.join(first, pieces);
  }

  private Optional<Bytes> valueOf(Bytes canonical, List<Bytes> keys, Parsed segment) {
    if (keys.contains(canonical)) {
      return store.get(canonical);
    }
    // A piece whose number is written with another number of zeros.
    return keys.stream()
        .filter(key -> ProcedureRecordKey.parse(key).equals(Optional.of(segment)))
        .findFirst()
        .flatMap(store::get);
  }

  /** The pairs of a stored procedure, for those who look into a damaged one. */
  public List<KeyValue> pairs(StoredProcedure stored) {
    return store.batchGet(stored.allKeys());
  }
}
