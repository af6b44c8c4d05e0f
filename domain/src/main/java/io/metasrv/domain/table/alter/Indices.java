package io.metasrv.domain.table.alter;

import io.metasrv.domain.table.Schema;
import java.util.ArrayList;
import java.util.List;

/** Indices of columns when columns move. */
final class Indices {

  private Indices() {}

  /** The indices of the same columns in another schema, in the same order; gone ones left out. */
  static List<Integer> moved(Schema from, List<Integer> indices, Schema to) {
    List<Integer> moved = new ArrayList<>();
    for (int index : indices) {
      to.indexOf(from.columns().get(index).name()).ifPresent(moved::add);
    }
    return moved;
  }

  /** All indices that are not in the list, ascending. */
  static List<Integer> others(int count, List<Integer> indices) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!indices.contains(i)) {
        others.add(i);
      }
    }
    return others;
  }
}
