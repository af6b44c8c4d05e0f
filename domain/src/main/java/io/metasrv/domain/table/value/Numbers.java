package io.metasrv.domain.table.value;

import io.metasrv.domain.table.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of types, read from text and from each other. */
final class Numbers {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
  private static final int MAX_DIGITS = 100;

  private Numbers() {}

  /** The number in the type, whole or floating; empty if the type cannot hold it. */
  static Optional<Value> of(DataType.Kind kind, BigDecimal number) {
    if (Ranges.isReal(kind)) {
      return real(kind, number.doubleValue());
    }
    BigInteger whole = number.setScale(0, RoundingMode.DOWN).toBigInteger();
    return whole(kind, whole);
  }

  /** Reads a number in the notation of the type; empty if it is none or does not fit. */
  static Optional<Value> parse(DataType.Kind kind, String text) {
    if (Ranges.isReal(kind)) {
      return decimal(text).flatMap(number -> real(kind, number.doubleValue()));
    }
    return WHOLE.matcher(text).matches() ? whole(kind, new BigInteger(text)) : Optional.empty();
  }

  /** Reads a signed 64-bit number; empty if it is none. */
  static Optional<Long> parseLong(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
  }

  private static Optional<Value> whole(DataType.Kind kind, BigInteger number) {
    return Ranges.isWhole(kind) && Ranges.fits(kind, number)
        ? Optional.of(new Value.Whole(kind, number))
        : Optional.empty();
  }

  private static Optional<Value> real(DataType.Kind kind, double number) {
    double held = kind == DataType.Kind.FLOAT32 ? (float) number : number;
    return Double.isFinite(held) ? Optional.of(new Value.Real(kind, held)) : Optional.empty();
  }

  /** Reads a number with a fraction or an exponent; empty if it is none. */
  static Optional<BigDecimal> decimal(String text) {
    return text.length() <= MAX_DIGITS && REAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** The number with the digits of a decimal type; empty if the type cannot hold it. */
  static Optional<Value> decimal(DataType.Decimal128 type, BigDecimal number, RoundingMode mode) {
    try {
      BigDecimal scaled = number.setScale(type.scale(), mode);
      return scaled.precision() <= type.precision()
          ? Optional.of(new Value.Decimal(scaled.unscaledValue(), type.precision(), type.scale()))
          : Optional.empty();
    } catch (ArithmeticException needsRounding) {
      return Optional.empty();
    }
  }

  /** Digits without exponent, as few as read back to the same number: {@code 1.5}, {@code 0}. */
  static String text(DataType.Kind kind, double number) {
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    String shortest =
        kind == DataType.Kind.FLOAT32 ? Float.toString((float) number) : Double.toString(number);
    return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
  }
}
