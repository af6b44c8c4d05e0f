package io.metasrv.client;

import java.util.Map;

/**
 * The flows as the last reporting flownode described them (sheet 01 §11).
 *
 * @param stateBytes flow id to the size of its state
 * @param lastExecutedMillis flow id to the time of its last execution
 */
public record FlowStatistics(Map<Long, Long> stateBytes, Map<Long, Long> lastExecutedMillis) {}
