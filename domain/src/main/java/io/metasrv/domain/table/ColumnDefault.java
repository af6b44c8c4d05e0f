package io.metasrv.domain.table;

/** What a column gets where a row gives no value (sheet 03 §5.4). */
public sealed interface ColumnDefault {

  /**
   * Computed at insertion.
   *
   * @param expression {@code current_timestamp()}, {@code current_timestamp} or {@code now()}
   */
  record Function(String expression) implements ColumnDefault {}

  /**
   * A constant.
   *
   * @param json the value as JSON, for example {@code {"Float64":0.5}} or {@code "Null"}
   */
  record Value(String json) implements ColumnDefault {

    /** The value for "nothing". */
    public static final Value NULL = new Value("\"Null\"");

    /** Whether it is nothing. */
    public boolean isNull() {
      return equals(NULL);
    }
  }

  /**
   * A kind that this version does not know.
   *
   * @param json the whole default, compact JSON
   */
  record Foreign(String json) implements ColumnDefault {}
}
