package io.metasrv.domain.heartbeat;

/**
 * When a datanode or flownode was last heard of (sheet 04 §10.4).
 *
 * @param timestampMillis wall clock of the metasrv, milliseconds since the Unix epoch
 * @param address address of the node
 * @param workloads what it is willing to do
 */
public record LeaseValue(long timestampMillis, String address, Workloads workloads) {}
