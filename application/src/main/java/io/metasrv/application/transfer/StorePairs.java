package io.metasrv.application.transfer;

import io.metasrv.application.election.ElectionKeys;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.store.RangePager;
import io.metasrv.domain.Bytes;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * The pairs of a store, read page by page.
 *
 * @param name what the store is and where, for people
 * @param store seen from under its key prefix
 */
public record StorePairs(String name, KeyValueStore store) implements PairSource {

  private static final Bytes ELECTION = Bytes.utf8(ElectionKeys.ELECTION);

  /**
   * Whether a key is part of what is carried over. Two kinds are not: everything that begins with
   * {@code __metasrv_election}, the candidates included, because it belongs to the leases of
   * processes on that one store (the reference's snapshots leave out the same, sheet 03 §13); and
   * the marker of a copy under way. Leases and statistics of nodes live in the leader's memory and
   * never in a store (sheet 03 §2 no. 29 to 33): should somebody have put such keys there, they are
   * data like any other.
   */
  public static boolean belongs(Bytes key) {
    return !key.startsWith(ELECTION) && !key.equals(CopyMarker.KEY);
  }

  @Override
  public Cursor open() {
    return Cursor.over(
        new Pages(RangePager.pairs(store, KeyRange.all()), pair -> StorePairs.belongs(pair.key())));
  }

  /** Pages as one run of pairs. */
  private static final class Pages implements Iterator<KeyValue> {

    private final RangePager pager;
    private final Predicate<KeyValue> wanted;
    private Iterator<KeyValue> page = List.<KeyValue>of().iterator();

    Pages(RangePager pager, Predicate<KeyValue> wanted) {
      this.pager = pager;
      this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && pager.hasNext()) {
        page = pager.next().stream().filter(wanted).iterator();
      }
      return page.hasNext();
    }

    @Override
    public KeyValue next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the store was read whole");
      }
      return page.next();
    }
  }
}
