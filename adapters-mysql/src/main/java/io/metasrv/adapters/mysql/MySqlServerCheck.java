package io.metasrv.adapters.mysql;

import io.metasrv.application.port.KeyValueStore;
import org.jdbi.v3.core.Handle;

/** Whether a server can carry this store, and how large its values may be. */
final class MySqlServerCheck {

  /** A value is sent as text, in which a byte may take two; then keys, statement, envelope. */
  private static final int BYTES_OF_TEXT_PER_BYTE = 2;

  private static final int ENVELOPE_BYTES = 16 << 10;

  private MySqlServerCheck() {}

  /**
   * @throws IllegalStateException if this server cannot be used; the message says why
   */
  static void usable(Handle handle) {
    String format =
        handle
            .createQuery("SELECT CONCAT(@@log_bin, ' ', @@binlog_format)")
            .mapTo(String.class)
            .one();
    if (format.equals("1 STATEMENT")) {
      throw new IllegalStateException(
          "the server replicates by statement (binlog_format = STATEMENT), with which InnoDB takes"
              + " no transactions at READ COMMITTED; set binlog_format = ROW");
    }
  }

  static int maxValueBytes(Handle handle, int columnLimit) {
    long packet = handle.createQuery("SELECT @@max_allowed_packet").mapTo(Long.class).one();
    long largest = Math.min(columnLimit, (packet - ENVELOPE_BYTES) / BYTES_OF_TEXT_PER_BYTE);
    if (largest < KeyValueStore.MIN_MAX_VALUE_BYTES) {
      throw new IllegalStateException(
          "the server takes packets of %d bytes (max_allowed_packet), too few for values of %d bytes; set it to 4M or more"
              .formatted(packet, KeyValueStore.MIN_MAX_VALUE_BYTES));
    }
    return (int) largest;
  }
}
