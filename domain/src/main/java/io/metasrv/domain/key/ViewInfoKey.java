package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;

/**
 * {@code __view_info/<view id>}: a view.
 *
 * @param view the view
 */
public record ViewInfoKey(TableId view) {

  private static final String FAMILY = "__view_info/";

  private static final KeyFormat FORMAT = KeyFormat.ofView(FAMILY, KeyFormat.NUMBER);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + view);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidViewInfo}) if it is no such key
   */
  public static ViewInfoKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new ViewInfoKey(parts.table(1));
  }
}
