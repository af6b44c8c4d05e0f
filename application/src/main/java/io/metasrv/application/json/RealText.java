package io.metasrv.application.json;

import java.math.BigDecimal;

/**
 * Floating point numbers as serde_json prints them: the shortest digits that read back the same;
 * positional between 1e-5 and 1e16, always with a fraction there, otherwise {@code 1.5e300}.
 */
final class RealText {

  /** Positional notation up to this many digits before the point. */
  private static final int MOST_INTEGER_DIGITS = 16;

  /** Positional notation down to a first digit just behind this many zeros. */
  private static final int MOST_LEADING_ZEROS = 5;

  private RealText() {}

  /** The text of a finite number. */
  static String of(double value) {
    return value == 0 ? signedZero(1 / value < 0) : format(new BigDecimal(Double.toString(value)));
  }

  /** The text of a finite number. */
  static String of(float value) {
    return value == 0 ? signedZero(1 / value < 0) : format(new BigDecimal(Float.toString(value)));
  }

  private static String signedZero(boolean negative) {
    return negative ? "-0.0" : "0.0";
  }

  private static String format(BigDecimal shortest) {
    BigDecimal plain = shortest.stripTrailingZeros();
    String digits = plain.unscaledValue().abs().toString();
    // The number is 0.DIGITS times ten to this power.
    int point = digits.length() - plain.scale();
    String text = magnitude(digits, point);
    return plain.signum() < 0 ? "-" + text : text;
  }

  private static String magnitude(String digits, int point) {
    if (point > MOST_INTEGER_DIGITS || point <= -MOST_LEADING_ZEROS) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return digits.charAt(0) + fraction + "e" + (point - 1);
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    if (point > 0) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    return "0." + "0".repeat(-point) + digits;
  }
}
