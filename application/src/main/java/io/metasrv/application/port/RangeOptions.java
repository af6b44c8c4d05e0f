package io.metasrv.application.port;

/**
 * How a range is read.
 *
 * @param limit most pairs to return; 0 for no limit, never negative
 * @param keysOnly whether values are left out (they come back empty)
 */
public record RangeOptions(int limit, boolean keysOnly) {

  /** Every pair, with its value. */
  public static final RangeOptions ALL = new RangeOptions(0, false);

  public RangeOptions {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must be 0 (none) or positive: " + limit);
    }
  }

  /** At most this many pairs, with values. */
  public static RangeOptions limit(int limit) {
    return new RangeOptions(limit, false);
  }

  /** The same without values. */
  public RangeOptions onlyKeys() {
    return new RangeOptions(limit, true);
  }
}
