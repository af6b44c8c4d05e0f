package io.metasrv.application.procedure.journal;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Cuts long values into pieces and puts them together again (sheet 05 §14). */
final class Segments {

  private Segments() {}

  /** Pieces of exactly the limit, the last one shorter; one piece for a short or empty value. */
  static List<Bytes> split(Bytes value, int limit) {
    List<Bytes> pieces = new ArrayList<>();
    int from = 0;
    while (value.size() - from > limit) {
      pieces.add(value.substring(from, from + limit));
      from += limit;
    }
    pieces.add(from == 0 ? value : value.substring(from));
    return pieces;
  }

  /**
   * The whole value.
   *
   * @param first the piece at the key itself
   * @param others the further pieces by number
   * @throws ServiceException (Unexpected) naming the numbers, if one is missing before the last
   */
  static Bytes join(Bytes first, SortedMap<Long, Bytes> others) {
    if (!others.isEmpty() && others.lastKey() != others.size()) {
      throw ServiceException.unexpected(
          "Unexpected: Corrupted segment keys, parsed segment indexes: " + others.keySet());
    }
    Bytes whole = first;
    for (Bytes piece : others.values()) {
      whole = whole.concat(piece);
    }
    return whole;
  }
}
