package io.metasrv.application.catalogue;

import io.metasrv.domain.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a text may name. Dots may be part of a name (sheet 03 §1), so that {@code a.b} is the table
 * {@code b} of the database {@code a} or the table {@code a.b} of the default one.
 */
final class TableNames {

  static final String DEFAULT_CATALOG = "greptime";
  static final String DEFAULT_DATABASE = "public";

  /** More would be no name anybody gave, and the number of readings is quadratic. */
  private static final int MAX_DOTS = 8;

  private TableNames() {}

  /** All readings, the one with most parts first. */
  static List<TableName> readings(String text) {
    List<Integer> dots = new ArrayList<>();
    for (int at = text.indexOf('.'); at >= 0 && dots.size() < MAX_DOTS; ) {
      dots.add(at);
      at = text.indexOf('.', at + 1);
    }
    List<TableName> readings = new ArrayList<>();
    for (int i = 0; i < dots.size(); i++) {
      for (int j = i + 1; j < dots.size(); j++) {
        readings.add(
            new TableName(
                text.substring(0, dots.get(i)),
                text.substring(dots.get(i) + 1, dots.get(j)),
                text.substring(dots.get(j) + 1)));
      }
    }
    for (int dot : dots) {
      readings.add(new TableName(DEFAULT_CATALOG, text.substring(0, dot), text.substring(dot + 1)));
    }
    readings.add(new TableName(DEFAULT_CATALOG, DEFAULT_DATABASE, text));
    return readings.stream().filter(TableNames::hasAllParts).toList();
  }

  private static boolean hasAllParts(TableName name) {
    return !name.catalog().isEmpty() && !name.schema().isEmpty() && !name.table().isEmpty();
  }
}
