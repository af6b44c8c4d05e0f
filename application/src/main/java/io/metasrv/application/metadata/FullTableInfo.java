package io.metasrv.application.metadata;

import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.TableInfoValue;
import java.util.Optional;

/**
 * Info and route of a table, read at one moment.
 *
 * @param info its info
 * @param route its route; a view has none
 */
public record FullTableInfo(
    Optional<Stored<TableInfoValue>> info, Optional<Stored<TableRoute>> route) {}
