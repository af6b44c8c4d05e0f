package io.metasrv.application.metadata;

import io.metasrv.domain.Peer;

/**
 * A partition of a flow that reads a table.
 *
 * @param flow which
 * @param flownode where it runs
 */
public record SourceFlow(FlowPartition flow, Peer flownode) {}
