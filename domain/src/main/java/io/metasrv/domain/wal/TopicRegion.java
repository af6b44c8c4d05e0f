package io.metasrv.domain.wal;

import io.metasrv.domain.UnknownMembers;
import java.util.Optional;

/**
 * A region keeps its log in a topic (sheet 03 §3.10).
 *
 * @param checkpoint where its replay begins, if that was ever recorded
 * @param unknown members kept for others
 */
public record TopicRegion(Optional<ReplayCheckpoint> checkpoint, UnknownMembers unknown) {

  /** Nothing recorded; stored as nothing at all. */
  public static final TopicRegion EMPTY = new TopicRegion(Optional.empty(), UnknownMembers.NONE);

  /** With a checkpoint. */
  public TopicRegion with(ReplayCheckpoint changed) {
    return new TopicRegion(Optional.of(changed), unknown);
  }
}
