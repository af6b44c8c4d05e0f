package io.metasrv.application.ddl.region;

import io.metasrv.domain.Peer;
import io.metasrv.protocol.v1.region.RegionRequest;

/**
 * A request and whom it goes to.
 *
 * @param datanode with its current address
 * @param request with a header
 */
public record RegionCall(Peer datanode, RegionRequest request) {}
