package io.metasrv.domain.table.value;

import io.metasrv.domain.table.DataType;
import java.util.List;

/**
 * Which types of columns can become which (sheet 06 §10.1, the cast matrix of Arrow). Nested types
 * whose parts cannot be judged here pass: datanodes judge them again.
 */
public final class TypeCasts {

  private enum Family {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    DECIMAL,
    TEXT,
    BINARY,
    DATE,
    TIMESTAMP,
    TIME,
    DURATION,
    INTERVAL,
    LIST,
    STRUCT,
    DICTIONARY,
    JSON,
    UNKNOWN
  }

  private static final List<Family> NUMBERS = List.of(Family.INTEGER, Family.FLOAT, Family.DECIMAL);
  private static final List<Family> FROM_NUMBER =
      List.of(
          Family.BOOLEAN,
          Family.INTEGER,
          Family.FLOAT,
          Family.DECIMAL,
          Family.TEXT,
          Family.TIMESTAMP,
          Family.DURATION);

  private TypeCasts() {}

  /** Whether values of one type may be turned into the other. */
  public static boolean canCast(DataType from, DataType to) {
    if (from.isSameAs(to)) {
      return true;
    }
    DataType source = from.plain();
    DataType target = to.plain();
    Family sourceFamily = family(source);
    Family targetFamily = family(target);
    if (sourceFamily == Family.UNKNOWN || targetFamily == Family.UNKNOWN) {
      return true;
    }
    if (targetFamily == Family.DICTIONARY || sourceFamily == Family.DICTIONARY) {
      return canCast(inner(source), inner(target));
    }
    if (targetFamily == Family.LIST) {
      return canCast(
          source instanceof DataType.ListOf(DataType item) ? item : source, item(target));
    }
    return judge(source, sourceFamily, target, targetFamily);
  }

  private static boolean judge(
      DataType source, Family sourceFamily, DataType target, Family targetFamily) {
    return switch (sourceFamily) {
      case NULL -> true;
      case BOOLEAN ->
          targetFamily == Family.INTEGER
              || targetFamily == Family.FLOAT
              || targetFamily == Family.TEXT;
      case INTEGER ->
          FROM_NUMBER.contains(targetFamily)
              || targetFamily == Family.BINARY
              || integerToTime(source, target, targetFamily);
      case FLOAT -> FROM_NUMBER.contains(targetFamily);
      case DECIMAL -> NUMBERS.contains(targetFamily) || targetFamily == Family.TEXT;
      case TEXT ->
          NUMBERS.contains(targetFamily)
              || List.of(
                      Family.BOOLEAN,
                      Family.TEXT,
                      Family.BINARY,
                      Family.DATE,
                      Family.TIMESTAMP,
                      Family.TIME,
                      Family.INTERVAL)
                  .contains(targetFamily);
      case BINARY -> targetFamily == Family.TEXT || targetFamily == Family.BINARY;
      case DATE ->
          targetFamily == Family.TEXT || targetFamily == Family.TIMESTAMP || long32(target);
      case TIMESTAMP ->
          isPlainNumber(targetFamily)
              || List.of(Family.TEXT, Family.DATE, Family.TIME, Family.TIMESTAMP)
                  .contains(targetFamily);
      case TIME -> targetFamily == Family.TEXT || targetFamily == Family.TIME || long32(target);
      case DURATION ->
          isPlainNumber(targetFamily)
              || List.of(Family.TEXT, Family.DURATION, Family.INTERVAL).contains(targetFamily);
      case INTERVAL ->
          List.of(Family.TEXT, Family.DURATION, Family.INTERVAL).contains(targetFamily);
      case LIST -> targetFamily == Family.TEXT;
      case STRUCT -> targetFamily == Family.STRUCT;
      case JSON -> targetFamily == Family.JSON;
      case DICTIONARY, UNKNOWN -> true;
    };
  }

  private static boolean isPlainNumber(Family family) {
    return family == Family.INTEGER || family == Family.FLOAT;
  }

  private static boolean long32(DataType type) {
    return type.equals(DataType.Kind.INT32.type()) || type.equals(DataType.Kind.INT64.type());
  }

  private static boolean integerToTime(DataType source, DataType target, Family targetFamily) {
    return switch (targetFamily) {
      case DATE, TIME -> long32(source);
      case INTERVAL ->
          source.equals(DataType.Kind.INT32.type())
              && target.equals(new DataType.Interval(DataType.IntervalUnit.YEAR_MONTH));
      default -> false;
    };
  }

  private static DataType inner(DataType type) {
    return type instanceof DataType.Dictionary(DataType _, DataType value) ? value : type;
  }

  private static DataType item(DataType type) {
    return type instanceof DataType.ListOf(DataType item) ? item : type;
  }

  private static Family family(DataType type) {
    return switch (type) {
      case DataType.Simple(DataType.Kind kind) -> family(kind);
      case DataType.Text ignored -> Family.TEXT;
      case DataType.Binary ignored -> Family.BINARY;
      case DataType.Vector ignored -> Family.BINARY;
      case DataType.Timestamp ignored -> Family.TIMESTAMP;
      case DataType.Time ignored -> Family.TIME;
      case DataType.Duration ignored -> Family.DURATION;
      case DataType.Interval ignored -> Family.INTERVAL;
      case DataType.Decimal128 ignored -> Family.DECIMAL;
      case DataType.ListOf ignored -> Family.LIST;
      case DataType.Dictionary ignored -> Family.DICTIONARY;
      case DataType.Struct ignored -> Family.STRUCT;
      case DataType.Json ignored -> Family.JSON;
      case DataType.Foreign ignored -> Family.UNKNOWN;
      case DataType.Extended ignored -> Family.UNKNOWN;
    };
  }

  private static Family family(DataType.Kind kind) {
    return switch (kind) {
      case NULL -> Family.NULL;
      case BOOLEAN -> Family.BOOLEAN;
      case DATE -> Family.DATE;
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> Family.INTEGER;
      case FLOAT32, FLOAT64 -> Family.FLOAT;
    };
  }
}
