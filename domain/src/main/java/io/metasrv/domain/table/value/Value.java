package io.metasrv.domain.table.value;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TimeUnit;
import java.math.BigInteger;

/** One value of a column (sheet 03 §5.6). */
public sealed interface Value {

  /** Nothing. */
  record Null() implements Value {}

  /** A truth value. */
  record Bool(boolean truth) implements Value {}

  /**
   * A whole number.
   *
   * @param kind its integer type; the number is in its range
   */
  record Whole(DataType.Kind kind, BigInteger number) implements Value {}

  /**
   * A floating point number.
   *
   * @param kind its type; of the shorter one only such numbers as it can hold
   */
  record Real(DataType.Kind kind, double number) implements Value {}

  /** A decimal number: {@code unscaled * 10^-scale}. */
  record Decimal(BigInteger unscaled, int precision, int scale) implements Value {}

  /** Text. */
  record Text(String text) implements Value {}

  /** Bytes. */
  record Blob(Bytes content) implements Value {}

  /** A day, counted from 1970-01-01. */
  record Date(int days) implements Value {}

  /** A point in time, counted from 1970-01-01T00:00:00Z. */
  record Timestamp(long count, TimeUnit unit) implements Value {}

  /** A time of the day, counted from midnight. */
  record Time(long count, TimeUnit unit) implements Value {}

  /** A length of time. */
  record Duration(long count, TimeUnit unit) implements Value {}

  /**
   * A value that is only carried along.
   *
   * @param json as stored
   */
  record Opaque(String json) implements Value {}
}
