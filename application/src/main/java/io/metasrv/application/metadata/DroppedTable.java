package io.metasrv.application.metadata;

import io.metasrv.domain.table.TableInfoValue;

/**
 * A table that was dropped and can still be restored.
 *
 * @param info its info
 * @param ref what must be known to restore it
 */
public record DroppedTable(Stored<TableInfoValue> info, TableRef ref) {}
