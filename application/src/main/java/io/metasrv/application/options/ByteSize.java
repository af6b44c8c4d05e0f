package io.metasrv.application.options;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes as people write it. All units are powers of 1024, whichever way they are
 * spelt: {@code 512MB}, {@code 512MiB} and {@code 512M} are the same (sheet 02 §18.1).
 *
 * @param bytes non-negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

  private static final Pattern TEXT =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]*)\\s*");
  private static final String UNITS = "BKMGTP";

  /** No bytes; several options read it as "off". */
  public static final ByteSize ZERO = new ByteSize(0);

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  /** A number of bytes. */
  public static ByteSize bytes(long bytes) {
    return new ByteSize(bytes);
  }

  /** Units of 1024 bytes. */
  public static ByteSize kibibytes(long count) {
    return new ByteSize(Math.multiplyExact(count, 1L << 10));
  }

  /** Units of 1024² bytes. */
  public static ByteSize mebibytes(long count) {
    return new ByteSize(Math.multiplyExact(count, 1L << 20));
  }

  /**
   * Reads {@code 10}, {@code 512MB}, {@code 1.5GiB}. Fractions of a byte are cut off.
   *
   * @throws IllegalArgumentException with what was expected, if the text is no size
   */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw notASize(text);
    }
    int shift = shiftOf(matcher.group(2).toUpperCase(Locale.ROOT), text);
    try {
      BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << shift));
      return new ByteSize(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" is larger than any size can be", e);
    }
  }

  private static int shiftOf(String unit, String text) {
    if (unit.isEmpty() || unit.equals("B")) {
      return 0;
    }
    int index = UNITS.indexOf(unit.charAt(0));
    String rest = unit.substring(1);
    if (index < 1 || !(rest.isEmpty() || rest.equals("B") || rest.equals("IB"))) {
      throw notASize(text);
    }
    return 10 * index;
  }

  private static IllegalArgumentException notASize(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a size; expected a number of bytes or one like \"512MB\"");
  }

  /** Whether the value is nothing at all. */
  public boolean isZero() {
    return bytes == 0;
  }

  /** The value as an {@code int}, capped at the largest one; for libraries that take no more. */
  public int toIntSaturated() {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /**
   * As the reference prints it: the largest unit that divides the value ({@code 512MiB}, {@code
   * 1500KiB}), {@code 0KiB} for nothing, else the bare number of bytes.
   */
  @Override
  public String toString() {
    if (bytes == 0) {
      return "0KiB";
    }
    int index = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length() - 1);
    return index == 0
        ? Long.toString(bytes)
        : (bytes >> (10 * index)) + "" + UNITS.charAt(index) + "iB";
  }
}
