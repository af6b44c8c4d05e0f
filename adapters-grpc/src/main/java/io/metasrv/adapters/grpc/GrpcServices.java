package io.metasrv.adapters.grpc;

import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.ClusterService;
import io.metasrv.application.service.ConfigService;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.application.service.ProcedureService;
import io.metasrv.application.service.StoreService;

/**
 * What the port serves.
 *
 * @param heartbeat service {@code Heartbeat}
 * @param store service {@code Store}
 * @param cluster service {@code Cluster}
 * @param procedures service {@code ProcedureService}
 * @param config service {@code Config}
 * @param admin the legacy admin routes over HTTP/1.1
 */
public record GrpcServices(
    HeartbeatService heartbeat,
    StoreService store,
    ClusterService cluster,
    ProcedureService procedures,
    ConfigService config,
    AdminService admin) {}
