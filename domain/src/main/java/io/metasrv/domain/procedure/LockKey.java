package io.metasrv.domain.procedure;

import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;

/**
 * A lock that a procedure needs (sheet 05 §11.1). Locks live in the leader's memory for one term.
 *
 * @param mode how it is held
 * @param text what is locked; compared byte by byte
 */
public record LockKey(LockMode mode, String text) {

  /** A catalog. */
  public static LockKey catalog(LockMode mode, String catalog) {
    return new LockKey(mode, "__catalog_lock/" + catalog);
  }

  /** A schema (database). */
  public static LockKey schema(LockMode mode, String catalog, String schema) {
    return new LockKey(mode, "__schema_lock/" + catalog + "." + schema);
  }

  /** A table or view by id. */
  public static LockKey table(LockMode mode, TableId table) {
    return new LockKey(mode, "__table_lock/" + table);
  }

  /** The name of a table or view; always exclusive. */
  public static LockKey tableName(String catalog, String schema, String table) {
    return new LockKey(
        LockMode.EXCLUSIVE, "__table_name_lock/" + catalog + "." + schema + "." + table);
  }

  /** The name of a flow; always exclusive. */
  public static LockKey flowName(String catalog, String flow) {
    return new LockKey(LockMode.EXCLUSIVE, "__flow_name_lock/" + catalog + "." + flow);
  }

  /**
   * A flow by id.
   *
   * @param flow unsigned 32-bit id
   */
  public static LockKey flow(LockMode mode, long flow) {
    return new LockKey(mode, "__flow_lock/" + flow);
  }

  /** A region. */
  public static LockKey region(LockMode mode, RegionId region) {
    return new LockKey(mode, "__region_lock/" + Long.toUnsignedString(region.value()));
  }

  /** A topic of the remote write-ahead log. */
  public static LockKey topic(LockMode mode, String topic) {
    return new LockKey(mode, "__remote_wal_lock/" + topic);
  }

  /** The form of listings: {@code Share("__catalog_lock/greptime")}. */
  @Override
  public String toString() {
    return mode.wireName() + "(\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
  }
}
