package io.metasrv.nodes;

import io.metasrv.domain.time.MonotonicTime;
import java.time.Instant;

/**
 * A reading of a node's two clocks.
 *
 * @param monotonic what deadlines are compared with
 * @param wall what is only shown and sent
 */
public record Moment(MonotonicTime monotonic, Instant wall) {}
