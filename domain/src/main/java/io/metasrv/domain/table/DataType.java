package io.metasrv.domain.table;

import java.util.List;

/**
 * The type of a column (sheet 03 §5.5). Two equal types are the same type; compare {@link #plain()}
 * forms, because a stored type may carry members that this version does not know.
 */
public sealed interface DataType {

  /** Types without parameters. */
  enum Kind {
    NULL("Null", false),
    BOOLEAN("Boolean", false),
    DATE("Date", false),
    INT8("Int8", true),
    INT16("Int16", true),
    INT32("Int32", true),
    INT64("Int64", true),
    UINT8("UInt8", true),
    UINT16("UInt16", true),
    UINT32("UInt32", true),
    UINT64("UInt64", true),
    FLOAT32("Float32", true),
    FLOAT64("Float64", true);

    private final String text;
    private final boolean numeric;

    Kind(String text, boolean numeric) {
      this.text = text;
      this.numeric = numeric;
    }

    /** As JSON spells it. */
    public String text() {
      return text;
    }

    /** Whether it is a number; also decides its JSON body. */
    public boolean isNumeric() {
      return numeric;
    }

    /** The type. */
    public DataType type() {
      return new Simple(this);
    }
  }

  /** A type without parameters. */
  record Simple(Kind kind) implements DataType {}

  /** Text. */
  record Text(StringSize size) implements DataType {}

  /** Bytes. */
  record Binary(BinaryForm form) implements DataType {}

  /** A point in time. */
  record Timestamp(TimeUnit unit) implements DataType {}

  /** A time of the day. */
  record Time(TimeUnit unit) implements DataType {}

  /** A length of time. */
  record Duration(TimeUnit unit) implements DataType {}

  /** A length of calendar time. */
  record Interval(IntervalUnit unit) implements DataType {}

  /** Decimal numbers; both unsigned resp. signed 8 bits. */
  record Decimal128(int precision, int scale) implements DataType {}

  /** A list. */
  record ListOf(DataType item) implements DataType {}

  /** Values by reference. */
  record Dictionary(DataType key, DataType value) implements DataType {}

  /** Named fields. */
  record Struct(List<Field> fields) implements DataType {
    public Struct {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A JSON document.
   *
   * @param nativeType JSON text of the native type of the second format; empty for the first
   *     ({@code Jsonb})
   */
  record Json(java.util.Optional<String> nativeType) implements DataType {}

  /** Floating point vectors; unsigned 32 bits. */
  record Vector(long dimension) implements DataType {}

  /**
   * A type of a name that this version does not know.
   *
   * @param name its name
   * @param json the whole type, compact JSON
   */
  record Foreign(String name, String json) implements DataType {}

  /**
   * A known type whose JSON has members that this version does not know.
   *
   * @param known what is known of it; never extended itself
   * @param json the whole type, compact JSON: what is written back
   */
  record Extended(DataType known, String json) implements DataType {}

  /**
   * A field of a {@link Struct}.
   *
   * @param metadata by name
   */
  record Field(
      String name,
      DataType type,
      boolean nullable,
      java.util.SequencedMap<String, String> metadata) {
    public Field {
      metadata = io.metasrv.domain.Maps.copyOf(metadata);
    }
  }

  /** How texts are laid out. */
  enum StringSize {
    UTF8("Utf8"),
    LARGE_UTF8("LargeUtf8"),
    UTF8_VIEW("Utf8View");

    private final String text;

    StringSize(String text) {
      this.text = text;
    }

    /** As JSON spells it. */
    public String text() {
      return text;
    }
  }

  /** How bytes are laid out. */
  enum BinaryForm {
    BINARY("Binary"),
    BINARY_VIEW("BinaryView");

    private final String text;

    BinaryForm(String text) {
      this.text = text;
    }

    /** As JSON spells it. */
    public String text() {
      return text;
    }
  }

  /** Parts of an {@link Interval}. */
  enum IntervalUnit {
    YEAR_MONTH("YearMonth"),
    DAY_TIME("DayTime"),
    MONTH_DAY_NANO("MonthDayNano");

    private final String text;

    IntervalUnit(String text) {
      this.text = text;
    }

    /** As JSON spells it. */
    public String text() {
      return text;
    }
  }

  /** The usual text type. */
  static DataType string() {
    return new Text(StringSize.UTF8);
  }

  /** The usual type of bytes. */
  static DataType binary() {
    return new Binary(BinaryForm.BINARY);
  }

  /** This type without members that this version does not know. */
  default DataType plain() {
    return switch (this) {
      case Extended(DataType known, String ignored) -> known.plain();
      case ListOf(DataType item) -> new ListOf(item.plain());
      case Dictionary(DataType key, DataType value) -> new Dictionary(key.plain(), value.plain());
      case Struct(List<Field> fields) ->
          new Struct(
              fields.stream()
                  .map(f -> new Field(f.name(), f.type().plain(), f.nullable(), f.metadata()))
                  .toList());
      default -> this;
    };
  }

  /** Whether both are the same type, whatever unknown members they carry. */
  default boolean isSameAs(DataType other) {
    return plain().equals(other.plain());
  }

  /** Whether it is text. */
  default boolean isText() {
    return plain() instanceof Text;
  }

  /** Whether it is a point in time. */
  default boolean isTimestamp() {
    return plain() instanceof Timestamp;
  }
}
