package io.metasrv.nodes;

import java.time.Duration;

/**
 * How long a datanode takes for the work that instructions ask for.
 *
 * @param open a batch of regions to open
 * @param flush one region to flush
 * @param catchUp a batch of regions to replay to the end of their WAL
 * @param other anything else
 */
public record WorkPace(Duration open, Duration flush, Duration catchUp, Duration other) {

  /** Everything is done at once. */
  public static WorkPace instant() {
    return new WorkPace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
