package io.metasrv.bootstrap.ctl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table with a head, its columns as wide as what is in them. Picocli's own {@code TextTable}
 * takes {@code @|…|@} in a value for markup, and values come from the store. For one thread.
 */
final class Tables {

  private static final int GAP = 2;

  private final List<String[]> rows = new ArrayList<>();

  /** A table with these titles. */
  static Tables of(String... titles) {
    Tables table = new Tables();
    table.rows.add(titles);
    return table;
  }

  /** A table of names and values without a head. */
  static Tables ofPairs() {
    return new Tables();
  }

  Tables row(String... cells) {
    rows.add(Arrays.stream(cells).map(Tables::printable).toArray(String[]::new));
    return this;
  }

  /** A row, if there is a value. */
  Tables pair(String name, String value) {
    return value.isEmpty() ? this : row(name, value);
  }

  /**
   * What comes from a store may hold anything: control characters would spoil the table, or worse
   * the terminal.
   */
  static String printable(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "�");
  }

  /** The lines, each with its end, without trailing blanks. */
  @Override
  public String toString() {
    if (rows.isEmpty()) {
      return "";
    }
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row[i]).repeat(' ', widths[i] - row[i].length() + GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
