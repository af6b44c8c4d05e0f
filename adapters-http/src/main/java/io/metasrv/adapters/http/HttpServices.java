package io.metasrv.adapters.http;

import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.CatalogueService;
import io.metasrv.application.service.ProcedureAdminService;
import java.util.function.Supplier;

/**
 * What the HTTP port shows.
 *
 * @param admin switches, sequences, node states
 * @param procedures procedures, for operators
 * @param catalogue databases and tables, for operators
 * @param readiness whether this process does its part; asked for each {@code /readyz}
 * @param metrics the registry behind {@code /metrics}
 * @param configToml effective configuration, secrets hidden
 * @param logLevels for {@code /debug/log_level}
 * @param build what this program is
 */
public record HttpServices(
    AdminService admin,
    ProcedureAdminService procedures,
    CatalogueService catalogue,
    Supplier<AdminService.Readiness> readiness,
    PrometheusMetrics metrics,
    Supplier<String> configToml,
    LogLevels logLevels,
    BuildInfo build) {}
