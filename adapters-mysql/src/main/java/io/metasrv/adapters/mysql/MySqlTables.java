package io.metasrv.adapters.mysql;

import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reference's two tables (sheet 02 §6.1): made if they are missing, and the value's column made
 * larger where an old version of the reference made it too small for a value above 64 KiB.
 *
 * @param data quoted name of the metadata table
 * @param election quoted name of the election table
 */
record MySqlTables(String data, String election) {

  private static final Logger LOG = LoggerFactory.getLogger(MySqlTables.class);

  void prepare(Handle handle) {
    handle.execute(create(data, "MEDIUMBLOB"));
    handle.execute(create(election, "BLOB"));
    handle.execute(
        "INSERT IGNORE INTO %s (k, v) VALUES (?, '')".formatted(election),
        (Object) MySqlDialect.PLACEHOLDER.toByteArray());
    enlargeValues(handle);
  }

  private static String create(String table, String valueType) {
    return "CREATE TABLE IF NOT EXISTS %s (k VARBINARY(3072) PRIMARY KEY, v %s)"
        .formatted(table, valueType);
  }

  private void enlargeValues(Handle handle) {
    String type =
        handle
            .createQuery("SHOW COLUMNS FROM %s WHERE Field = 'v'".formatted(data))
            .map((row, context) -> row.getString("Type"))
            .one()
            .toLowerCase(Locale.ROOT);
    switch (type) {
      case "blob" -> {
        LOG.info("Column v of {} is a BLOB of 64 KiB; it becomes a MEDIUMBLOB", data);
        handle.execute("ALTER TABLE %s MODIFY COLUMN v MEDIUMBLOB".formatted(data));
      }
      case "mediumblob", "longblob" -> LOG.debug("Column v of {} is a {}", data, type);
      default ->
          LOG.warn(
              "Column v of {} is a {}, not a MEDIUMBLOB; values that do not fit are refused",
              data,
              type);
    }
  }
}
