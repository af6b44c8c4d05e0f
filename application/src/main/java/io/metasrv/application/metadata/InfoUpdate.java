package io.metasrv.application.metadata;

import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableInfoValue;

/**
 * A change of one table's info.
 *
 * @param current as read
 * @param changed as it shall be
 */
public record InfoUpdate(Stored<TableInfoValue> current, TableInfo changed) {}
