package io.metasrv.bootstrap.ctl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** A table with a head, its columns as wide as what is in them. For one thread. */
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
    Column[] layout = new Column[columns];
    for (int i = 0; i < columns; i++) {
      int at = i;
      int width = rows.stream().mapToInt(row -> row[at].length()).max().orElse(1);
      layout[i] =
          new Column(Math.max(1, width) + (i == 0 ? 0 : GAP), i == 0 ? 0 : GAP, Overflow.TRUNCATE);
    }
    TextTable table = TextTable.forColumns(Ansi.OFF, layout);
    // Widths are counted in characters, as above.
    table.setAdjustLineBreaksForWideCJKCharacters(false);
    rows.forEach(table::addRowValues);
    return table.toString().replaceAll("(?m) +$", "");
  }
}
