package io.metasrv.domain.procedure;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * Marks a thing whose change may be half applied, until someone cleans up (sheet 05 §12).
 *
 * @param text without the family's prefix, for example {@code table/1024}
 */
public record PoisonKey(String text) {

  private static final String FAMILY = "/__procedure_poison/";

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = Bytes.utf8(FAMILY);

  /** The poison of a table. */
  public static PoisonKey table(TableId table) {
    return new PoisonKey("table/" + table);
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + text);
  }

  @Override
  public String toString() {
    return FAMILY + text;
  }
}
