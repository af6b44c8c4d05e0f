package io.metasrv.domain.table.value;

import io.metasrv.domain.table.DataType;
import java.math.BigInteger;

/** What integer types can hold. */
final class Ranges {

  private Ranges() {}

  /** Whether the type is one of whole numbers. */
  static boolean isWhole(DataType.Kind kind) {
    return bits(kind) != 0;
  }

  /** Whether it is one of floating point numbers. */
  static boolean isReal(DataType.Kind kind) {
    return kind == DataType.Kind.FLOAT32 || kind == DataType.Kind.FLOAT64;
  }

  /** Whether the number fits the integer type. */
  static boolean fits(DataType.Kind kind, BigInteger number) {
    int bits = bits(kind);
    return isSigned(kind)
        ? number.bitLength() < bits
        : number.signum() >= 0 && number.bitLength() <= bits;
  }

  private static boolean isSigned(DataType.Kind kind) {
    return switch (kind) {
      case INT8, INT16, INT32, INT64 -> true;
      case NULL, BOOLEAN, DATE, UINT8, UINT16, UINT32, UINT64, FLOAT32, FLOAT64 -> false;
    };
  }

  private static int bits(DataType.Kind kind) {
    return switch (kind) {
      case INT8, UINT8 -> 8;
      case INT16, UINT16 -> 16;
      case INT32, UINT32 -> 32;
      case INT64, UINT64 -> 64;
      case NULL, BOOLEAN, DATE, FLOAT32, FLOAT64 -> 0;
    };
  }
}
