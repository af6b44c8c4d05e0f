package io.metasrv.domain.heartbeat;

/**
 * How busy a datanode is with collecting files (sheet 04 §10.1). Both are unsigned 32 bits.
 *
 * @param runningTasks tasks that run
 * @param concurrency most that may run at once
 */
public record GcStat(long runningTasks, long concurrency) {}
