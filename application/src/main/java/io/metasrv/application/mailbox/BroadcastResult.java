package io.metasrv.application.mailbox;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a broadcast.
 *
 * @param reached how many streams took the message
 * @param missed the nodes whose stream was over or too slow to take it
 */
public record BroadcastResult(int reached, List<PusherKey> missed) {

  /** Nobody to reach. */
  public static final BroadcastResult NOBODY = new BroadcastResult(0, List.of());

  public BroadcastResult {
    missed = List.copyOf(missed);
  }

  /** Both broadcasts as one. */
  public BroadcastResult and(BroadcastResult other) {
    List<PusherKey> all = new ArrayList<>(missed);
    all.addAll(other.missed);
    return new BroadcastResult(reached + other.reached, all);
  }
}
