package io.metasrv.domain;

/**
 * The id of a region: unsigned 64 bits, the table id in the upper half, the region number in the
 * lower (sheet 04 §1.1). Ordered as an unsigned number.
 *
 * @param value the 64 bits; a negative {@code long} stands for a number above 2^63-1
 */
public record RegionId(long value) implements Comparable<RegionId> {

  /** Joins a table id and a region number (unsigned 32 bits). */
  public static RegionId of(TableId table, long regionNumber) {
    if (regionNumber < 0 || regionNumber > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "region number out of range 0..4294967295: " + regionNumber);
    }
    return new RegionId((table.value() << 32) | regionNumber);
  }

  /** Parses an unsigned decimal number. */
  public static RegionId parse(String decimal) {
    return new RegionId(Long.parseUnsignedLong(decimal));
  }

  /** The table the region belongs to. */
  public TableId table() {
    return new TableId(value >>> 32);
  }

  /** The number within the table, in 0..2^32-1. */
  public long regionNumber() {
    return value & 0xffff_ffffL;
  }

  /** The unsigned decimal form used in keys and JSON. */
  public String toDecimal() {
    return Long.toUnsignedString(value);
  }

  @Override
  public int compareTo(RegionId other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The form of logs and subjects, for example {@code 4398046511105(1024, 1)}. */
  @Override
  public String toString() {
    return toDecimal() + "(" + table() + ", " + regionNumber() + ")";
  }
}
