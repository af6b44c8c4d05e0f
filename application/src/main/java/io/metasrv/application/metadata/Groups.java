package io.metasrv.application.metadata;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists. */
final class Groups {

  private Groups() {}

  /** The items in order, in groups of at most that many, at least one. */
  static <T> List<List<T>> of(List<T> items, int most) {
    int size = Math.max(1, most);
    List<List<T>> groups = new ArrayList<>();
    for (int from = 0; from < items.size(); ) {
      int to = from + Math.min(size, items.size() - from);
      groups.add(List.copyOf(items.subList(from, to)));
      from = to;
    }
    return groups;
  }
}
