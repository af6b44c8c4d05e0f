package io.metasrv.domain;

/**
 * The id of a table: an unsigned 32-bit number (sheet 04 §1.1).
 *
 * @param value in 0..2^32-1
 */
public record TableId(long value) implements Comparable<TableId> {

  public TableId {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException("table id out of range 0..4294967295: " + value);
    }
  }

  @Override
  public int compareTo(TableId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
