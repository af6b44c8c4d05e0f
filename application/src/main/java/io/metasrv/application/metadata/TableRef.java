package io.metasrv.application.metadata;

import io.metasrv.domain.TableId;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableName;

/**
 * What must be known of a table to find all its keys.
 *
 * @param table its id
 * @param name its name
 * @param route its route
 * @param walOptions WAL options of its regions; none for a logical table
 */
public record TableRef(
    TableId table, TableName name, TableRoute route, RegionWalOptions walOptions) {}
