package io.metasrv.domain.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes with a text for people (sheet 03 §5.8.1). All units are powers of 1024.
 *
 * @param bytes unsigned 64 bits
 */
public record ReadableSize(long bytes) {

  private static final Pattern TEXT =
      Pattern.compile("\\s*([0-9]*\\.?[0-9]*(?:[eE][+-]?[0-9]+)?)\\s*([A-Za-z]*)\\s*");
  private static final String UNITS = "BKMGTP";
  private static final BigDecimal BOUND = BigDecimal.TWO.pow(64);

  /**
   * Reads {@code 64MiB}, {@code 1.5GB}, {@code 10}; fractions of a byte are cut off.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ReadableSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw invalid(text);
    }
    String unit = matcher.group(2).toUpperCase(Locale.ROOT);
    int index = unit.isEmpty() ? 0 : UNITS.indexOf(unit.charAt(0));
    boolean known = unit.length() < 2 || unit.substring(1).equals("B") || unit.endsWith("IB");
    if (index < 0 || !known || unit.length() > 3 || (index == 0 && unit.length() > 1)) {
      throw invalid(text);
    }
    try {
      BigDecimal bytes =
          new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(1L << (10 * index)))
              .setScale(0, RoundingMode.DOWN);
      if (bytes.compareTo(BOUND) >= 0) {
        throw invalid(text);
      }
      return new ReadableSize(bytes.toBigInteger().longValue());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a size; expected one like \"512MB\"", notANumber);
    }
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a size; expected one like \"512MB\"");
  }

  /** Whether it is a whole number of units, and thus stored as text. */
  public boolean isStoredAsText() {
    return bytes == 0 || Long.numberOfTrailingZeros(bytes) >= 10;
  }

  /** The stored text: {@code 64MiB}, {@code 0KiB}; bare bytes where no unit divides. */
  public String storedText() {
    if (bytes == 0) {
      return "0KiB";
    }
    int index = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length() - 1);
    return index == 0
        ? Long.toUnsignedString(bytes)
        : Long.toUnsignedString(bytes >>> (10 * index)) + UNITS.charAt(index) + "iB";
  }

  /** The text of region options: one decimal, {@code 64.0MiB}; {@code 512B} below 1 KiB. */
  public String displayText() {
    int highest = 63 - Long.numberOfLeadingZeros(bytes | 1);
    int index = Math.min(highest / 10, UNITS.length() - 1);
    if (index == 0) {
      return bytes + "B";
    }
    BigDecimal amount =
        new BigDecimal(Long.toUnsignedString(bytes)).divide(BigDecimal.valueOf(1L << (10 * index)));
    return amount.setScale(1, RoundingMode.HALF_EVEN) + "" + UNITS.charAt(index) + "iB";
  }
}
