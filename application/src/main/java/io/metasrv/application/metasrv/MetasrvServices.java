package io.metasrv.application.metasrv;

import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.CatalogueService;
import io.metasrv.application.service.ClusterService;
import io.metasrv.application.service.ConfigService;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.application.service.ProcedureAdminService;
import io.metasrv.application.service.ProcedureService;
import io.metasrv.application.service.StoreService;

/** The driving ports of one metasrv. They may be called before it is started and after. */
public record MetasrvServices(
    HeartbeatService heartbeat,
    StoreService store,
    ClusterService cluster,
    ConfigService config,
    ProcedureService procedure,
    AdminService admin,
    ProcedureAdminService procedureAdmin,
    CatalogueService catalogue) {}
