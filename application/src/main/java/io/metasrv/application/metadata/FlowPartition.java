package io.metasrv.application.metadata;

/**
 * A partition of a flow.
 *
 * @param flowId unsigned 32 bits
 * @param partition unsigned 32 bits
 */
public record FlowPartition(long flowId, long partition) {}
