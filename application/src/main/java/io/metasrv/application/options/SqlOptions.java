package io.metasrv.application.options;

import java.util.Optional;

/**
 * What MySQL and PostgreSQL need beyond an address.
 *
 * @param tableName {@code meta_table_name}
 * @param schemaName {@code meta_schema_name}, PostgreSQL only
 * @param autoCreateSchema {@code auto_create_schema}, PostgreSQL only
 * @param electionLockId {@code meta_election_lock_id}: PostgreSQL's advisory lock, unsigned
 */
public record SqlOptions(
    String tableName, Optional<String> schemaName, boolean autoCreateSchema, long electionLockId) {

  /** The reference's defaults. */
  public static SqlOptions defaults() {
    return new SqlOptions("greptime_metakv", Optional.empty(), true, 1);
  }
}
