package io.metasrv.application.metadata;

import io.metasrv.domain.TableId;
import io.metasrv.domain.route.TableRoute;

/**
 * A table with regions of its own.
 *
 * @param table its id
 * @param route where they are, and what is stored of it
 */
public record PhysicalTable(TableId table, Stored<TableRoute.Physical> route) {}
