package io.metasrv.domain.key;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.table.TableName;

/**
 * {@code __table_name/<catalog>/<schema>/<table>}: the id of a table or view by its name.
 *
 * @param catalog name of its catalog
 * @param schema name of its schema
 * @param table its name
 */
public record TableNameKey(String catalog, String schema, String table) {

  private static final String FAMILY = "__table_name/";

  private static final KeyFormat FORMAT =
      KeyFormat.of(FAMILY, KeyFormat.NAME + "/" + KeyFormat.NAME + "/" + KeyFormat.NAME);

  /** Begins every key of this kind. */
  public static final Bytes PREFIX = FORMAT.prefix();

  /** The key of the name. */
  public static TableNameKey of(TableName name) {
    return new TableNameKey(name.catalog(), name.schema(), name.table());
  }

  /** The name it stands for. */
  public TableName name() {
    return new TableName(catalog, schema, table);
  }

  /** Begins every key of a table of the schema. */
  public static Bytes prefixOf(String catalog, String schema) {
    return Bytes.utf8(FAMILY + catalog + "/" + schema + "/");
  }

  /** The key as stored. */
  public Bytes toBytes() {
    return Bytes.utf8(FAMILY + catalog + "/" + schema + "/" + table);
  }

  /**
   * Reads a key.
   *
   * @throws io.metasrv.domain.error.ServiceException ({@code InvalidMetadata}) if it is no such key
   */
  public static TableNameKey parse(Bytes key) {
    KeyFormat.Parts parts = FORMAT.parse(key);
    return new TableNameKey(parts.text(1), parts.text(2), parts.text(3));
  }

  /** The form of messages: {@code catalog.schema.table}. */
  @Override
  public String toString() {
    return catalog + "." + schema + "." + table;
  }
}
