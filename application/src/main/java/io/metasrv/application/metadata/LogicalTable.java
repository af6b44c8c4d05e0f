package io.metasrv.application.metadata;

import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfo;

/**
 * A logical table to create.
 *
 * @param info its info
 * @param route the table it lies on
 */
public record LogicalTable(TableInfo info, TableRoute.Logical route) {}
