package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * Key of a table's route in the store (sheet 03 §2): which datanodes hold its regions.
 *
 * @param table the table
 */
public record TableRouteKey(TableId table) {

  private static final String FAMILY = "__table_route/";

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY);

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + table);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if it is no such key
   */
  public static TableRouteKey parse(Bytes key) {
    KeyNumbers numbers = KeyNumbers.behind(FAMILY, '/', 1, key);
    if (numbers.at(0) < 0 || numbers.at(0) > 0xffff_ffffL) {
      throw io.metasrv.domain.error.ServiceException.invalidArguments(
          "Invalid key: " + key + "; a table id has 32 bits");
    }
    return new TableRouteKey(new TableId(numbers.at(0)));
  }
}
